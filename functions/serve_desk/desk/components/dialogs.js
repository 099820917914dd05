/** The dialogs: the keys, the reason of a rejection, and the findings that an approval overrules. */

import { KEYS, printed } from "../keys.js";
import { html, useLayoutEffect, useRef, useState } from "../preact.js";
import { Findings, usePage } from "./shared.js";

/** The dialog that is open, if any. */
export function Dialogs() {
  const { desk } = usePage();
  const kinds = { help: Help, reject: Reject, overrule: Overrule };
  const Kind = kinds[desk.dialog?.kind];
  return Kind ? html`<${Kind} dialog=${desk.dialog} />` : null;
}

function Dialog({ title, children, onKeyDown }) {
  const { desk } = usePage();
  const element = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const { current } = element;
    current.showModal();
    return () => {
      current.close();
      // Whatever the dialog led to may have put the focus elsewhere.
      if (before?.isConnected && !desk.wantsFocus) before.focus();
    };
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    desk.show(null);
  };
  return html`<dialog ref=${element} aria-labelledby="dialog-heading" onCancel=${cancel} onKeyDown=${onKeyDown}>
    <h2 id="dialog-heading">${title}</h2>
    ${children}
  </dialog>`;
}

function Help() {
  const { desk, speak, settings } = usePage();
  const { t } = speak;
  return html`<${Dialog} title=${t("help")}>
    <dl class="keys">${Object.keys(KEYS).map((action) => html`<dt><kbd>${printed(action)}</kbd></dt><dd>${t(`action.${action}`)}</dd>`)}
      <dt><kbd>${t("key.ctrl")} ↵</kbd></dt><dd>${t("action.save_approve")}</dd>
      <dt><kbd>Esc</kbd></dt><dd>${t("action.cancel")}</dd>
    </dl>
    <p><label><input type="checkbox" checked=${settings.hasKeys}
      onChange=${({ target }) => { settings.set({ hasKeys: target.checked }); }} />${t("help.has_keys")}</label></p>
    <div class="actions"><button type="button" class="action primary" autofocus onClick=${() => desk.show(null)}>${t("close")}
      <kbd aria-hidden="true">Esc</kbd></button></div>
  </${Dialog}>`;
}

function Reject() {
  const { desk, speak } = usePage();
  const { t } = speak;
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const send = () => {
    if (note.trim()) desk.rejectWith(note.trim());
    else setMissing(true);
  };
  const onKey = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  return html`<${Dialog} title=${t("reject")} onKeyDown=${onKey}>
    <label for="reject-note">${t("reject.reason")}</label>
    <textarea id="reject-note" autofocus required rows="3" maxlength="2000" dir="auto" value=${note}
      aria-invalid=${isMissing ? "true" : null} aria-describedby=${isMissing ? "reject-missing" : null}
      onInput=${({ target }) => { setNote(target.value); setMissing(false); }}></textarea>
    <p role="alert" id="reject-missing" class="out">${isMissing ? t("reject.missing") : ""}</p>
    <div class="actions">
      <button type="button" class="action primary" onClick=${send}>${t("action.reject_now")} <kbd aria-hidden="true">${t("key.ctrl")} ↵</kbd></button>
      <button type="button" class="action" onClick=${() => desk.show(null)}>${t("action.back")} <kbd aria-hidden="true">Esc</kbd></button>
    </div>
  </${Dialog}>`;
}

function Overrule({ dialog }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const place = dialog.overruled.length;
  const finding = dialog.findings[place];
  const alike = dialog.findings.slice(place).filter(({ check }) => check === finding.check).length;
  const [note, setNote] = useState("");
  const button = useRef(null);
  useLayoutEffect(() => {
    setNote("");
    button.current.focus();
  }, [place]);
  const onKey = (event) => {
    if (event.key !== "Enter" || event.isComposing || !(event.shiftKey || event.target.matches("input"))) return;
    event.preventDefault();
    desk.overrule(event.shiftKey ? alike : 1, note);
  };
  const sentence = desk.opened.sentences.find((each) => each.findings.includes(finding));
  const { language } = desk.opened.record;
  return html`<${Dialog} title=${t("overrule", { number: place + 1, count: dialog.findings.length })} onKeyDown=${onKey}>
    <div aria-live="polite">
      <p class="label">${t(`field.${finding.field}`)}</p>
      ${sentence && html`<p class="words" lang=${language} dir="auto">${sentence.pieces.map(({ text, findings }) =>
        findings.includes(finding) ? html`<mark class=${finding.severity}>${text}</mark>` : text)}</p>`}
      <${Findings} findings=${[finding]} />
    </div>
    <label for="overrule-note">${t("overrule.note")}</label>
    <input id="overrule-note" type="text" maxlength="200" dir="auto" autocomplete="off" value=${note}
      onInput=${({ target }) => setNote(target.value)} />
    <div class="actions">
      <button type="button" class="action primary" ref=${button} onClick=${() => desk.overrule(1, note)}>${t("action.overrule")}
        <kbd aria-hidden="true">↵</kbd></button>
      ${alike > 1 && html`<button type="button" class="action" aria-keyshortcuts="Shift+Enter"
        onClick=${() => desk.overrule(alike, note)}>${t("action.overrule_alike", { count: alike, check: speak.word(`check.${finding.check}`, finding.check) })}
        <kbd aria-hidden="true">⇧ ↵</kbd></button>`}
      <button type="button" class="action" onClick=${() => desk.overruleBack()}>${t("action.back")}</button>
    </div>
  </${Dialog}>`;
}
