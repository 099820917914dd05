/** Editing the texts and deciding about them: what is typed, checked, asked about, sent and taken back. */

import { createChecker } from "./checker.js";
import { asTyped, changedTexts, decisionBody, deliver } from "./decision.js";
import { Opening } from "./opening.js";
import { Outbox } from "./outbox.js";
import { HEADING } from "./page_state.js";
import { FIELDS, textsOf } from "./sentences.js";

/** The page with what an editor does to the open article. */
export class Deciding extends Opening {
  #isChecking = false;
  #toldOf = new Set();

  constructor(parts) {
    super(parts);
    this.checker = createChecker(this.api, (answer, error) => this.#checked(answer, error));
    this.outbox = new Outbox({
      storage: this.storage,
      undoSeconds: parts.visit.config.undo_seconds,
      changed: () => this.#outboxChanged(),
      deliver: (item, options) => deliver(this.api, item, options),
      stored: (item, record) => this.#stored(item, record),
    });
  }

  /** Returns the ids of what is decided and on its way. */
  get decidedIds() {
    return new Set(this.outbox.items().filter((item) => !isUnstored(item)).map(({ article_id: id }) => id));
  }

  /** Returns the decision about the open article that was not stored, or undefined. */
  get unstored() {
    const item = this.opened && this.outbox.about(this.opened.id);
    return item && isUnstored(item) ? item : undefined;
  }

  /** Returns what was typed of an article and not stored: `{revision, texts, at}`, or null. */
  draftOf(id) {
    return this.storage.read(`draft:${id}`);
  }

  /** The article is on the screen: count its words, once nothing more urgent is asked for. */
  loaded() {
    const { opened } = this;
    if (!opened.typed && opened.shownArticle && opened.sentences.length) this.checker.check(this.#checksBody());
  }

  leave() {
    this.checker.stop();
    super.leave();
  }

  /** Edit the texts in place, from what was typed before if it was not stored. */
  edit() {
    const { opened } = this;
    if (!this.canDecide() || opened.typed) return;
    opened.comparison = null;
    opened.draftOf = this.draftOf(opened.id);
    this.#type({ ...asTyped(opened.texts), ...opened.draftOf?.texts });
    this.focus(`#type-${opened.sentence?.field ?? FIELDS[0].name}`);
  }

  /** Take what is typed into `field`. */
  type(field, text) {
    const { opened } = this;
    const texts = { ...opened.typed, [field]: text };
    this.#keepDraft(opened.id, opened.record.revision, texts);
    this.#type(texts);
    this.changed();
  }

  /** Type from the stored texts again. */
  startOver() {
    const { opened } = this;
    this.storage.drop(`draft:${opened.id}`);
    opened.draftOf = null;
    this.#type(asTyped(opened.texts));
    this.focus(`#type-${FIELDS[0].name}`);
  }

  /** The caret moved in `field`: light what carries its sentence. */
  caret(field, units) {
    const { opened } = this;
    // The key that decides is let go when the article is no longer open.
    if (!opened?.typed) return;
    const { place } = opened;
    opened.goToCaret(field, units);
    if (opened.place !== place) this.changed();
  }

  /** Stop editing; what was typed is kept. */
  cancelEdit() {
    const { opened } = this;
    if (!opened?.typed) return;
    this.checker.stop();
    if (!Object.keys(changedTexts(opened.texts, opened.typed)).length) this.storage.drop(`draft:${opened.id}`);
    opened.typed = null;
    opened.answer = null;
    this.goToSentence(opened.place);
    this.loaded();
  }

  /** Approve the texts, as they are typed; where findings are open, each is asked about first. */
  async approve() {
    const { opened } = this;
    if (!this.canDecide() || this.#isChecking) return;
    const words = Object.values(changedTexts(opened.texts, opened.typed));
    if (words.includes("")) {
      this.say("said.empty_text");
      return;
    }
    if (words.length) {
      this.checker.stop();
      this.#isChecking = true;
      this.say("said.checking");
      try {
        this.#answered(await this.api.checks(this.#checksBody()));
      } catch (error) {
        // The API checks them again when it stores them, and what it finds stays on the record.
        opened.answer = null;
        opened.answerProblem = error;
      }
      this.#isChecking = false;
      this.message = null;
      if (opened !== this.opened) return;
    }
    const isUnknown = opened.typed && !opened.answer;
    const findings = isUnknown ? [] : byCheck(opened.checked.findings);
    if (findings.length) this.show({ kind: "overrule", findings, overruled: [] });
    else this.#decide("approved", {});
  }

  /** Store what is typed without approving it. */
  save() {
    const { opened } = this;
    if (!opened?.typed) return;
    const words = Object.values(changedTexts(opened.texts, opened.typed));
    if (!words.length) this.say("said.nothing_changed");
    else if (words.includes("")) this.say("said.empty_text");
    else this.#decide("edited", {});
  }

  /** Ask for the reason of a rejection. */
  reject() {
    if (this.canDecide()) this.show({ kind: "reject" });
  }

  /** Reject the texts. */
  rejectWith(note) {
    this.dialog = null;
    // Words of one's own cannot be rejected: what was typed stays a draft.
    this.opened.typed = null;
    this.#decide("rejected", { note });
  }

  /** The next `count` findings are overruled, with one note; after the last one the texts are approved. */
  overrule(count, note) {
    const { findings, overruled: before } = this.dialog;
    const now = findings.slice(before.length, before.length + count).map((each) => ({ ...each, note: note.trim() }));
    const overruled = [...before, ...now];
    const isDone = overruled.length === findings.length;
    this.show(isDone ? null : { ...this.dialog, overruled });
    if (isDone) this.#decide("approved", { overruled });
  }

  /** Go back to the finding before, or to the texts. */
  overruleBack() {
    const { dialog } = this;
    this.show(dialog.overruled.length ? { ...dialog, overruled: dialog.overruled.slice(0, -1) } : null);
  }

  /** Take back the last decision that was not sent yet; what was typed for it is in the fields again. */
  undo() {
    const item = this.outbox.undo();
    if (!item) {
      this.say("said.nothing_to_undo");
      return;
    }
    this.goTo(item.article_id, { isEdited: FIELDS.some(({ name }) => name in item.body), revision: item.revision });
    this.view = "texts";
    this.say("said.undone", { headline: item.headline });
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
    this.focus(HEADING);
  }

  /** Leave what is stored as it is. */
  takeTheirs(item) {
    this.storage.drop(`draft:${item.article_id}`);
    this.outbox.drop(item.id);
    this.focus(HEADING);
  }

  /** Edit one's own words over what is stored now. */
  editMine(item) {
    this.outbox.drop(item.id);
    this.#keepDraft(item.article_id, item.revision, asTyped(item.texts));
    this.opened.choosePending(item.revision === this.opened.pending?.record.revision);
    this.edit();
  }

  /** Returns whether something can be decided about the open article; says why not. */
  canDecide() {
    const { opened } = this;
    if (!opened?.record) return false;
    const isOnTheWay = this.outbox.about(opened.id);
    const hasText = FIELDS.some(({ name }) => opened.texts[name].length);
    if (isOnTheWay || !hasText) this.say(isOnTheWay ? "said.waits_already" : "said.no_text");
    return !isOnTheWay && hasText;
  }

  #keepDraft(id, revision, texts) {
    this.storage.write(`draft:${id}`, { revision, texts, at: Date.now() });
  }

  #type(texts) {
    this.opened.typed = texts;
    this.checker.check(this.#checksBody());
  }

  #checksBody() {
    const { opened } = this;
    const texts = changedTexts(opened.texts, opened.typed);
    return { article_id: opened.id, revision: opened.record.revision, ...texts };
  }

  #checked(answer, error) {
    const { opened } = this;
    if (!opened?.record) return;
    if (!opened.typed) opened.counts = answer?.counts;
    else if (answer) this.#answered(answer);
    opened.answerProblem = error;
    opened.goTo(opened.place);
    this.changed();
  }

  #answered(answer) {
    const { opened } = this;
    const texts = { ...opened.texts, ...changedTexts(opened.texts, opened.typed) };
    opened.answer = { ...answer, texts, verdicts: [] };
  }

  #decide(status, { note, overruled }) {
    const { opened } = this;
    const { record, etag, texts, seen, seconds } = opened;
    const words = changedTexts(texts, opened.typed);
    const place = this.visible.findIndex(({ article_id: id }) => id === opened.id);
    this.outbox.add({
      article_id: opened.id,
      headline: record.headline ?? opened.id,
      revision: record.revision,
      etag,
      body: decisionBody({ status, texts: words, revision: record.revision, note, seen, overruled, seconds }),
      texts: { ...texts, ...words },
    });
    const items = this.visible;
    const next = items[Math.max(place, 0)] ?? items.at(-1);
    if (next) this.goTo(next.article_id);
    else {
      this.leave();
      history.replaceState(null, "", location.pathname + location.search);
      this.focus(HEADING);
    }
    this.say(`said.${status}${next ? "" : "_last"}`, { left: this.left, headline: next?.headline ?? next?.article_id });
  }

  #stored(item, record) {
    this.queue.decided(record);
    if (this.draftOf(item.article_id)?.at <= item.added_at) this.storage.drop(`draft:${item.article_id}`);
    if (this.opened?.id === item.article_id && !this.opened.typed) this.reopen();
    this.queue.refresh();
  }

  #outboxChanged() {
    const { unstored, opened } = this;
    const items = this.outbox.items();
    for (const item of items) {
      if (!isUnstored(item)) this.#toldOf.delete(item.id);
      else if (!this.#toldOf.has(item.id)) {
        this.#toldOf.add(item.id);
        this.say(`unstored.${item.state}`, { headline: item.headline });
      }
    }
    if (unstored?.state === "conflict" && opened.conflictOf !== unstored.id) {
      opened.conflictOf = unstored.id;
      opened.typed = null;
      this.ask(() => opened.reload());
    }
    if (items.some(({ state }) => state === "signed_out")) this.needsSignIn = true;
    this.changed();
  }
}

function isUnstored({ state }) {
  return state === "conflict" || state === "refused";
}

/** Returns `findings` with those of one check together, those with an error first. */
function byCheck(findings) {
  const checks = [...new Set([...findings.filter(isError), ...findings].map(({ check }) => check))];
  return checks.flatMap((check) => findings.filter((each) => each.check === check));
}

function isError({ severity }) {
  return severity === "error";
}
