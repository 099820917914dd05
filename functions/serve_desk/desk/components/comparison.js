/** The texts compared with others, word by word. */

import { diffWords } from "../diff.js";
import { html } from "../preact.js";
import { asOne, FIELDS } from "../sentences.js";
import { Difference, Findings, usePage } from "./shared.js";
import { Verdict } from "./reading.js";

/** The texts of `record` beside those that were chosen. */
export function Comparison({ opened, record }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { chosen, texts, findings } = opened.comparison;
  const choices = opened.comparisons;
  const take = ({ target }) => desk.compare(target.value === "draft" ? "draft" : Number(target.value));
  const label = (choice) => (choice === "draft" ? t("compare.draft") : t("revision", { number: choice }));
  const verdicts = chosen === "draft" ? record.rejected_draft.verdicts : [];
  return html`<section class="comparison" id="comparison" tabindex="-1" aria-label=${t("compare")}>
    <label class="choice">${t("compare.with")}${" "}<select onChange=${take}>
      ${choices.map((choice) => html`<option value=${choice} selected=${choice === chosen}>${label(choice)}</option>`)}
    </select></label>
    <p class="note"><del>${t("compare.only_there", { what: label(chosen) })}</del>${" · "}<ins>${t("compare.only_here")}</ins></p>
    ${FIELDS.map(({ name }) => {
      const [before, after] = [asOne(texts, name), asOne(record, name)];
      if (!before && !after) return null;
      return html`<div class="text" key=${name}>
        <h3>${t(`field.${name}`)}</h3>
        <${Difference} pieces=${diffWords(before, after)} language=${record.language} />
        <${Findings} findings=${findings.filter((each) => each.field === name)} />
        ${verdicts.filter((each) => each.field === name).map((verdict) => html`<${Verdict} verdict=${verdict}
          language=${record.language} />`)}
      </div>`;
    })}
  </section>`;
}
