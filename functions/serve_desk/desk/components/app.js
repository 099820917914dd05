/** The whole page: bar, three columns, status line, dialogs. */

import { actionOf } from "../keys.js";
import { LANGUAGES } from "../language.js";
import { html, useEffect, useLayoutEffect } from "../preact.js";
import { ArticleColumn } from "./article_column.js";
import { Dialogs } from "./dialogs.js";
import { QueueColumn } from "./queue_column.js";
import { Action, Page, Person } from "./shared.js";
import { StatusLine } from "./status_line.js";
import { TextsColumn } from "./texts_column.js";

const VIEWS = ["queue", "texts", "article"];

/** The desk as a page. */
export function App({ desk, speak, settings, session }) {
  useKeys(desk, settings);
  useLayoutEffect(() => {
    if (!desk.wantsFocus) return;
    const element = document.querySelector(desk.wantsFocus);
    if (!element) return;
    desk.wantsFocus = null;
    element.focus();
  });
  const { t } = speak;
  document.title = desk.left ? `(${desk.left}) Standfirst` : "Standfirst";
  return html`<${Page.Provider} value=${{ desk, speak, settings, session }}>
    <header class="bar">
      <h1>Standfirst</h1>
      <div class="views" role="group" aria-label=${t("views")}>
        ${VIEWS.map((view) => html`<button type="button" aria-pressed=${String(desk.view === view)}
          onClick=${() => desk.setView(view)}>${t(`view.${view}`)}</button>`)}
      </div>
      <span class="fill"></span>
      ${session?.who && html`<span class="who"><${Person} by=${session.who} /></span>
        <button type="button" class="quiet" onClick=${() => session.signOut()}>${t("sign_out")}</button>`}
      <select aria-label=${t("language")} onChange=${(event) => { settings.set({ language: event.target.value }); }}>
        ${Object.entries(LANGUAGES).map(([tag, name]) => html`<option value=${tag} lang=${tag}
          selected=${speak.name === tag}>${name}</option>`)}
      </select>
      <${Action} action="help" kind="quiet" />
    </header>
    <main class="columns" data-view=${desk.view}>
      <${QueueColumn} />
      <${TextsColumn} />
      <${ArticleColumn} />
    </main>
    <${StatusLine} />
    <${Dialogs} />
  </${Page.Provider}>`;
}

function useKeys(desk, settings) {
  useEffect(() => {
    const onKey = (event) => {
      if (desk.opened?.typed && !desk.dialog && onEditingKey(event)) return;
      const action = actionOf(event, settings.hasKeys);
      if (!action || desk.dialog) return;
      if (desk.awaits(action)) {
        event.preventDefault();
        return;
      }
      // Whoever is on a button of the texts may still scroll with the arrows where there is no sentence to go to.
      if (action.startsWith("sentence") && !desk.opened?.sentence) return;
      event.preventDefault();
      desk[action]();
    };
    const onEditingKey = (event) => {
      const isEnd = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (event.isComposing || event.defaultPrevented || !(isEnd || event.key === "Escape")) return false;
      event.preventDefault();
      if (isEnd) desk.approve();
      else desk.cancelEdit();
      return true;
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [desk, settings]);
}
