/** Starts the desk: settings, language, sign-in, and one drawing per frame of whatever changed. */

import { createApi } from "./api.js";
import { App } from "./components/app.js";
import { Desk } from "./desk.js";
import { createDrafts } from "./drafts.js";
import { preferred, speaking, textsIn } from "./language.js";
import { html, render } from "./preact.js";
import { createSettings } from "./settings.js";

const root = document.getElementById("desk");
const storage = browserStorage();
const settings = createSettings(storage);
let speak = null;

async function start() {
  const [response] = await Promise.all([fetch("config.json"), speakPreferred()]);
  const config = await response.json();
  if (!response.ok) throw new Error(config.detail);
  let desk = null;
  let session = null;
  const signsIn = async () => {
    // Where nobody signs in, nothing of it is loaded.
    if (config.sign_in === null) return;
    const { signIn } = await import("./sign_in.js");
    session = await signIn(config, () => desk?.confirmLeaving());
  };
  await signsIn();
  const draw = drawing(() => {
    render(html`<${App} desk=${desk} speak=${speak} settings=${settings} session=${session} />`, root);
  });
  desk = new Desk({
    api: createApi(config.api, () => session),
    drafts: createDrafts(storage),
    storage,
    undoSeconds: config.undo_seconds,
    changed: draw,
    signInAgain: signsIn,
  });
  settings.changed = async () => {
    await speakPreferred();
    draw();
  };
  root.replaceChildren();
  draw();
  await desk.start();
}

async function speakPreferred() {
  const name = settings.language ?? preferred(navigator.languages);
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

function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
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
