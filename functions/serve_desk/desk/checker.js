/** Checks what is being typed: after a pause, one request at a time, and the last text wins. */

const PAUSE_MS = 400;

/** Returns `{check(body), stop()}`; `told(answer, error)` gets the answer about the newest text only. */
export function createChecker(api, told) {
  let timer = null;
  let isBusy = false;
  let waiting = null;
  let newest = 0;

  async function run(body, number) {
    isBusy = true;
    waiting = null;
    try {
      const answer = await api.checks(body);
      if (number === newest) told(answer, null);
    } catch (error) {
      if (number === newest) told(null, error);
    }
    isBusy = false;
    if (waiting) run(waiting.body, waiting.number);
  }

  return {
    check(body) {
      newest += 1;
      const number = newest;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (isBusy) waiting = { body, number };
        else run(body, number);
      }, PAUSE_MS);
    },
    stop() {
      newest += 1;
      waiting = null;
      clearTimeout(timer);
    },
  };
}
