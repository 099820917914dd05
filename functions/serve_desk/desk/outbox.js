/** Decisions on their way to the API: each waits some seconds, so that it can be taken back, and is sent once. */

const PREFIX = "outbox:";
const LONGEST_DELAY_MS = 60_000;
/** How long a request of a page that was left may take before another page looks after it. */
const LEAVING_MS = 10_000;

/**
 * The outbox of all tabs, one item per name in `storage`.
 *
 * An item is `{id, article_id, headline, etag, body, added_at, send_at, attempts, state, problem}`. States: `waiting`
 * (may be taken back), `retrying`, `signed_out`, `conflict` (412) and `refused` (any other 4xx); only the first two are
 * sent without somebody asking. `deliver(item, options)` sends it; `stored(item, answer)` and `changed()` are told.
 */
export class Outbox {
  #timer = null;
  #sending = new Set();

  constructor({ storage, deliver, stored, changed, undoSeconds }) {
    Object.assign(this, { storage, deliver, stored, changed });
    this.undoMs = undoSeconds * 1000;
  }

  /** Look after the items from now on, also those that an earlier page left. */
  start() {
    this.storage.watch(PREFIX, () => this.#told());
    addEventListener("online", () => this.sendNow());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", () => this.#told());
    this.#told();
  }

  /** Returns the items, oldest first. */
  items() {
    const items = this.storage.names(PREFIX).map((name) => this.storage.read(name)).filter(Boolean);
    return items.sort((one, other) => one.added_at - other.added_at);
  }

  /** Returns the item about an article, or undefined. */
  about(articleId) {
    return this.items().find((item) => item.article_id === articleId);
  }

  /** Put a decision in; it is sent once its time to take it back is over. */
  add(decision) {
    const at = Date.now();
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
    this.storage.drop(PREFIX + id);
    this.#told();
  }

  /** Send an item again at once, with `changes` (such as another `etag`). */
  again(id, changes = {}) {
    const item = this.#read(id);
    if (!item) return;
    this.#write({ ...item, problem: null, ...changes, attempts: 0, state: "retrying", send_at: Date.now() });
    this.#told();
  }

  /** Send what waits for the network at once. */
  sendNow() {
    for (const item of this.items().filter(({ state }) => state === "retrying")) {
      this.#write({ ...item, send_at: Date.now() });
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
      const left = { ...item, state: "retrying", attempts: item.attempts + 1, send_at: Date.now() + LEAVING_MS };
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
    if (due.length) this.#timer = setTimeout(() => this.#sendDue(), Math.max(next - Date.now(), 0));
    this.changed();
  }

  #sendDue() {
    const due = this.items().filter(({ id, state, send_at: at }) => {
      return isSent(state) && at <= Date.now() && !this.#sending.has(id);
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
    if (!item || !isSent(item.state) || item.send_at > Date.now()) return;
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
    this.#write({ ...item, state, problem, send_at: Date.now() + delay });
    this.#told();
  }

  async #alone(id, run) {
    // Without locks two tabs may send the same: the second is refused (412), and `deliver` finds the first stored.
    if (!navigator.locks) {
      await run();
      return;
    }
    await navigator.locks.request(PREFIX + id, { ifAvailable: true }, async (lock) => {
      if (lock) await run();
      else await new Promise((resolve) => setTimeout(resolve, 1000));
    });
  }

  #read(id) {
    return this.storage.read(PREFIX + id);
  }

  #write(item) {
    this.storage.write(PREFIX + item.id, item);
  }
}

function isSent(state) {
  return state === "waiting" || state === "retrying";
}

/** Returns an id that nobody else has. */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
