/** Going through the queue: which article is open, which is next, and which of its sentences is current. */

import { addressOf, addressed } from "./address.js";
import { createClaims } from "./claims.js";
import { OpenArticle, readArticle } from "./open_article.js";
import { HEADING, PageState } from "./page_state.js";
import { NO_FILTER, QueueList } from "./queue_list.js";

const FRESH_MS = 60_000;
/** What is typed after these keys is meant for a field. */
const BEFORE_TYPING = ["edit", "reject"];

/** The page with a queue and one open article. */
export class Opening extends PageState {
  filter = NO_FILTER;
  opened = null;
  #ahead = null;
  #awaited = null;
  #place = 0;

  constructor(parts) {
    super(parts);
    this.queue = new QueueList(this.api, this.changed);
    this.claims = createClaims(this.api, (id, claim) => {
      if (this.opened?.id === id) this.opened.claim = claim;
      this.changed();
    });
  }

  /** Show what the visit has asked for already: the first page of the queue, and its first or the named article. */
  async openFirst() {
    const { visit } = this;
    const named = addressed();
    if (named) this.view = "texts";
    const arrived = this.queue.load(visit.page);
    if (!named) await arrived;
    const first = await visit.first;
    if (first) this.#ahead = { ...first, at: Date.now(), revision: this.queue.item(first.id)?.revision };
    if (named) await this.#open(named);
    else await this.showFirst();
    await arrived;
    this.signedOut(this.queue.problem);
    // What needs nobody at once comes after what is read first.
    this.queue.loadRest();
  }

  /** Returns the queue's items that the filter lets through, without what is decided already. */
  get visible() {
    return this.queue.filtered(this.filter, this.decidedIds);
  }

  /** Returns the number of articles that are left. */
  get left() {
    const isAll = this.filter === NO_FILTER && !this.queue.isWhole && this.queue.counts;
    return isAll ? Math.max(0, this.queue.counts.total - this.decidedIds.size) : this.visible.length;
  }

  /** Read the queue again, and the open article if somebody changed it and nothing is typed. */
  async refresh() {
    await this.queue.refresh();
    this.signedOut(this.queue.problem);
    const { opened } = this;
    if (!opened) {
      this.showFirst();
      return;
    }
    if (opened.problem?.isTransient) {
      this.reopen();
      return;
    }
    const item = this.queue.item(opened.id);
    const isNewer = item && opened.version && item.revision > opened.version.record.revision;
    if (!isNewer || opened.typed || this.dialog) return;
    if (await this.ask(() => opened.reload())) this.say("said.changed_meanwhile", { who: opened.record?.updated_by });
  }

  /** Show other items of the queue. */
  setFilter(changes) {
    this.filter = changes ? { ...this.filter, ...changes } : NO_FILTER;
    this.changed();
  }

  /** Open an article by its id, whether or not it is in the queue. */
  open(id) {
    this.view = "texts";
    this.message = null;
    if (id === this.opened?.id) this.focus(this.opened.sentence ? `#sentence-${this.opened.place}` : HEADING);
    else this.goTo(id);
  }

  /** Open an article as the page's address, at its pending texts if they are `revision`; `isEdited` goes on with the draft. */
  goTo(id, { isEdited = false, revision = null } = {}) {
    this.#open(id, { isFocused: true, isEdited, revision });
    location.hash = addressOf(id);
  }

  next() {
    this.#move(1);
  }

  previous() {
    this.#move(-1);
  }

  sentenceDown() {
    this.#moveSentence(1);
  }

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
    this.focus(`#sentence-${this.opened.place}`);
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

  /** Take an article that somebody else has open. */
  takeOver() {
    this.claims.takeOver();
  }

  async showFirst() {
    const [first] = this.visible;
    if (first) await this.#open(first.article_id);
  }

  /** Read the open article again. */
  reopen() {
    this.#open(this.opened.id, { isFocused: true });
  }

  /** Open what the address names. */
  follow() {
    const id = addressed();
    if (id && id !== this.opened?.id) this.#open(id, { isFocused: true });
  }

  /** Returns whether `action` waits for the article to be there; until then the keys do nothing else. */
  awaits(action) {
    if (this.opened?.isLoading && BEFORE_TYPING.includes(action)) this.#awaited ??= action;
    return this.#awaited !== null;
  }

  /** Close the open article. */
  leave() {
    this.#awaited = null;
    this.claims.leave();
    this.opened = null;
  }

  async #open(id, { isFocused = false, isEdited = false, revision = null } = {}) {
    this.leave();
    const opened = new OpenArticle(this.api, id, this.changed);
    this.opened = opened;
    const place = this.visible.findIndex((item) => item.article_id === id);
    if (place >= 0) this.#place = place;
    if (isFocused) this.focus(HEADING);
    this.changed();
    await opened.load(this.#reading(id));
    if (opened !== this.opened) return;
    this.signedOut(opened.problem);
    if (revision && revision === opened.pending?.record.revision) opened.choosePending(true);
    const awaited = this.#awaited;
    this.#awaited = null;
    if (isEdited) this.edit();
    else if (awaited) this[awaited]();
    else if (isFocused) this.#focusTexts();
    this.claims.open(id);
    this.loaded();
    this.#readAhead();
  }

  // Unless the editor went elsewhere meanwhile; a heading that was drawn anew has lost the focus to the body.
  #focusTexts() {
    const { activeElement } = document;
    const isStill = this.wantsFocus === HEADING || activeElement === document.body || activeElement.id === HEADING.slice(1);
    if (isStill && this.unstored) this.focus("#unstored-heading");
    else if (isStill && this.opened.sentence) this.focus("#sentence-0");
  }

  /** Returns what is known of an article, read ahead where that is not too long ago. */
  async #reading(id) {
    const ahead = this.#ahead;
    const isFresh = ahead?.id === id && ahead.revision === this.queue.item(id)?.revision && Date.now() - ahead.at < FRESH_MS;
    const reading = isFresh ? await ahead.reading : null;
    return reading?.summary.value ? reading : readArticle(this.api, id);
  }

  #readAhead() {
    const items = this.visible;
    const item = items[items.findIndex(({ article_id: id }) => id === this.opened.id) + 1];
    if (!item || this.#ahead?.id === item.article_id) return;
    const { article_id: id, revision } = item;
    this.#ahead = { id, revision, at: Date.now(), reading: readArticle(this.api, id) };
  }
}
