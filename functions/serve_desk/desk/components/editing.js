/** The texts as fields to type into, checked while they are typed. */

import { html } from "../preact.js";
import { FIELDS } from "../sentences.js";
import { Counts, Findings, usePage } from "./shared.js";

/** The texts of `record` to edit. */
export function Editing({ opened, record }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { answer, draftOf } = opened;
  const fields = FIELDS.filter(({ name, isList }) => !isList || record[name]?.length || opened.typed[name]);
  return html`<form class="editing" onSubmit=${(event) => event.preventDefault()}>
    ${draftOf && html`<p class="notice">${t("draft.restored", { moment: speak.moment(draftOf.at) })}${" "}
      <button type="button" class="quiet" onClick=${() => desk.startOver()}>${t("draft.start_over")}</button></p>`}
    ${opened.answerProblem && html`<p class="notice">${t("checks.problem", { detail: opened.answerProblem.message })}</p>`}
    ${fields.map(({ name, isList }) => html`<div class="field" key=${name}>
      <label for=${`type-${name}`}>${t(`field.${name}`)}${isList ? ` ${t("field.a_line_each")}` : ""}</label>
      <textarea id=${`type-${name}`} class="words" lang=${record.language} dir="auto" rows="3" value=${opened.typed[name]}
        aria-describedby=${`counts-${name}`} onInput=${({ target }) => desk.type(name, target.value)}
        onSelect=${({ target }) => desk.caret(name, target.selectionStart)}
        onKeyUp=${({ target }) => desk.caret(name, target.selectionStart)}
        onFocus=${({ target }) => desk.caret(name, target.selectionStart)}></textarea>
      <p class="counts" id=${`counts-${name}`}>${answer
        ? html`<${Counts} counts=${answer.counts} field=${name} />`
        : t(opened.answerProblem ? "checks.none" : "checks.waiting")}</p>
      <${Findings} findings=${answer ? answer.findings.filter((each) => each.field === name) : []} />
    </div>`)}
  </form>`;
}
