/** The served texts beside those of the article's new version: which of the two is decided about. */

import { diffWords } from "../diff.js";
import { html } from "../preact.js";
import { asOne, FIELDS } from "../sentences.js";
import { Difference, usePage } from "./shared.js";

/** The choice between the two. */
export function PendingChoice({ opened }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { version, pending } = opened;
  if (pending.record.status === "failed") {
    return html`<div class="notice"><p>${t("pending.failed")}</p><p lang="en">${pending.record.reason}</p></div>`;
  }
  const cards = [
    { key: "served", isChosen: !opened.isPendingChosen, record: version.record, isPending: false },
    { key: "new", isChosen: opened.isPendingChosen, record: pending.record, isPending: true },
  ];
  return html`<fieldset class="pending">
    <legend>${t("pending")}</legend>
    ${cards.map(({ key, isChosen, record, isPending }) => html`<div class="card" data-chosen=${isChosen ? "true" : null}>
      <label><input type="radio" name="pending" checked=${isChosen} disabled=${Boolean(opened.typed)}
        onChange=${() => desk.choosePending(isPending)} />
        ${t(`pending.${key}`)}${" "}<span class="count">${t("revision", { number: record.revision })}</span></label>
      ${FIELDS.map(({ name }) => {
        const [before, after] = [asOne(version.record, name), asOne(record, name)];
        if (!before && !after) return null;
        return html`<h4>${t(`field.${name}`)}</h4>
          <${Difference} language=${record.language}
            pieces=${isPending ? diffWords(before, after) : [{ kind: "same", text: after }]} />`;
      })}
    </div>`)}
  </fieldset>`;
}
