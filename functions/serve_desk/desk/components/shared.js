/** Small parts that every column uses. */

import { diffWords } from "../diff.js";
import { printed } from "../keys.js";
import { createContext, html, useContext, useMemo } from "../preact.js";
import { asOne, FIELDS } from "../sentences.js";

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

/** Returns whether an embargo is still to come; without an offset it ends in the last zone, as in the API. */
export function isEmbargoed(until) {
  if (!until) return false;
  const moment = until.length > 10 ? until : `${until}T00:00:00`;
  return !(Date.parse(/(Z|[+-]\d\d:\d\d)$/iu.test(moment) ? moment : `${moment}-12:00`) <= Date.now());
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
export function Difference({ before, after, language }) {
  const pieces = useMemo(() => diffWords(before, after), [before, after]);
  const isOther = pieces.length === 2 && pieces[0].kind === "removed" && pieces[1].kind === "added";
  return html`<p class=${`words difference${isOther ? " other" : ""}`} lang=${language} dir="auto">
    ${pieces.map(({ kind, text }) => {
      if (kind === "removed") return html`<del>${text}</del>`;
      return kind === "added" ? html`<ins>${text}</ins>` : text;
    })}
  </p>`;
}

/** The texts `after`, each with what differs from `before` (none: nothing) and with what `more(name)` says of it. */
export function Texts({ before, after, language, more }) {
  const { speak } = usePage();
  return FIELDS.map(({ name }) => {
    const now = asOne(after, name);
    const old = before ? asOne(before, name) : now;
    return (old || now) && html`<h4>${speak.t(`field.${name}`)}</h4>
      <${Difference} before=${old} after=${now} language=${language} />${more?.(name)}`;
  });
}

/** How long a text is, beside what the house style allows; `counts` are the checks'. */
export function Counts({ counts, field }) {
  const { speak } = usePage();
  const found = counts?.find((each) => each.field === field);
  if (!found) return null;
  const { limits, items } = found;
  const parts = (items ? ["items", "words"] : ["words", "characters", "sentences"]).map((unit) => {
    // Of a list, the limit of words is that of an item.
    const count = !items ? found[unit] : unit === "items" ? items.length : Math.max(0, ...items);
    const [least, most] = Array.isArray(limits[unit]) ? limits[unit] : [0, limits[unit] ?? null];
    const isOut = most !== null && (count < least || count > most);
    const range = most === null ? "" : least ? ` (${speak.number(least)}–${speak.number(most)})` : ` / ${speak.number(most)}`;
    const text = `${speak.t(unit, { count })}${range}`;
    return isOut ? html`<strong class="out">${text} ${speak.t(count < least ? "too_few" : "too_many")}</strong>` : text;
  });
  return parts.map((part, index) => html`${index ? " · " : ""}${part}`);
}
