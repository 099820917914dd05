/** The queue: what waits for an editor, what is left, and who has what open. */

import { addressOf } from "../address.js";
import { html } from "../preact.js";
import { NO_FILTER } from "../queue_list.js";
import { Action, isEmbargoed, nameOf, usePage } from "./shared.js";
import { WindowList } from "./window_list.js";

const STATUSES = ["all", "needs_review", "stale", "pending"];

/** The first column. */
export function QueueColumn() {
  const { desk, speak } = usePage();
  const { t } = speak;
  const items = desk.visible;
  const { queue } = desk;
  return html`<nav class="column queue" aria-labelledby="queue-heading">
    <div class="head">
      <h2 id="queue-heading">${t("queue")}${" "}<span class="count">${t("queue.left", { count: desk.left })}</span></h2>
      <div class="pair">
        <${Action} action="previous" kind="quiet" />
        <${Action} action="next" kind="quiet" />
      </div>
      <${Filters} items=${items} />
    </div>
    ${queue.problem && html`<p class="notice">${t(queue.problem.status === 403 ? "forbidden" : "queue.problem",
      { detail: queue.problem.message })}</p>`}
    ${!items.length && html`<p class="empty">${t(queue.isLoading ? "loading" : "queue.empty")}${" "}
      ${desk.filter !== NO_FILTER && html`<button type="button" class="quiet"
        onClick=${() => desk.setFilter(null)}>${t("filter.none")}</button>`}</p>`}
    <${WindowList} items=${items} keyOf=${(item) => item.article_id} current=${desk.opened?.id} label=${t("queue")}
      row=${(item) => html`<${Row} item=${item} isCurrent=${item.article_id === desk.opened?.id} />`} />
  </nav>`;
}

function Filters({ items }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { counts } = desk.queue;
  const { filter } = desk;
  const words = filter.words.trim();
  const numbers = { all: counts?.total, ...counts };
  const onKey = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      desk.setFilter({ words: "" });
      event.target.blur();
    }
    if (event.key === "Enter" && words) {
      desk.setFilter({ words: "" });
      desk.open(items[0]?.article_id ?? words);
    }
  };
  return html`
    <div class="search">
      <input id="search" type="search" autocomplete="off" spellcheck=${false} dir="auto" value=${filter.words}
        aria-label=${t("search")} placeholder=${t("search")} onKeyDown=${onKey}
        onInput=${(event) => desk.setFilter({ words: event.target.value })} />
      <kbd aria-hidden="true">/</kbd>
    </div>
    ${words && !items.some((item) => item.article_id === words) && html`<button type="button" class="quiet wide"
      onClick=${() => desk.open(words)}>${t("search.open_id", { id: words })}</button>`}
    <div class="statuses" role="group" aria-label=${t("filter.status")}>
      ${STATUSES.map((status) => html`<button type="button" aria-pressed=${String(filter.status === status)}
        onClick=${() => desk.setFilter({ status })}>${t(`filter.${status}`)}${" "}
        <span class="count">${numbers[status] === undefined ? "" : speak.number(numbers[status])}</span></button>`)}
    </div>
    <div class="more-filters">
      <select aria-label=${t("filter.section")}
        onChange=${({ target }) => desk.setFilter({ section: target.value === "*" ? null : target.value })}>
        <option value="*" selected=${filter.section === null}>${t("filter.every_section")}</option>
        ${counts?.sections.map(({ section, total }) => html`<option value=${section}
          selected=${filter.section === section}>${section || t("filter.no_section")} (${speak.number(total)})</option>`)}
      </select>
      <label><input type="checkbox" checked=${filter.mine}
        onChange=${({ target }) => desk.setFilter({ mine: target.checked })} />${t("filter.mine")}</label>
    </div>`;
}

function Row({ item, isCurrent }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const isTaken = item.claim && !item.claim.is_mine;
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    desk.open(item.article_id);
  };
  return html`<a class="row" href=${addressOf(item.article_id)} aria-current=${isCurrent ? "true" : null} onClick=${follow}>
    <span class="row-headline" lang=${item.language} dir="auto">${item.headline ?? item.article_id}</span>
    <span class="row-about">
      ${isTaken && html`<span class="tag taken">${t("claim.has_it", { who: nameOf(item.claim.by) })}</span>`}
      <bdi class="row-section">${item.section || t("filter.no_section")}</bdi>
      ${item.stale && html`<span class="tag">${t("filter.stale")}</span>`}
      ${item.pending !== null && html`<span class="tag">${t("filter.pending")}</span>`}
      ${isEmbargoed(item.embargoed_until) && html`<span class="tag embargo">${t("embargo")}</span>`}
      ${item.errors > 0 && html`<span class="tag error">${t("errors", { count: item.errors })}</span>`}
      ${item.warnings > 0 && html`<span class="tag warning">${t("warnings", { count: item.warnings })}</span>`}
    </span>
  </a>`;
}
