/** What an editor does at the desk: every action of a key or a button, and the state that the page shows. */

import { createChecker } from "./checker.js";
import { createClaims } from "./claims.js";
import { asTyped, changedTexts, decisionBody, deliver } from "./decision.js";
import { OpenArticle, readArticle } from "./open_article.js";
import { Outbox, randomId } from "./outbox.js";
import { NO_FILTER, QueueList } from "./queue_list.js";
import { FIELDS, textsOf } from "./sentences.js";

const REFRESH_MS = 30_000;
const FRESH_MS = 60_000;
/** How often, and how many times, a requested text is looked for. */
const REGENERATION_MS = 5000;
const REGENERATION_TRIES = 24;

const HEADING = "#texts-heading";

/** The desk; `changed()` draws the page, `signInAgain()` gets another session. */
export class Desk {
  filter = NO_FILTER;
  opened = null;
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
  #prefetched = new Map();
  #messages = 0;
  #place = 0;
  #agree = null;
  #isChecking = false;
  #toldOf = new Set();

  constructor({ api, drafts, storage, undoSeconds, changed, signInAgain }) {
    Object.assign(this, { api, drafts, changed, signInAgain });
    this.queue = new QueueList(api, changed);
    this.claims = createClaims(api, (id, claim) => {
      if (this.opened?.id === id) this.opened.claim = claim;
      changed();
    });
    this.checker = createChecker(api, (answer, error) => this.#checked(answer, error));
    this.outbox = new Outbox({
      storage,
      undoSeconds,
      changed: () => this.#outboxChanged(),
      deliver: (item, options) => deliver(api, item, options),
      stored: (item, record) => this.#stored(item, record),
    });
  }

  /** Show the queue and the first article, or the one that the address names. */
  async start() {
    this.outbox.start();
    addEventListener("hashchange", () => this.#follow());
    addEventListener("online", () => this.#online(true));
    addEventListener("offline", () => this.#online(false));
    addEventListener("pagehide", () => this.claims.leave({ keepalive: true }));
    addEventListener("pageshow", ({ persisted }) => persisted && this.opened && this.claims.open(this.opened.id));
    document.addEventListener("visibilitychange", () => this.#visibility());
    setInterval(() => document.visibilityState === "visible" && this.refresh(), REFRESH_MS);
    const named = addressed();
    if (named) {
      this.view = "texts";
      this.#show(named, {});
    }
    await this.queue.load();
    this.#signedOut(this.queue.problem);
    if (!this.opened) this.#showFirst();
  }

  /** Returns the queue's items that the filter lets through, without what is decided already. */
  get visible() {
    return this.queue.filtered(this.filter, this.#decidedIds());
  }

  /** Returns the number of articles that are left. */
  get left() {
    const isAll = this.filter === NO_FILTER && !this.queue.isWhole && this.queue.counts;
    return isAll ? Math.max(0, this.queue.counts.total - this.#decidedIds().size) : this.visible.length;
  }

  /** Read the queue again, and the open article if somebody changed it and nothing is typed. */
  async refresh() {
    await this.queue.refresh();
    this.#signedOut(this.queue.problem);
    const { opened } = this;
    if (!opened) this.#showFirst();
    if (opened?.problem?.isTransient) {
      this.#reopen();
      return;
    }
    const item = opened && this.queue.item(opened.id);
    const isNewer = item && opened.version && item.revision > opened.version.record.revision;
    if (!isNewer || opened.typed || this.dialog) return;
    if (await this.#read(() => opened.reload())) this.say("said.changed_meanwhile", { who: opened.record?.updated_by });
  }

  /** Show other items of the queue. */
  setFilter(changes) {
    this.filter = { ...this.filter, ...changes };
    this.changed();
  }

  /** Show another column on a narrow screen. */
  setView(view) {
    this.view = view;
    this.changed();
  }

  /** Say what was done, on the screen and to a screen reader. */
  say(key, values = {}) {
    this.#messages += 1;
    this.message = { key, values, number: this.#messages };
    this.changed();
  }

  /** Open an article by its id, whether or not it is in the queue. */
  open(id) {
    this.view = "texts";
    this.message = null;
    if (id === this.opened?.id) {
      this.#focus(this.opened.sentence ? `#sentence-${this.opened.place}` : HEADING);
      return;
    }
    this.#show(id, { isFocused: true });
    location.hash = addressOf(id);
  }

  /** Open the next article of the queue. */
  next() {
    this.#move(1);
  }

  /** Open the article before. */
  previous() {
    this.#move(-1);
  }

  /** Go to the next sentence. */
  sentenceDown() {
    this.#moveSentence(1);
  }

  /** Go to the sentence before. */
  sentenceUp() {
    this.#moveSentence(-1);
  }

  #move(step) {
    const items = this.visible;
    const place = items.findIndex(({ article_id: id }) => id === this.opened?.id);
    // What is decided is out of the list, and the next one has its place.
    const item = items[place >= 0 ? place + step : this.#place + Math.min(step, 0)];
    if (!item) {
      this.say(items.length ? "said.no_more" : "said.all_done");
      return;
    }
    this.open(item.article_id);
    this.say("said.opened", { headline: item.headline ?? item.article_id, left: this.left });
  }

  #moveSentence(step) {
    if (this.opened?.sentence && !this.opened.typed) this.goToSentence(this.opened.place + step);
  }

  /** Go to the sentence at `place`. */
  goToSentence(place) {
    this.opened.goTo(place);
    this.#focus(`#sentence-${this.opened.place}`);
  }

  /** A sentence got the focus by the Tab key; what the page is about to focus itself does not count. */
  sentenceFocused(place) {
    if (this.wantsFocus || place === this.opened.place) return;
    this.opened.goTo(place);
    this.changed();
  }

  /** The evidence of the current sentence of `opened` was drawn. */
  evidenceShown(opened) {
    const isLookedAt = opened === this.opened && document.visibilityState === "visible";
    if (isLookedAt && opened.markSeen()) this.changed();
  }

  /** Edit the texts in place, from what was typed before if it was not stored. */
  edit() {
    const { opened } = this;
    if (!this.#canDecide() || opened.typed) return;
    const draft = this.drafts.of(opened.id);
    opened.comparison = null;
    opened.typed = draft ? { ...asTyped(opened.texts), ...draft.texts } : asTyped(opened.texts);
    opened.draftOf = draft ?? null;
    opened.answer = null;
    this.checker.check(this.#checksBody());
    this.#focus(`#type-${opened.sentence?.field ?? FIELDS[0].name}`);
  }

  /** Take what is typed into `field`. */
  type(field, text) {
    const { opened } = this;
    opened.typed = { ...opened.typed, [field]: text };
    this.drafts.keep(opened.id, { revision: opened.record.revision, texts: opened.typed, at: Date.now() });
    this.checker.check(this.#checksBody());
    this.changed();
  }

  /** The caret moved in `field`: light what carries its sentence. */
  caret(field, units) {
    const { place } = this.opened;
    this.opened.goToCaret(field, units);
    if (this.opened.place !== place) this.changed();
  }

  /** Type from the stored texts again. */
  startOver() {
    const { opened } = this;
    this.drafts.drop(opened.id);
    opened.typed = asTyped(opened.texts);
    opened.draftOf = null;
    this.checker.check(this.#checksBody());
    this.#focus(`#type-${FIELDS[0].name}`);
  }

  /** Stop editing; what was typed is kept. */
  cancelEdit() {
    const { opened } = this;
    if (!opened?.typed) return;
    this.checker.stop();
    if (!Object.keys(changedTexts(opened.texts, opened.typed)).length) this.drafts.drop(opened.id);
    opened.typed = null;
    opened.answer = null;
    opened.goTo(opened.place);
    this.#focus(`#sentence-${opened.place}`);
  }

  /** Approve the texts, as they are typed; where findings are open, each is asked about first. */
  async approve() {
    const { opened } = this;
    if (!this.#canDecide() || this.#isChecking) return;
    const words = changedTexts(opened.texts, opened.typed);
    if (Object.values(words).includes("")) {
      this.say("said.empty_text");
      return;
    }
    if (Object.keys(words).length) {
      this.checker.stop();
      this.#isChecking = true;
      this.say("said.checking");
      try {
        opened.answer = answerAbout(opened, await this.api.checks(this.#checksBody()));
      } catch (error) {
        // The API checks them again when it stores them, and what it finds stays on the record.
        opened.answer = null;
        opened.answerProblem = error;
      }
      this.#isChecking = false;
      if (opened !== this.opened) return;
    }
    const isUnknown = opened.typed && !opened.answer;
    const findings = isUnknown ? [] : opened.checked.findings;
    if (findings.length) {
      this.dialog = { kind: "overrule", findings, overruled: [] };
      this.changed();
    } else this.#decide("approved", {});
  }

  /** Store what is typed without approving it. */
  async save() {
    const { opened } = this;
    if (!opened?.typed) return;
    const words = Object.values(changedTexts(opened.texts, opened.typed));
    if (!words.length) this.say("said.nothing_changed");
    else if (words.includes("")) this.say("said.empty_text");
    else this.#decide("edited", {});
  }

  /** Ask for the reason of a rejection. */
  reject() {
    if (!this.#canDecide()) return;
    this.dialog = { kind: "reject" };
    this.changed();
  }

  /** Reject the texts. */
  rejectWith(note) {
    this.dialog = null;
    // Words of one's own cannot be rejected: what was typed stays a draft.
    this.opened.typed = null;
    this.#decide("rejected", { note });
  }

  /** The finding that is asked about is overruled; after the last one the texts are approved. */
  overrule(note) {
    const { dialog } = this;
    const overruled = [...dialog.overruled, { ...dialog.findings[dialog.overruled.length], note: note.trim() }];
    this.dialog = { ...dialog, overruled };
    if (overruled.length < dialog.findings.length) {
      this.changed();
      return;
    }
    this.dialog = null;
    this.#decide("approved", { overruled });
  }

  /** Go back to the finding before, or to the texts. */
  overruleBack() {
    const { dialog } = this;
    if (dialog.overruled.length) this.dialog = { ...dialog, overruled: dialog.overruled.slice(0, -1) };
    else this.closeDialog();
    this.changed();
  }

  /** Take back the last decision that was not sent yet. */
  undo() {
    const item = this.outbox.undo();
    if (!item) {
      this.say("said.nothing_to_undo");
      return;
    }
    if (this.opened?.id === item.article_id) this.#leave();
    this.#show(item.article_id, { isFocused: true });
    location.hash = addressOf(item.article_id);
    this.view = "texts";
    this.say("said.undone", { headline: item.headline });
  }

  /** Returns the decision about the open article that was not stored, or undefined. */
  get unstored() {
    const item = this.opened && this.outbox.about(this.opened.id);
    return item && (item.state === "conflict" || item.state === "refused") ? item : undefined;
  }

  /** Decide again about what is stored now, with the same words. */
  keepMine(item) {
    const { record, etag } = this.opened;
    const { status, note, review } = item.body;
    const words = status === "rejected" ? {} : changedTexts(textsOf(record), asTyped(item.texts));
    const body = { ...words, status, revision: record.revision, review, ...(note ? { note } : {}) };
    if (status === "edited" && !Object.keys(words).length) this.takeTheirs(item);
    else this.outbox.again(item.id, { etag, body });
    this.say("said.sent_again");
    this.#focus(HEADING);
  }

  /** Leave what is stored as it is. */
  takeTheirs(item) {
    this.drafts.drop(item.article_id);
    this.outbox.drop(item.id);
    this.#focus(HEADING);
  }

  /** Edit one's own words over what is stored now. */
  editMine(item) {
    this.outbox.drop(item.id);
    this.drafts.keep(item.article_id, { revision: item.revision, texts: asTyped(item.texts), at: Date.now() });
    this.edit();
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
    if (this.#agree || !(await this.#read(() => this.signInAgain().then(() => true)))) return;
    this.outbox.signedIn();
    await this.refresh();
    if (this.opened?.problem) this.#reopen();
  }

  /** Compare the texts with others: the rejected draft, or a revision; without a choice, stop or take the first. */
  async compare(choice) {
    const { opened } = this;
    if (!opened?.record || opened.typed) return;
    if (choice === undefined && opened.comparison) {
      opened.comparison = null;
      this.#focus(`#sentence-${opened.place}`);
      return;
    }
    const chosen = choice ?? opened.comparisons[0];
    if (!chosen) {
      this.say("said.nothing_to_compare");
      return;
    }
    if (chosen === "draft") {
      const { rejected_draft: draft } = opened.record;
      opened.comparison = { chosen, texts: textsOf(draft), findings: draft.findings };
    } else {
      const answer = await this.#read(() => this.api.summary(opened.id, { revision: chosen }));
      if (!answer) return;
      opened.comparison = { chosen, texts: textsOf(answer.json), findings: answer.json.findings };
    }
    this.#focus("#comparison");
  }

  /** Show who changed what, or stop. */
  async history() {
    const { opened } = this;
    if (!opened?.record) return;
    if (opened.history) {
      opened.history = null;
      this.#focus(HEADING);
      return;
    }
    const page = await this.#read(() => this.api.revisions(opened.id, { limit: 50 }));
    if (!page) return;
    opened.history = page.revisions;
    this.#focus("#history-heading");
  }

  /** Decide about the served texts, or those of the article's new version. */
  choosePending(isChosen) {
    this.opened.choosePending(isChosen);
    this.changed();
  }

  /** Ask the model for another text. */
  async regenerate() {
    const { opened } = this;
    if (!this.#canDecide() || opened.typed) return;
    if (!(await this.#read(() => this.api.regenerate(opened.id, randomId())))) return;
    this.say("said.regenerating");
    this.#awaitNewer(opened, REGENERATION_TRIES);
  }

  /** Take an article that somebody else has open. */
  takeOver() {
    this.claims.takeOver();
  }

  /** Show the keys and the settings, or stop. */
  help() {
    this.dialog = { kind: "help" };
    this.changed();
  }

  /** Go to the search field. */
  search() {
    this.view = "queue";
    this.#focus("#search");
  }

  closeDialog() {
    this.dialog = null;
    this.changed();
  }

  #showFirst() {
    const [first] = this.visible;
    if (first) this.#show(first.article_id, {});
  }

  #show(id, { isFocused = false }) {
    this.#leave();
    const opened = new OpenArticle(this.api, id, this.changed);
    this.opened = opened;
    this.claims.open(id);
    const place = this.visible.findIndex((item) => item.article_id === id);
    if (place >= 0) this.#place = place;
    if (isFocused) this.#focus(HEADING);
    this.changed();
    this.#loaded(opened, this.#reading(id), isFocused);
  }

  /** Returns what is known of an article, read ahead where that is not too long ago. */
  async #reading(id) {
    const ahead = this.#prefetched.get(id);
    this.#prefetched.delete(id);
    const isFresh = ahead && ahead.item === this.queue.item(id) && Date.now() - ahead.at < FRESH_MS;
    const reading = isFresh ? await ahead.reading : null;
    return reading?.summary.value ? reading : readArticle(this.api, id);
  }

  async #loaded(opened, reading, isFocused) {
    await opened.load(reading);
    if (opened !== this.opened) return;
    this.#signedOut(opened.problem);
    // Unless the editor went elsewhere meanwhile; a heading that was drawn anew has lost the focus to the body.
    const { activeElement } = document;
    const isStill = this.wantsFocus === HEADING || activeElement === document.body || activeElement.id === HEADING.slice(1);
    if (isFocused && isStill && this.unstored) this.#focus("#unstored-heading");
    else if (isFocused && isStill && opened.sentence) this.#focus("#sentence-0");
    this.#prefetch();
  }

  #prefetch() {
    const items = this.visible;
    const place = items.findIndex(({ article_id: id }) => id === this.opened.id);
    const item = items[place + 1];
    if (!item || this.#prefetched.has(item.article_id)) return;
    this.#prefetched.clear();
    this.#prefetched.set(item.article_id, { item, at: Date.now(), reading: readArticle(this.api, item.article_id) });
  }

  #leave() {
    this.checker.stop();
    this.claims.leave();
    this.opened = null;
  }

  #reopen() {
    this.#show(this.opened.id, { isFocused: true });
  }

  #follow() {
    const id = addressed();
    if (id && id !== this.opened?.id) this.#show(id, { isFocused: true });
  }

  #canDecide() {
    const { opened } = this;
    if (!opened?.record) return false;
    if (this.outbox.about(opened.id)) {
      this.say("said.waits_already");
      return false;
    }
    if (FIELDS.every(({ name }) => !opened.texts[name]?.length)) {
      this.say("said.no_text");
      return false;
    }
    return true;
  }

  #checksBody() {
    const { opened } = this;
    const texts = changedTexts(opened.texts, opened.typed);
    return { article_id: opened.id, revision: opened.record.revision, ...texts };
  }

  #checked(answer, error) {
    const { opened } = this;
    if (!opened?.typed) return;
    if (answer) opened.answer = answerAbout(opened, answer);
    opened.answerProblem = error;
    opened.goTo(opened.place);
    this.changed();
  }

  #decide(status, { note, overruled }) {
    const { opened } = this;
    const { record, etag, texts } = opened;
    const words = opened.typed ? changedTexts(texts, opened.typed) : {};
    const { seen, seconds } = opened;
    const body = decisionBody({ status, texts: words, revision: record.revision, note, seen, overruled, seconds });
    const place = this.visible.findIndex(({ article_id: id }) => id === opened.id);
    this.outbox.add({
      article_id: opened.id,
      headline: record.headline ?? opened.id,
      revision: record.revision,
      etag,
      body,
      texts: { ...texts, ...words },
    });
    const items = this.visible;
    const next = items[Math.max(place, 0)] ?? items.at(-1);
    const said = { left: this.left, headline: next?.headline ?? next?.article_id };
    if (next) {
      this.#show(next.article_id, { isFocused: true });
      location.hash = addressOf(next.article_id);
    } else {
      this.#leave();
      history.replaceState(null, "", location.pathname + location.search);
      this.#focus(HEADING);
    }
    this.say(next ? `said.${status}` : `said.${status}_last`, said);
  }

  #stored(item, record) {
    this.queue.decided(record);
    const draft = this.drafts.of(item.article_id);
    if (draft && draft.at <= item.added_at) this.drafts.drop(item.article_id);
    if (this.opened?.id === item.article_id && !this.opened.typed) this.#reopen();
    this.queue.refresh();
  }

  #outboxChanged() {
    const { unstored } = this;
    for (const { id, state, headline } of this.outbox.items()) {
      if (state !== "conflict" && state !== "refused") this.#toldOf.delete(id);
      else if (!this.#toldOf.has(id)) {
        this.#toldOf.add(id);
        this.say(`unstored.${state}`, { headline });
      }
    }
    if (unstored?.state === "conflict" && this.opened.conflictOf !== unstored.id) {
      this.opened.conflictOf = unstored.id;
      this.opened.typed = null;
      this.#read(() => this.opened.reload());
    }
    if (this.outbox.items().some(({ state }) => state === "signed_out")) this.needsSignIn = true;
    this.changed();
  }

  #decidedIds() {
    const onTheWay = this.outbox.items().filter(({ state }) => state !== "conflict" && state !== "refused");
    return new Set(onTheWay.map(({ article_id: id }) => id));
  }

  async #awaitNewer(opened, tries) {
    await new Promise((resolve) => setTimeout(resolve, REGENERATION_MS));
    if (opened !== this.opened || tries === 0) return;
    const isBusy = opened.typed || this.dialog;
    const isNewer = isBusy ? false : await this.#read(() => opened.reload());
    if (isNewer) this.say("said.regenerated");
    else this.#awaitNewer(opened, tries - 1);
  }

  /** Returns what `call` answers; undefined, with a word about why, if it failed. */
  async #read(call) {
    try {
      return await call();
    } catch (error) {
      this.#signedOut(error);
      this.say("said.failed", { detail: error.message });
      return undefined;
    } finally {
      this.changed();
    }
  }

  #signedOut(error) {
    if (error?.status !== 401) return;
    this.needsSignIn = true;
    this.changed();
  }

  #online(isOnline) {
    this.isOnline = isOnline;
    this.changed();
    if (isOnline) this.refresh();
  }

  #visibility() {
    const isVisible = document.visibilityState === "visible";
    if (isVisible) {
      this.opened?.look();
      this.refresh();
    } else this.opened?.lookAway();
  }

  #focus(selector) {
    this.wantsFocus = selector;
    this.changed();
  }
}

function answerAbout(opened, answer) {
  const texts = { ...opened.texts, ...changedTexts(opened.texts, opened.typed) };
  return { ...answer, texts, verdicts: [] };
}

/** Returns the fragment of the address that names an article. */
export function addressOf(id) {
  return `#${encodeURIComponent(id).replaceAll("%2F", "/")}`;
}

function addressed() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}
