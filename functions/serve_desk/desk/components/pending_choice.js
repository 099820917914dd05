/** The served texts beside those of the article's new version: which of the two is decided about. */

import { html } from "../preact.js";
import { Texts, usePage } from "./shared.js";

/** The choice between the two, or why the new version brought no texts. */
export function PendingChoice({ opened }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { version, pending } = opened;
  if (pending.record.status === "failed") {
    return html`<div class="notice"><p>${t("pending.failed")}</p><p lang="en">${pending.record.reason}</p></div>`;
  }
  const card = ({ record }, isPending) => html`<div class="card">
    <label><input type="radio" name="pending" checked=${opened.isPendingChosen === isPending}
      disabled=${Boolean(opened.typed)} onChange=${() => desk.choosePending(isPending)} />
      <span>${t(isPending ? "pending.new" : "pending.served")}${" "}
        <span class="count">${t("revision", { number: record.revision })}</span></span></label>
    <${Texts} before=${isPending && version.record} after=${record} language=${record.language} />
  </div>`;
  return html`<fieldset class="pending">
    <legend><h3>${t("pending")}</h3></legend>
    ${card(version, false)}${card(pending, true)}
  </fieldset>`;
}
