/** A decision that was not stored: why, both texts, and what can be done. Nothing of it is lost. */

import { diffWords } from "../diff.js";
import { html } from "../preact.js";
import { asOne, FIELDS } from "../sentences.js";
import { Difference, nameOf, usePage } from "./shared.js";

/** The decision `item` of the outbox beside what is stored now. */
export function Unstored({ item }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { record } = desk.opened;
  const isConflict = item.state === "conflict";
  const isGone = [404, 409, 410].includes(item.problem?.status);
  return html`<section class="unstored" aria-labelledby="unstored-heading">
    <h3 id="unstored-heading" tabindex="-1">${t(isConflict ? "conflict" : "refused")}</h3>
    <p>${isConflict
      ? t("conflict.about", { who: nameOf(record?.updated_by), decision: speak.word(`decided.${item.body.status}`, item.body.status) })
      : t("refused.about", { decision: speak.word(`decided.${item.body.status}`, item.body.status) })}</p>
    ${!isConflict && html`<p class="notice" lang="en">${item.problem?.detail}</p>`}
    ${item.body.note && html`<p>${t("note")}: <q><bdi>${item.body.note}</bdi></q></p>`}
    <div class="beside">
      <${Texts} title=${t("conflict.mine")} texts=${item.texts} before=${record} language=${record?.language} />
      ${isConflict && record && html`<${Texts} title=${t("conflict.theirs")} texts=${record} language=${record.language} />`}
    </div>
    <div class="actions" role="group" aria-label=${t("actions")}>
      ${isConflict && record && html`
        <button type="button" class="action primary" onClick=${() => desk.keepMine(item)}>${t("conflict.keep_mine")}</button>
        <button type="button" class="action" onClick=${() => desk.takeTheirs(item)}>${t("conflict.take_theirs")}</button>`}
      ${!isConflict && !isGone && html`<button type="button" class="action primary"
        onClick=${() => desk.outbox.again(item.id)}>${t("refused.again")}</button>`}
      ${record && html`<button type="button" class="action" onClick=${() => desk.editMine(item)}>${t("conflict.edit")}</button>`}
      ${!isConflict && html`<button type="button" class="action" onClick=${() => desk.takeTheirs(item)}>${t("refused.drop")}</button>`}
    </div>
  </section>`;
}

function Texts({ title, texts, before, language }) {
  const { speak } = usePage();
  return html`<div class="card"><h4>${title}</h4>
    ${FIELDS.map(({ name }) => {
      const text = asOne(texts, name);
      if (!text) return null;
      const pieces = before ? diffWords(asOne(before, name), text) : [{ kind: "same", text }];
      return html`<h5>${speak.t(`field.${name}`)}</h5><${Difference} pieces=${pieces} language=${language} />`;
    })}
  </div>`;
}
