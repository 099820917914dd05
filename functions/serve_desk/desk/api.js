/** The review API over fetch: one method per route, and errors that say what can be done about them. */

const PATIENCE_MS = 30_000;

/** A response that is no success; `problem` is the body, problem details (RFC 9457) where the service wrote it. */
export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail || problem?.message || `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get isTransient() {
    return this.status === 429 || this.status >= 500;
  }
}

/** No response: offline, blocked, or not within 30 seconds. */
export class Unreachable extends Error {
  get isTransient() {
    return true;
  }
}

/** Returns `articleId` as the end of a path; slashes stay unless the browser would resolve a dot segment. */
export function pathOf(articleId) {
  const segments = articleId.split("/");
  const resolves = segments.some((segment) => segment === "." || segment === "..");
  return resolves ? encodeURIComponent(articleId) : segments.map(encodeURIComponent).join("/");
}

/**
 * Returns the API under `base`; the token of `session()`, null where nobody signs in, goes with every request.
 *
 * Every method rejects with `ApiError` or `Unreachable`.
 */
export function createApi(base, session) {
  async function request(method, path, options = {}) {
    const bearer = await session()?.token();
    const response = await send(method, path, bearer, options);
    // A page that is left has no time to get another token.
    if (response.status !== 401 || !bearer || options.keepalive) return read(response);
    return read(await send(method, path, await renewed(bearer), options));
  }

  async function renewed(bearer) {
    try {
      return await session().renew(bearer);
    } catch (error) {
      throw new ApiError(401, { detail: error.message });
    }
  }

  async function send(method, path, bearer, { query, body, headers, keepalive }) {
    const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
    const url = `${base}${path}${entries.length ? `?${new URLSearchParams(entries)}` : ""}`;
    const sent = { Accept: "application/json", ...headers };
    if (bearer) sent.Authorization = `Bearer ${bearer}`;
    if (body !== undefined) sent["Content-Type"] = "application/json";
    try {
      return await fetch(url, {
        method,
        headers: sent,
        body: body === undefined ? undefined : JSON.stringify(body),
        keepalive: Boolean(keepalive),
        cache: "no-store",
        signal: keepalive ? undefined : AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (error) {
      throw new Unreachable(error.message);
    }
  }

  async function read(response) {
    let json;
    try {
      json = parsed(await response.text());
    } catch (error) {
      throw new Unreachable(error.message);
    }
    if (!response.ok) throw new ApiError(response.status, json, Number(response.headers.get("Retry-After")) || 0);
    // Half a response, or another's page: what was asked may or may not have been done.
    if (json === null && response.status !== 204) throw new Unreachable("The response could not be read.");
    return { json, etag: response.headers.get("ETag") };
  }

  const json = async (...args) => (await request(...args)).json;

  return {
    queue: (query) => json("GET", "/queue", { query }),
    counts: () => json("GET", "/queue/counts"),
    /** Returns `{json, etag}` of a record, with the second reader's own words. */
    summary: (id, query) => request("GET", `/review/summaries/${pathOf(id)}`, { query }),
    article: (id, revision) => json("GET", `/articles/${pathOf(id)}`, { query: { revision } }),
    revisions: (id, query) => json("GET", `/review/revisions/${pathOf(id)}`, { query }),
    checks: (body) => json("POST", "/checks", { body }),
    decide: (id, body, etag, options) =>
      json("PATCH", `/summaries/${pathOf(id)}`, { body, headers: { "If-Match": etag }, ...options }),
    regenerate: (id, key) => json("POST", `/regenerations/${pathOf(id)}`, { headers: { "Idempotency-Key": key } }),
    claim: (id, query) => json("PUT", `/claims/${pathOf(id)}`, { query }),
    release: (id, options) => request("DELETE", `/claims/${pathOf(id)}`, options),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
