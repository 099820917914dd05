/** What the page shows beside queue and article: what was said, the open dialog, the column, where the focus goes. */

export const HEADING = "#texts-heading";

/** The state of the page; `changed()` draws it. */
export class PageState {
  /** The dialog that is open: `{kind, …}`, or null. */
  dialog = null;
  /** What was done last, for the status line: `{key, values, number}`. */
  message = null;
  /** On a narrow screen, the column that is shown. */
  view = "queue";
  isOnline = navigator.onLine;
  needsSignIn = false;
  /** The element that gets the focus with the next drawing. */
  wantsFocus = null;
  #messages = 0;

  constructor({ visit, storage, changed }) {
    Object.assign(this, { visit, api: visit.api, storage, changed });
  }

  /** Say what was done, on the screen and to a screen reader. */
  say(key, values = {}) {
    this.#messages += 1;
    this.message = { key, values, number: this.#messages };
    this.changed();
  }

  /** Show another column on a narrow screen. */
  setView(view) {
    this.view = view;
    this.changed();
  }

  /** Show a dialog, or none (null). */
  show(dialog) {
    this.dialog = dialog;
    this.changed();
  }

  /** Show the keys and the settings. */
  help() {
    this.show({ kind: "help" });
  }

  /** Go to the search field. */
  search() {
    this.view = "queue";
    this.focus("#search");
  }

  focus(selector) {
    this.wantsFocus = selector;
    this.changed();
  }

  /** Returns what `call` answers; undefined, with a word about why, if it failed. */
  async ask(call) {
    try {
      return await call();
    } catch (error) {
      this.signedOut(error);
      this.say("said.failed", { detail: error.message });
      return undefined;
    } finally {
      this.changed();
    }
  }

  /** Ask for a sign-in if `error` is for want of it. */
  signedOut(error) {
    if (error?.status !== 401) return;
    this.needsSignIn = true;
    this.changed();
  }
}
