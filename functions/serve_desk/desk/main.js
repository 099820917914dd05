/** Starts the desk: its language, its first drawing, and then one per frame of whatever changed. */

import { chosenLanguage, settings, storage, visit } from "./begin.js";
import { App } from "./components/app.js";
import { Desk } from "./desk.js";
import { speaking, textsIn } from "./language.js";
import { html, render } from "./preact.js";

const root = document.getElementById("desk");
let speak = null;

async function start() {
  const [begun] = await Promise.all([visit, speakChosen()]);
  const draw = drawing(() => {
    render(html`<${App} desk=${desk} speak=${speak} settings=${settings} session=${begun.session} />`, root);
  });
  const desk = new Desk({ visit: begun, storage, changed: draw });
  begun.beforeLeaving = () => desk.confirmLeaving();
  settings.set = async (changes) => {
    Object.assign(settings, changes);
    storage.write("settings", settings);
    await speakChosen();
    draw();
  };
  root.replaceChildren();
  draw();
  // What a key or a click leads to, a dialog or a field, is there before the next key: nothing that is typed goes astray.
  addEventListener("keydown", draw.now);
  // A checkbox tells of its change after its click: drawn in between, it would be set back.
  addEventListener("click", ({ target }) => target instanceof HTMLInputElement || draw.now());
  await desk.start();
}

async function speakChosen() {
  const name = chosenLanguage();
  speak = speaking(name, await textsIn(name));
  document.documentElement.lang = name;
}

/** Returns a function that calls `draw` once, soon, however often it is called before; `now` does so at once if it is due. */
function drawing(draw) {
  let isDue = false;
  const now = () => {
    if (!isDue) return;
    isDue = false;
    draw();
  };
  const soon = () => {
    if (isDue) return;
    isDue = true;
    // A hidden page has no frames, and still has to say what was stored.
    (document.visibilityState === "visible" ? requestAnimationFrame : queueMicrotask)(now);
  };
  return Object.assign(soon, { now });
}

try {
  await start();
} catch (error) {
  const again = () => location.reload();
  render(html`<main class="column failed" role="alert">
    <p>${speak?.t("start.failed", { detail: error.message }) ?? error.message}</p>
    ${speak && html`<button type="button" class="action" onClick=${again}>${speak.t("refused.again")}</button>`}
  </main>`, root);
  throw error;
}
