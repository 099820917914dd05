/** Decisions on their way to the API: each waits some seconds, so that it can be taken back, and is sent once. */

const PREFIX = "standfirst-desk:outbox:";
const LONGEST_DELAY_MS = 60_000;
/** How long a tab that sends holds an item where the browser has no locks. */
const LEASE_MS = 45_000;
/** How long a request of a page that was left may take before another page looks after it. */
const LEAVING_MS = 10_000;

/**
 * The outbox of all tabs, one item per key of `storage`.
 *
 * An item is `{id, article_id, headline, etag, body, added_at, send_at, attempts, state, problem}`. States: `waiting`
 * (may be taken back), `retrying`, `signed_out`, `conflict` (412) and `refused` (any other 4xx); only the first two are
 * sent without somebody asking. `deliver(item, options)` sends it; `stored(item, answer)` and `changed()` are told.
 */
export class Outbox {
  #timer = null;
  #sending = new Set();
  #memory = new Map();

  constructor({ storage, deliver, stored, changed, undoSeconds, locks = globalThis.navigator?.locks, now = Date.now }) {
    Object.assign(this, { storage, deliver, stored, changed, locks, now });
    this.undoMs = undoSeconds * 1000;
    this.tab = randomId();
  }

  /** Look after the items from now on, also those that an earlier page left. */
  start() {
    addEventListener("storage", ({ key }) => {
      if (key === null || key.startsWith(PREFIX)) this.#told();
    });
    addEventListener("online", () => this.sendNow());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", () => this.#told());
    this.#told();
  }

  /** Returns the items, oldest first. */
  items() {
    const items = [];
    for (let index = 0; index < (this.storage?.length ?? 0); index += 1) {
      const key = this.storage.key(index);
      if (key?.startsWith(PREFIX)) items.push(parsed(this.storage.getItem(key)));
    }
    return [...items.filter(Boolean), ...this.#memory.values()].sort((one, other) => one.added_at - other.added_at);
  }

  /** Returns the item about an article, or undefined. */
  about(articleId) {
    return this.items().find((item) => item.article_id === articleId);
  }

  /** Put a decision in; it is sent once its time to take it back is over. */
  add(decision) {
    const at = this.now();
    const item = { ...decision, id: randomId(), added_at: at, send_at: at + this.undoMs, attempts: 0, state: "waiting" };
    this.#write(item);
    this.#told();
    return item;
  }

  /** Returns the last decision that can be taken back, and takes it out; null if there is none. */
  undo() {
    const item = this.items().findLast((each) => each.state === "waiting" && !this.#sending.has(each.id));
    if (!item) return null;
    this.drop(item.id);
    return item;
  }

  /** Take an item out, whatever its state. */
  drop(id) {
    this.#memory.delete(id);
    this.storage?.removeItem(PREFIX + id);
    this.#told();
  }

  /** Send an item again at once, with `changes` (such as another `etag`). */
  again(id, changes = {}) {
    const item = this.#read(id);
    if (!item) return;
    this.#write({ ...item, problem: null, ...changes, attempts: 0, state: "retrying", send_at: this.now() });
    this.#told();
  }

  /** Send what waits for the network at once. */
  sendNow() {
    for (const item of this.items().filter(({ state }) => state === "retrying")) {
      this.#write({ ...item, send_at: this.now() });
    }
    this.#told();
  }

  /** Sign-in succeeded: what was refused for want of it is sent. */
  signedIn() {
    for (const item of this.items().filter(({ state }) => state === "signed_out")) this.again(item.id);
  }

  /** The page goes: send what still waits. The answer may come too late, so that the next page asks after it. */
  leave() {
    for (const item of this.items().filter(({ id, state }) => state === "waiting" && !this.#sending.has(id))) {
      const left = { ...item, state: "retrying", attempts: item.attempts + 1, send_at: this.now() + LEAVING_MS };
      this.#write(left);
      this.#sending.add(item.id);
      this.deliver(item, { keepalive: true })
        .then((answer) => this.#done(left, answer), (error) => this.#failed(left, error))
        .finally(() => this.#sending.delete(item.id));
    }
  }

  #told() {
    clearTimeout(this.#timer);
    const due = this.items().filter(({ id, state }) => isSent(state) && !this.#sending.has(id));
    const next = Math.min(...due.map(({ send_at: at }) => at));
    if (due.length) this.#timer = setTimeout(() => this.#sendDue(), Math.max(next - this.now(), 0));
    this.changed();
  }

  #sendDue() {
    const due = this.items().filter(({ id, state, send_at: at }) => {
      return isSent(state) && at <= this.now() && !this.#sending.has(id);
    });
    for (const { id } of due) {
      this.#sending.add(id);
      this.#alone(id, () => this.#send(id)).finally(() => {
        this.#sending.delete(id);
        this.#told();
      });
    }
    if (!due.length) this.#told();
  }

  async #send(id) {
    // Another tab may have sent it, or taken it back, before this one got the lock.
    const item = this.#read(id);
    if (!item || !isSent(item.state) || item.send_at > this.now()) return;
    const sent = { ...item, attempts: item.attempts + 1, state: "retrying" };
    this.#write(sent);
    this.changed();
    try {
      this.#done(sent, await this.deliver(item, {}));
    } catch (error) {
      this.#failed(sent, error);
    }
  }

  #done(item, answer) {
    this.drop(item.id);
    this.stored(item, answer);
  }

  #failed(item, error) {
    const state = error.isTransient ? "retrying" : ({ 401: "signed_out", 412: "conflict" }[error.status] ?? "refused");
    const delay = Math.max((error.retryAfter ?? 0) * 1000, Math.min(1000 * 2 ** item.attempts, LONGEST_DELAY_MS));
    const problem = { status: error.status ?? 0, detail: error.message };
    this.#write({ ...item, state, problem, send_at: this.now() + delay });
    this.#told();
  }

  async #alone(id, run) {
    if (this.locks) {
      await this.locks.request(PREFIX + id, { ifAvailable: true }, async (lock) => {
        if (lock) await run();
        else await new Promise((resolve) => setTimeout(resolve, 1000));
      });
      return;
    }
    const item = this.#read(id);
    if (!item || (item.lease && item.lease.tab !== this.tab && item.lease.until > this.now())) return;
    this.#write({ ...item, lease: { tab: this.tab, until: this.now() + LEASE_MS } });
    // A tab that wrote its lease at the same moment is seen after a while: the last one wins.
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (this.#read(id)?.lease?.tab === this.tab) await run();
  }

  #read(id) {
    return this.#memory.get(id) ?? parsed(this.storage?.getItem(PREFIX + id));
  }

  #write(item) {
    try {
      this.storage.setItem(PREFIX + item.id, JSON.stringify(item));
      this.#memory.delete(item.id);
    } catch {
      // Storage may be full or forbidden: the item lives as long as the page.
      this.#memory.set(item.id, item);
    }
  }
}

function isSent(state) {
  return state === "waiting" || state === "retrying";
}

/** Returns an id that nobody else has. */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
