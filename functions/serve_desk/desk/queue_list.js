/** What waits for an editor: loaded at once in part, wholly in the background, and kept up to date. */

const FIRST = 40;
const PAGE = 500;
/** A long queue is read anew, whole, this often at most. */
const WHOLE_EVERY_MS = 300_000;
const SHORT = 1000;

/** Returns the first page of the queue: what fills the column. */
export function firstPage(api) {
  return api.queue({ limit: FIRST });
}

/** The filters as they are at first. */
export const NO_FILTER = { status: "all", section: null, mine: false, words: "" };

/** The queue of the API; `changed()` is told of everything new. */
export class QueueList {
  items = [];
  counts = null;
  problem = null;
  isLoading = true;
  isWhole = false;
  #decided = new Map();
  #wholeAt = 0;
  #run = 0;
  #first = null;

  constructor(api, changed) {
    Object.assign(this, { api, changed });
  }

  /** Show `page` (a promise of the first one) and read the counts; resolves after the page. */
  async load(page) {
    this.#readCounts();
    try {
      this.#first = await page;
      this.items = this.#first.items;
    } catch (error) {
      this.problem = error;
    }
    this.isLoading = false;
    this.changed();
  }

  /** Read what follows the first page. */
  loadRest() {
    if (this.#first) this.#readRest(this.#first);
  }

  /** Look for what is new; the rest is only read where the counts say that something else changed. */
  async refresh() {
    try {
      const [page] = await Promise.all([firstPage(this.api), this.#readCounts()]);
      this.problem = null;
      if (this.isWhole) this.items = merged(this.items, page);
      const isShort = this.items.length < SHORT || Date.now() - this.#wholeAt > WHOLE_EVERY_MS;
      if (!this.isWhole || (this.counts && this.counts.total !== this.items.length && isShort)) this.#readRest(page);
    } catch (error) {
      this.problem = error;
    }
    this.changed();
  }

  /** A decision was stored: what is older than `record` is out of the queue. */
  decided(record) {
    this.#decided.set(record.article_id, record.revision);
  }

  /** Returns the item of an article, or undefined. */
  item(articleId) {
    return this.items.find((item) => item.article_id === articleId);
  }

  /** Returns the items that `filter` lets through, without those of `hidden` (ids) and those already decided. */
  filtered(filter, hidden) {
    const words = filter.words.trim().toLowerCase();
    return this.items.filter(
      (item) =>
        !hidden.has(item.article_id) &&
        !(item.revision < (this.#decided.get(item.article_id) ?? 0)) &&
        hasStatus(item, filter.status) &&
        (filter.section === null || item.section === filter.section) &&
        (!filter.mine || item.claim?.is_mine) &&
        (!words || `${item.headline ?? ""}\n${item.article_id}`.toLowerCase().includes(words)),
    );
  }

  async #readCounts() {
    try {
      this.counts = await this.api.counts();
    } catch {
      // The list says it; the numbers of before are better than none.
    }
    this.changed();
  }

  async #readRest(first) {
    this.#run += 1;
    const run = this.#run;
    const items = [...first.items];
    let { cursor } = first;
    while (cursor) {
      try {
        const page = await this.api.queue({ limit: PAGE, cursor });
        if (run !== this.#run) return;
        items.push(...page.items);
        cursor = page.cursor;
        if (!this.isWhole) this.#show(items);
      } catch (error) {
        this.problem = error;
        return;
      }
    }
    this.isWhole = true;
    this.#wholeAt = Date.now();
    this.#show(items);
  }

  #show(items) {
    // What changes while pages are read may stand in two of them.
    const known = new Set();
    this.items = items.filter(({ article_id: id }) => !known.has(id) && known.add(id));
    this.changed();
  }
}

function hasStatus(item, status) {
  if (status === "stale") return item.stale;
  if (status === "pending") return item.pending !== null;
  return status === "all" || item.status === status;
}

function merged(items, page) {
  const news = new Set(page.items.map(({ article_id: id }) => id));
  const oldest = page.cursor ? page.items.at(-1)?.updated_at : "";
  return [...page.items, ...items.filter((item) => !news.has(item.article_id) && item.updated_at <= oldest)];
}
