/** What a visit asks for at once, while the rest of the page still loads: configuration, queue, first article. */

import { createApi } from "./api.js";
import { addressed } from "./address.js";
import { preferred, textsIn } from "./language.js";
import { readArticle } from "./open_article.js";
import { firstPage } from "./queue_list.js";
import { createStorage } from "./storage.js";

export const storage = createStorage();
/** What an editor set about the page; `language` null is the browser's. */
export const settings = { language: null, hasKeys: true, ...storage.read("settings") };

/** Returns the language of the interface. */
export function chosenLanguage() {
  return settings.language ?? preferred(navigator.languages);
}

/** Resolves to `{config, api, session, signIn(), page, first, beforeLeaving}`; `page` and `first` are promises. */
export const visit = begin();
// Whoever waits for it says why it failed.
visit.catch(() => {});

async function begin() {
  textsIn(chosenLanguage()).catch(() => {});
  const response = await fetch("config.json");
  const config = await response.json();
  if (!response.ok) throw new Error(config.detail);
  const begun = { config, session: null, beforeLeaving() {} };
  begun.signIn = async () => {
    // Where nobody signs in, nothing of it is loaded.
    if (config.sign_in === null) return;
    const { signIn } = await import("./sign_in.js");
    begun.session = await signIn(config, () => begun.beforeLeaving());
  };
  await begun.signIn();
  const api = createApi(config.api, () => begun.session);
  begun.api = api;
  begun.page = firstPage(api);
  begun.first = firstArticle(api, begun.page);
  return begun;
}

/** Returns `{id, reading}` of the article that the address names, or of the first of the queue; null without one. */
async function firstArticle(api, page) {
  const id = addressed() ?? (await page.catch(() => null))?.items[0]?.article_id;
  return id ? { id, reading: readArticle(api, id) } : null;
}
