/** The texts of the article that is open, and what an editor can do with them. */

import { html } from "../preact.js";
import { Comparison } from "./comparison.js";
import { Editing } from "./editing.js";
import { History } from "./history.js";
import { PendingChoice } from "./pending_choice.js";
import { Reading } from "./reading.js";
import { Action, isEmbargoed, nameOf, usePage } from "./shared.js";
import { Unstored } from "./unstored.js";

/** The second column. */
export function TextsColumn() {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { opened } = desk;
  const record = opened?.record;
  return html`<section class="column texts" id="texts" aria-labelledby="texts-heading">
    <div class="scroll">
      ${!opened && html`<${Nothing} />`}
      ${opened && !record && html`<${Unopened} opened=${opened} />`}
      ${record && html`<${Head} opened=${opened} record=${record} />
        <${Body} opened=${opened} record=${record} />`}
    </div>
    ${record && html`<${Actions} opened=${opened} />`}
  </section>`;
}

function Nothing() {
  const { desk, speak } = usePage();
  const { isLoading, problem, counts } = desk.queue;
  const isDone = !isLoading && !problem && !desk.left && !counts?.total;
  const said = isLoading ? "loading" : problem ? "view.texts" : "nothing_open";
  return html`<h2 id="texts-heading" tabindex="-1">${speak.t(said)}</h2>
    ${isDone && html`<p class="empty">${speak.t("nothing_open.what_next")}</p>`}`;
}

function Unopened({ opened }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const item = desk.queue.item(opened.id);
  const unsent = desk.outbox.about(opened.id);
  return html`
    <h2 id="texts-heading" tabindex="-1" lang=${item?.language} dir="auto">${item?.headline ?? opened.id}</h2>
    <p class="id"><bdi>${opened.id}</bdi></p>
    ${opened.problem
      ? html`<p class="notice">${t(opened.problem.status === 404 ? "texts.not_found" : "texts.problem",
          { detail: opened.problem.message })}</p>`
      : html`<p class="empty">${t("loading")}</p>`}
    ${unsent && html`<${Unstored} item=${unsent} />`}`;
}

function Head({ opened, record }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { article } = record;
  const { claim } = opened;
  return html`<div class="about">
    <h2 id="texts-heading" tabindex="-1" lang=${record.language} dir="auto">${record.headline ?? opened.id}</h2>
    <p class="id"><bdi>${opened.id}</bdi></p>
    <p class="facts">
      <span class=${`status ${record.status}`}>${speak.word(`status.${record.status}`, record.status)}</span>
      <span>${speak.word(`kind.${article.kind}`, article.kind)}</span>
      <span>${speak.languageName(record.language)}</span>
      ${article.declared_language && html`<span>${t("declared", { language: speak.languageName(article.declared_language) })}</span>`}
      ${article.words !== null && html`<span>${t("words", { count: article.words })}</span>`}
      ${article.published_at && html`<time datetime=${article.published_at}>${speak.moment(article.published_at)}</time>`}
      ${record.made_by && html`<span>${record.made_by.model ? t("made_by", { writer: record.made_by.model }) : t("made_by.article")}</span>`}
      <span>${t("revision", { number: record.revision })}</span>
    </p>
    <${Disclosure} record=${record} />
    ${isEmbargoed(article.embargoed_until) && html`<p class="notice embargo"><strong>${t("embargo")}</strong>${" "}
      ${t("embargo.until", { moment: speak.moment(article.embargoed_until) })}</p>`}
    ${claim && html`<p class="notice">${t("claim.other", { who: nameOf(claim.by), time: speak.time(claim.until) })}${" "}
      <button type="button" class="quiet" onClick=${() => desk.takeOver()}>${t("claim.take_over")}</button></p>`}
    ${record.reason && html`<p class="notice" lang="en">${record.reason}</p>`}
    ${record.stale && !(record.pending && !opened.pending) && html`<p class="notice">${t(staleness(opened))}</p>`}
    ${record.made_by?.degraded && html`<p class="notice">${speak.word(`degraded.${record.made_by.degraded}`, record.made_by.degraded)}</p>`}
    ${record.review && html`<p class="note">${t(`reviewed.${record.review.decision}`,
      { who: nameOf(record.review.by), moment: speak.moment(record.review.at) })}
      ${record.review.note && html`${" "}<q><bdi>${record.review.note}</bdi></q>`}</p>`}
  </div>`;
}

/** Returns why the texts are stale: the pending version tells. */
function staleness({ pending }) {
  if (!pending) return "stale";
  return pending.record.status === "failed" ? "stale.unreadable" : "stale.changed";
}

function Disclosure({ record }) {
  const { speak } = usePage();
  const { ai_disclosure: value, disclosure } = record;
  if (value === undefined) return null;
  return html`<p class="note">${speak.word(`disclosure.${value}`, value)}
    ${disclosure?.label && html`${" "}<span class="disclosure" lang=${record.language} dir="auto">${disclosure.label}</span>`}</p>`;
}

function Body({ opened, record }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const unsent = desk.outbox.about(opened.id);
  if (desk.unstored) return html`<${Unstored} item=${desk.unstored} />`;
  return html`
    ${unsent && html`<p class="notice">${t(`waits.${unsent.state}`)}</p>`}
    ${opened.pending && html`<${PendingChoice} opened=${opened} />`}
    ${!opened.typed && !unsent && desk.draftOf(opened.id) && html`<p class="notice">${t("draft.kept")}</p>`}
    ${opened.history && html`<${History} opened=${opened} />`}
    ${opened.typed
      ? html`<${Editing} opened=${opened} record=${record} />`
      : opened.comparison
        ? html`<${Comparison} opened=${opened} record=${record} />`
        : html`<${Reading} opened=${opened} record=${record} />`}`;
}

function Actions({ opened }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  if (desk.unstored) return null;
  if (opened.typed) {
    return html`<div class="actions" role="group" aria-label=${t("actions")}>
      <button type="button" class="action primary" onClick=${() => desk.approve()}>${t("action.save_approve")}
        <kbd aria-hidden="true">${t("key.ctrl")} ↵</kbd></button>
      <button type="button" class="action" onClick=${() => desk.save()}>${t("action.save")}</button>
      <button type="button" class="action" onClick=${() => desk.cancelEdit()}>${t("action.cancel")}
        <kbd aria-hidden="true">Esc</kbd></button>
    </div>`;
  }
  return html`<div class="actions" role="group" aria-label=${t("actions")}>
    <${Action} action="approve" kind="primary" />
    <${Action} action="edit" />
    <${Action} action="reject" />
    <${Action} action="compare" />
    <${Action} action="regenerate" />
    <${Action} action="history" />
  </div>`;
}
