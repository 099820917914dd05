/** A decision that was not stored: why, both texts, and what can be done. Nothing of it is lost. */

import { html } from "../preact.js";
import { asOne, FIELDS } from "../sentences.js";
import { nameOf, Texts, usePage } from "./shared.js";

/** The decision `item` of the outbox beside what is stored now. */
export function Unstored({ item }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { opened } = desk;
  const isConflict = item.state === "conflict";
  // Until what is stored now was read, the page knows only the texts that the decision was about.
  const record = isConflict && opened.etag === item.etag ? null : opened.record;
  const isGone = [404, 409, 410].includes(item.problem?.status);
  const copy = async () => {
    const texts = FIELDS.map(({ name }) => asOne(item.texts, name)).filter(Boolean);
    await desk.ask(() => navigator.clipboard.writeText(texts.join("\n\n")));
    desk.say("said.copied");
  };
  return html`<section class="unstored" aria-labelledby="unstored-heading">
    <h3 id="unstored-heading" tabindex="-1">${t(isConflict ? "conflict" : "refused")}</h3>
    <p>${isConflict
      ? t(record ? "conflict.about" : "conflict.by_somebody", { who: nameOf(record?.updated_by), decision: speak.word(`decided.${item.body.status}`, item.body.status) })
      : t("refused.about", { decision: speak.word(`decided.${item.body.status}`, item.body.status) })}</p>
    ${!isConflict && html`<p class="notice" lang="en">${item.problem?.detail}</p>`}
    ${item.body.note && html`<p>${t("note")}: <q><bdi>${item.body.note}</bdi></q></p>`}
    <div class="beside">
      <div class="card"><p class="label">${t("conflict.mine")}</p>
        <${Texts} before=${isConflict && record} after=${item.texts} language=${record?.language} /></div>
      ${isConflict && record && html`<div class="card"><p class="label">${t("conflict.theirs")}</p>
        <${Texts} after=${record} language=${record.language} /></div>`}
      ${isConflict && !record && html`<div class="card"><p class="label">${t("conflict.theirs")}</p>
        <p class="empty">${t("loading")}</p></div>`}
    </div>
    <div class="actions" role="group" aria-label=${t("actions")}>
      ${isConflict && record && html`
        <button type="button" class="action primary" onClick=${() => desk.keepMine(item)}>${t("conflict.keep_mine")}</button>
        <button type="button" class="action" onClick=${() => desk.takeTheirs(item)}>${t("conflict.take_theirs")}</button>`}
      ${!isConflict && !isGone && html`<button type="button" class="action primary"
        onClick=${() => desk.outbox.again(item.id)}>${t("refused.again")}</button>`}
      ${record && html`<button type="button" class="action" onClick=${() => desk.editMine(item)}>${t("conflict.edit")}</button>`}
      <button type="button" class="action" onClick=${copy}>${t("copy")}</button>
      ${!isConflict && html`<button type="button" class="action" onClick=${() => desk.takeTheirs(item)}>${t("refused.drop")}</button>`}
    </div>
  </section>`;
}
