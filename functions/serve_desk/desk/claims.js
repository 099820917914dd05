/** Says who has an article open, so that two do not work on the same one; it never locks anything. */

/** A glance is no claim: who only passes by is not told to the others. */
const GLANCE_MS = 700;
const RENEW_MS = 240_000;

/** Returns `{open(id), leave(options), takeOver()}`; `told(id, claim)` gets somebody else's claim, or null. */
export function createClaims(api, told) {
  let opened = null;
  let isMine = false;
  let timer = null;

  async function put(query) {
    const id = opened;
    try {
      await api.claim(id, query);
      if (id !== opened) return;
      isMine = true;
      told(id, null);
    } catch (error) {
      if (id !== opened) return;
      isMine = false;
      if (error.status === 409) told(id, error.problem?.claim ?? null);
    }
  }

  function renew() {
    if (document.visibilityState === "visible") put();
    timer = setTimeout(renew, RENEW_MS);
  }

  return {
    open(id) {
      opened = id;
      timer = setTimeout(renew, GLANCE_MS);
    },
    leave(options) {
      clearTimeout(timer);
      if (isMine) api.release(opened, options).catch(() => {}); // It ends by itself.
      opened = null;
      isMine = false;
    },
    takeOver: () => put({ take_over: true }),
  };
}
