/** The desk: what it does by itself, and what an editor asks of it beside deciding. */

import { Deciding } from "./deciding.js";
import { randomId } from "./outbox.js";
import { HEADING } from "./page_state.js";
import { textsOf } from "./sentences.js";

const REFRESH_MS = 30_000;
/** How often, and how many times, a requested text is looked for. */
const REGENERATION_MS = 5000;
const REGENERATION_TRIES = 24;

/** Every action of a key or a button, and the state that the page shows. */
export class Desk extends Deciding {
  #agree = null;

  /** Show the queue and the first article, or the one that the address names. */
  async start() {
    this.outbox.start();
    addEventListener("hashchange", () => this.follow());
    addEventListener("online", () => this.#online(true));
    addEventListener("offline", () => this.#online(false));
    addEventListener("pagehide", () => this.claims.leave({ keepalive: true }));
    addEventListener("pageshow", ({ persisted }) => persisted && this.opened && this.claims.open(this.opened.id));
    document.addEventListener("visibilitychange", () => this.#visibility());
    setInterval(() => document.visibilityState === "visible" && this.refresh(), REFRESH_MS);
    await this.openFirst();
  }

  /** The session ended, and another one needs the issuer's page: resolves once the editor agrees to leave this one. */
  confirmLeaving() {
    this.needsSignIn = true;
    this.changed();
    return new Promise((resolve) => {
      this.#agree = resolve;
    });
  }

  /** Sign in again, and send what waited for it. */
  async signIn() {
    this.needsSignIn = false;
    this.#agree?.();
    if (this.#agree || !(await this.ask(() => this.visit.signIn().then(() => true)))) return;
    this.outbox.signedIn();
    await this.refresh();
    if (this.opened?.problem) this.reopen();
  }

  /** Compare the texts with others: the rejected draft, or a revision; without a choice, stop or take the first. */
  async compare(choice) {
    const { opened } = this;
    if (!opened?.record || opened.typed) return;
    if (choice === undefined && opened.comparison) {
      opened.comparison = null;
      this.goToSentence(opened.place);
      return;
    }
    const chosen = choice ?? opened.comparisons[0];
    if (!chosen) {
      this.say("said.nothing_to_compare");
      return;
    }
    const isDraft = chosen === "draft";
    const answer = isDraft || (await this.ask(() => this.api.summary(opened.id, { revision: chosen })));
    if (!answer) return;
    const other = isDraft ? opened.record.rejected_draft : answer.json;
    opened.comparison = { chosen, texts: textsOf(other), findings: other.findings };
    this.focus("#comparison");
  }

  /** Show who changed what, or stop. */
  async history() {
    const { opened } = this;
    if (!opened?.record) return;
    if (opened.history) {
      opened.history = null;
      this.focus(HEADING);
      return;
    }
    const page = await this.ask(() => this.api.revisions(opened.id, { limit: 50 }));
    if (!page) return;
    opened.history = page.revisions;
    this.focus("#history-heading");
  }

  /** Decide about the served texts, or those of the article's new version. */
  choosePending(isChosen) {
    this.opened.choosePending(isChosen);
    this.loaded();
    this.changed();
  }

  /** Ask the model for another text. */
  async regenerate() {
    const { opened } = this;
    if (!this.canDecide() || opened.typed) return;
    if (!(await this.ask(() => this.api.regenerate(opened.id, randomId())))) return;
    this.say("said.regenerating");
    this.#awaitNewer(opened, REGENERATION_TRIES);
  }

  async #awaitNewer(opened, tries) {
    await new Promise((resolve) => setTimeout(resolve, REGENERATION_MS));
    if (opened !== this.opened || tries === 0) return;
    const isBusy = opened.typed || this.dialog;
    const isNewer = isBusy ? false : await this.ask(() => opened.reload());
    if (isNewer) this.say("said.regenerated");
    else this.#awaitNewer(opened, tries - 1);
  }

  #online(isOnline) {
    this.isOnline = isOnline;
    this.changed();
    if (isOnline) this.refresh();
  }

  #visibility() {
    if (document.visibilityState === "visible") {
      this.opened?.look();
      this.refresh();
    } else this.opened?.lookAway();
  }
}
