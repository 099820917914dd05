/** The article that is open: its record, the article as it was read, and what the editor has seen of both. */

import { sentencesOf, textsOf } from "./sentences.js";

/** Returns what the API knows of an article: its record and the article, each with its own problem. */
export async function readArticle(api, id) {
  const article = settled(api.article(id));
  const summary = settled(api.summary(id, { rejected_draft: true }));
  return { at: Date.now(), summary: await summary, article: await article };
}

/** One article at the desk; `changed()` is told of everything new. */
export class OpenArticle {
  version = null;
  article = null;
  articleProblem = null;
  problem = null;
  isLoading = true;
  /** The version that waits beside the one that is served, and whether it is the one that is looked at. */
  pending = null;
  isPendingChosen = false;
  /** The place of the current sentence in `sentences`. */
  place = 0;
  /** What is typed and what the checks say of it; null while nothing is edited. */
  typed = null;
  answer = null;
  answerProblem = null;
  /** How long the record's texts are, beside the limits. */
  counts = null;
  /** What the texts are compared with, and the history; null while they are not looked at. */
  comparison = null;
  history = null;
  /** Somebody else's claim. */
  claim = null;
  #seen = new Set();
  #spentMs = 0;
  #since = null;

  constructor(api, id, changed) {
    Object.assign(this, { api, id, changed });
    this.look();
  }

  /** Show what `reading` (a promise of `readArticle`) brings. */
  async load(reading) {
    const { summary, article } = await reading;
    if (summary.error) this.problem = summary.error;
    else this.#show(summary.value);
    this.article = article.value ?? null;
    this.articleProblem = article.error ?? null;
    this.isLoading = false;
    this.changed();
    if (this.record?.pending) await this.#loadPending(this.record.pending);
  }

  /** Returns the record that is looked at: the served one, or the pending one. */
  get record() {
    return (this.isPendingChosen ? this.pending : this.version)?.record ?? null;
  }

  /** Returns the ETag that a decision about `record` needs. */
  get etag() {
    return (this.isPendingChosen ? this.pending : this.version)?.etag;
  }

  /** Returns the article that `record` was made of, and why there is none. */
  get shownArticle() {
    return this.isPendingChosen && this.pending.article ? this.pending.article : this.article;
  }

  get shownProblem() {
    return this.isPendingChosen ? this.pending.articleProblem : this.articleProblem;
  }

  /** Returns the texts of the record. */
  get texts() {
    return textsOf(this.record);
  }

  /** Returns what the checks say of the texts: of those that are typed, once they were checked, or of the record's. */
  get checked() {
    const { answer, record } = this;
    if (this.typed && answer) return answer;
    return { texts: record, evidence: record.evidence, findings: record.findings, verdicts: verdictsOf(record) };
  }

  /** Returns the sentences of the texts, with findings and verdicts. */
  get sentences() {
    if (!this.record) return [];
    const source = this.typed && this.answer ? this.answer : this.record;
    if (this.#read?.source !== source) {
      this.#read = { source, sentences: sentencesOf(this.checked.texts, this.checked) };
    }
    return this.#read.sentences;
  }

  #read = null;

  /** Returns the current sentence, or undefined. */
  get sentence() {
    return this.sentences[this.place];
  }

  /** Go to the sentence at `place`, or as near as there is one. */
  goTo(place) {
    this.place = Math.max(0, Math.min(place, this.sentences.length - 1));
  }

  /** The evidence of the current sentence is on the screen; returns whether that is new. */
  markSeen() {
    const { sentence } = this;
    if (!sentence?.paragraphs.length || this.hasSeen(sentence)) return false;
    this.#seen.add(this.#key(sentence));
    return true;
  }

  /** Returns whether the evidence of a sentence was on the screen. */
  hasSeen(sentence) {
    return this.#seen.has(this.#key(sentence));
  }

  /** Returns the sentences whose evidence was on the screen, as a review tells of them. */
  get seen() {
    return this.sentences
      .filter((each) => each.sentence !== null && this.hasSeen(each))
      .map(({ field, sentence }) => ({ field, sentence }));
  }

  // By its words: a sentence that an editor moves or leaves as it is was seen all the same.
  #key({ field, text }) {
    return `${this.record.revision}\n${field}\n${text}`;
  }

  /** The editor looks at the page again. */
  look() {
    // Not the time of day, which may be set back while an article is open: the API refuses less than no time.
    this.#since ??= performance.now();
  }

  /** The page is hidden: the time does not count. */
  lookAway() {
    if (this.#since !== null) this.#spentMs += performance.now() - this.#since;
    this.#since = null;
  }

  /** Returns the whole seconds that the article was looked at. */
  get seconds() {
    const now = this.#since === null ? 0 : performance.now() - this.#since;
    return Math.max(Math.round((this.#spentMs + now) / 1000), 0);
  }

  /** Read the record again; returns whether there is a newer revision. */
  async reload() {
    const { json, etag } = await this.api.summary(this.id, { rejected_draft: true });
    const isNewer = json.revision !== this.version?.record.revision;
    if (isNewer) {
      this.pending = null;
      this.isPendingChosen = false;
      this.comparison = null;
      this.history = null;
      this.counts = null;
      this.problem = null;
      await this.load(readArticle(this.api, this.id));
    } else if (etag !== this.version.etag) this.version.etag = etag;
    return isNewer;
  }

  /** Returns what the texts can be compared with: `"draft"`, or the number of a revision. */
  get comparisons() {
    const { record, version, pending, isPendingChosen } = this;
    const other = pending && (isPendingChosen ? version : pending).record.revision;
    const revisions = Array.from({ length: record.revision - 1 }, (_, index) => record.revision - 1 - index);
    const choices = [record.rejected_draft && "draft", other, ...revisions.slice(0, 50)];
    return [...new Set(choices.filter(Boolean))];
  }

  /** Take the served texts, or those of the article's new version, as what is decided about. */
  choosePending(isChosen) {
    this.isPendingChosen = isChosen && this.pending !== null;
    this.comparison = null;
    this.counts = null;
    this.goTo(0);
  }

  /** Go to the sentence of `field` that the caret stands in. */
  goToCaret(field, units) {
    const text = this.typed?.[field] ?? "";
    const point = Array.from(text.slice(0, units)).length;
    const place = this.sentences.findIndex((each) => each.field === field && each.start <= point && point <= each.end);
    if (place >= 0) this.place = place;
  }

  #show({ json, etag }) {
    this.version = { record: json, etag };
    this.goTo(this.place);
  }

  async #loadPending(revision) {
    const [summary, article] = await Promise.all([
      settled(this.api.summary(this.id, { revision, rejected_draft: true })),
      settled(this.api.article(this.id, revision)),
    ]);
    if (!summary.value) return;
    const { json, etag } = summary.value;
    this.pending = { record: json, etag, article: article.value ?? null, articleProblem: article.error ?? null };
    this.changed();
  }
}

async function settled(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}

function verdictsOf(record) {
  return record.second_reading?.verdicts ?? [];
}
