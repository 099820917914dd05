/**
 * Signs in with an OpenID Connect issuer: authorization code with PKCE (RFC 7636), as a public client.
 *
 *   import { signIn, SignInFailed } from "./sign_in.js";
 *
 *   const session = await signIn(config, keepWhatIsTyped);
 *   // config           what GET /desk/config.json answers; where its sign_in is null, nobody signs in
 *   // keepWhatIsTyped  optional; called, and waited for, before the browser leaves the page for the issuer
 *
 *   await session.token()    the token for `Authorization: Bearer …`, or null where the API asks for none
 *   await session.renew(old) another one, after the API answered 401 to `old`
 *   session.who              the name of whoever signed in, to be shown; null where nobody did
 *   session.signOut()        forgets the token and ends the issuer's session
 *
 * Where a token needs a person, the browser goes to the issuer and comes back to the same address with its #fragment; the
 * promise then never settles. Throws SignInFailed where that would not help; its message is the issuer's or ours, for a
 * person; `signIn` again tries again.
 *
 * The token lives in this tab's sessionStorage: it outlives a reload, and no other tab or later visit.
 */

const KEY = "standfirst.token";
const PENDING = "standfirst.sign_in";
const EARLY_SECONDS = 30; // a token is not used so shortly before it expires
const TOO_SOON_SECONDS = 60; // if a token that replaced a refused one is refused so soon, a third would be too

export class SignInFailed extends Error {}

export async function signIn(config, beforeLeaving = async () => {}) {
  const issuer = config.sign_in;
  if (issuer === null) {
    return { token: async () => null, renew: async () => null, who: null, signOut() {} };
  }
  await finish(issuer);
  const session = new Session(issuer, beforeLeaving);
  await session.token();
  return session;
}

class Session {
  #issuer;
  #beforeLeaving;
  #renewing = null;

  constructor(issuer, beforeLeaving) {
    this.#issuer = issuer;
    this.#beforeLeaving = beforeLeaving;
  }

  get who() {
    return stored(KEY)?.who ?? null;
  }

  async token() {
    const held = stored(KEY);
    return held !== null && Date.now() < held.expires ? held.token : this.#another(null);
  }

  async renew(refused) {
    const held = stored(KEY);
    if (held !== null && held.token !== refused) {
      return held.token; // another request was refused too, and has renewed it
    }
    // Else the browser would go to and fro for ever.
    if (held?.renewed && Date.now() - held.renewed < TOO_SOON_SECONDS * 1000) {
      throw new SignInFailed("The API does not accept the token that the issuer has just given.");
    }
    return this.#another(Date.now());
  }

  signOut() {
    sessionStorage.removeItem(KEY);
    const { end_session_endpoint: end, client_id } = this.#issuer;
    if (end === null) {
      location.reload();
      return;
    }
    // Amazon Cognito has a name of its own for where to come back to.
    location.assign(address(end, { client_id, post_logout_redirect_uri: here(), logout_uri: here() }));
  }

  /** Several requests that are answered 401 at once wait for one token. */
  #another(renewed) {
    this.#renewing ??= this.#getAnother(renewed).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #getAnother(renewed) {
    const held = stored(KEY);
    if (held?.refresh) {
      try {
        const parameters = { grant_type: "refresh_token", refresh_token: held.refresh };
        return await request(this.#issuer, parameters, { ...held, renewed });
      } catch (error) {
        if (!(error instanceof SignInFailed)) {
          throw error; // the issuer was not reached: nothing is lost yet
        }
      }
    }
    sessionStorage.removeItem(KEY);
    await this.#beforeLeaving();
    return start(this.#issuer, renewed);
  }
}

/** Leaves for the issuer; never settles. */
async function start({ authorization_endpoint, client_id, scope }, renewed) {
  const state = random();
  const verifier = random();
  const place = location.search + location.hash;
  sessionStorage.setItem(PENDING, JSON.stringify({ state, verifier, place, renewed }));
  location.assign(
    address(authorization_endpoint, {
      response_type: "code",
      client_id,
      redirect_uri: here(),
      scope,
      state,
      code_challenge: base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))),
      code_challenge_method: "S256",
    }),
  );
  return new Promise(() => {});
}

/** Takes what the issuer sent back, if this page was opened by it. */
async function finish(issuer) {
  const answer = new URLSearchParams(location.search);
  const pending = stored(PENDING);
  if (!answer.has("state") || !(answer.has("code") || answer.has("error"))) {
    return;
  }
  sessionStorage.removeItem(PENDING);
  // An answer to a question that this tab did not ask is somebody else's: it is not used.
  const isOurs = pending !== null && answer.get("state") === pending.state;
  history.replaceState(null, "", here() + (isOurs ? pending.place : ""));
  if (!isOurs) {
    return;
  }
  // RFC 9207: another issuer's answer, where the issuer says who it is.
  if (answer.has("iss") && answer.get("iss") !== issuer.issuer) {
    throw new SignInFailed("The answer came from another issuer.");
  }
  if (answer.has("error")) {
    throw new SignInFailed(answer.get("error_description") ?? answer.get("error"));
  }
  const code = { grant_type: "authorization_code", code: answer.get("code"), redirect_uri: here() };
  await request(issuer, { ...code, code_verifier: pending.verifier }, { renewed: pending.renewed });
}

/** Asks the issuer for a token, keeps it and returns it. `before` is what is known already. */
async function request({ token_endpoint, client_id }, parameters, before) {
  const response = await fetch(token_endpoint, {
    method: "POST",
    body: new URLSearchParams({ client_id, ...parameters }),
    credentials: "omit",
  });
  const answer = await response.json().catch(() => ({}));
  if (response.status >= 500) {
    throw new Error(`The issuer answered ${response.status}.`);
  }
  if (!response.ok || typeof answer.access_token !== "string") {
    throw new SignInFailed(answer.error_description ?? answer.error ?? `The issuer answered ${response.status}.`);
  }
  const lifetime = Number(answer.expires_in ?? 300);
  const kept = {
    token: answer.access_token,
    expires: Date.now() + Math.max(lifetime - EARLY_SECONDS, lifetime / 2) * 1000,
    refresh: answer.refresh_token ?? before.refresh ?? null,
    who: nameIn(answer.id_token) ?? nameIn(answer.access_token) ?? before.who ?? null,
    renewed: before.renewed,
  };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
  return kept.token;
}

/** Only to be shown: the API looks at the token's signature, the page does not. */
function nameIn(jwt) {
  try {
    const part = jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return claims.name ?? claims.email ?? claims.preferred_username ?? claims.username ?? claims.sub ?? null;
  } catch {
    return null; // none, or not a JSON Web Token
  }
}

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** The address of this page, which the issuer has to allow: no query, no fragment. */
function here() {
  return location.origin + location.pathname;
}

function address(endpoint, parameters) {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
