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
  await desk.start();
}

async function speakChosen() {
  const name = chosenLanguage();
  speak = speaking(name, await textsIn(name));
  document.documentElement.lang = name;
}

/** Returns a function that calls `draw` once, soon, however often it is called before. */
function drawing(draw) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    // A hidden page has no frames, and still has to say what was stored.
    const soon = document.visibilityState === "visible" ? requestAnimationFrame : queueMicrotask;
    soon(() => {
      isDue = false;
      draw();
    });
  };
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
