/** The keys of the desk: which does what, and when a key is somebody else's. */

/** The keys by action, as they are printed; letters in lower case are what the browser reports. */
export const KEYS = {
  next: ["j"],
  previous: ["k"],
  sentenceDown: ["ArrowDown"],
  sentenceUp: ["ArrowUp"],
  edit: ["e"],
  approve: ["a"],
  reject: ["x"],
  compare: ["d"],
  regenerate: ["r"],
  history: ["h"],
  undo: ["u"],
  search: ["/"],
  help: ["?"],
};

const PRINTED = { ArrowDown: "↓", ArrowUp: "↑" };
const ACTIONS = new Map(Object.entries(KEYS).flatMap(([action, keys]) => keys.map((key) => [key, action])));
/** What needs these keys itself: what is typed into and open menus, and for the arrows what scrolls or is chosen from. */
const FIELD = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const SCROLLS = "[data-scrolls], [type=radio]";

/** Returns the key of `action` as it is printed on a button. */
export function printed(action) {
  const key = KEYS[action][0];
  return PRINTED[key] ?? key.toUpperCase();
}

/**
 * Returns the action of a keydown event, or null.
 *
 * Keys are left alone in fields and dialogs and with Ctrl, Alt or Meta, which are the browser's. `withLetters` false
 * turns off every key that is a single character (WCAG 2.1.4).
 */
export function actionOf(event, withLetters) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (event.target.closest?.(FIELD) || document.querySelector("dialog[open]")) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.length === 1 && !withLetters) return null;
  if (key.startsWith("Arrow") && event.target.closest?.(SCROLLS)) return null;
  return ACTIONS.get(key) ?? null;
}
