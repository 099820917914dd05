/** The line at the foot: what was done last, what waits to be sent, and what keeps it. */

import { printed } from "../keys.js";
import { html } from "../preact.js";
import { Action, usePage } from "./shared.js";

/** The status line; what was done last is also said to a screen reader. */
export function StatusLine() {
  const { desk, speak, settings } = usePage();
  const { t } = speak;
  const items = desk.outbox.items();
  const of = (state) => items.filter((item) => item.state === state);
  const retried = of("retrying").filter(({ problem }) => problem);
  const unstored = [...of("conflict"), ...of("refused")];
  const { message } = desk;
  return html`<footer class="status">
    ${!desk.isOnline && html`<p class="notice">${t(items.length ? "offline" : "offline.nothing", { count: items.length })}</p>`}
    ${desk.isOnline && retried.length > 0 && html`<p class="notice">${t("retrying", { count: retried.length })}${" "}
      <button type="button" class="quiet" onClick=${() => desk.outbox.sendNow()}>${t("retry_now")}</button></p>`}
    ${desk.needsSignIn && html`<p class="notice">${t("signed_out", { count: items.length })}${" "}
      <button type="button" class="action" onClick=${() => desk.signIn()}>${t("sign_in")}</button></p>`}
    ${unstored.map((item) => html`<p class="notice" key=${item.id}>${t(`unstored.${item.state}`, { headline: item.headline })}${" "}
      <button type="button" class="quiet" onClick=${() => desk.open(item.article_id)}>${t("look")}</button></p>`)}
    <div class="last">
      <p role="status">${message && html`<span key=${message.number}>${t(message.key, message.values)}</span>`}</p>
      ${!message && settings.hasKeys && html`<p class="note">${t("help.hint", { key: printed("help") })}</p>`}
      ${of("waiting").length > 0 && html`<${Action} action="undo" />`}
    </div>
  </footer>`;
}
