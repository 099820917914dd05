/** Small parts that every column uses. */

import { printed } from "../keys.js";
import { createContext, html, useContext } from "../preact.js";

/** What all components share: `{desk, speak, settings, session}`. */
export const Page = createContext(null);

/** Returns what all components share. */
export function usePage() {
  return useContext(Page);
}

/** A button of the desk with its key printed on it; `action` names the method, the key and the text. */
export function Action({ action, kind = "" }) {
  const { desk, speak, settings } = usePage();
  const key = settings.hasKeys || action.startsWith("sentence") ? printed(action) : null;
  return html`<button type="button" class=${`action ${kind}`} onClick=${() => desk[action]()}
    aria-keyshortcuts=${key}>${speak.t(`action.${action}`)}${key && html`<kbd aria-hidden="true">${key}</kbd>`}</button>`;
}

/** Who somebody is, in short; the whole name is in the tooltip. */
export function Person({ by }) {
  return html`<bdi title=${by}>${nameOf(by)}</bdi>`;
}

/** Returns the part of an identity that tells people apart: the end of an ARN, the subject of a token. */
export function nameOf(by) {
  return by?.startsWith("arn:") ? by.slice(by.indexOf("/") + 1) : (by ?? "").replace(/^jwt:/u, "");
}

/** A list of findings, each with its weight in words and, where it is marked in a text, its number. */
export function Findings({ findings, numbers }) {
  const { speak } = usePage();
  if (!findings.length) return null;
  return html`<ul class="findings">
    ${findings.map((finding) => html`<li class=${finding.severity}>
      ${numbers && html`<span class="number" aria-hidden="true">${numbers.get(finding)}</span>${" "}`}
      <strong>${speak.word(`severity.${finding.severity}`, finding.severity)}</strong>${" "}
      <span class="check">${speak.word(`check.${finding.check}`, finding.check)}</span>${": "}
      ${finding.text && html`<q><bdi>${finding.text}</bdi></q>${" – "}`}
      <span lang="en">${finding.detail}${finding.question ? ` · ${finding.question}` : ""}</span>
      ${finding.suggestion && html`${" "}<span>${speak.t("finding.suggestion", { text: finding.suggestion })}</span>`}
    </li>`)}
  </ul>`;
}

/** The difference of two texts, as it is read. */
export function Difference({ pieces, language }) {
  return html`<p class="words difference" lang=${language} dir="auto">
    ${pieces.map(({ kind, text }) => {
      if (kind === "removed") return html`<del>${text}</del>`;
      return kind === "added" ? html`<ins>${text}</ins>` : text;
    })}
  </p>`;
}
