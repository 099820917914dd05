/** Who changed what in the texts, and when. */

import { html } from "../preact.js";
import { asOne } from "../sentences.js";
import { Difference, Person, usePage } from "./shared.js";

const TEXTS = new Set(["standfirst", "summary", "key_points", "headline"]);

/** The revisions of the article that is open, the newest first. */
export function History({ opened }) {
  const { speak } = usePage();
  const { t } = speak;
  return html`<section class="history" aria-labelledby="history-heading">
    <h3 id="history-heading" tabindex="-1">${t("history")}</h3>
    <ol role="list">${opened.history.map((revision) => html`<li key=${revision.revision}>
      <p><strong>${t("revision", { number: revision.revision })}</strong>${" · "}
        ${speak.word(`status.${revision.status}`, revision.status)}${" · "}<${Person} by=${revision.by} />${" · "}
        <time datetime=${revision.at}>${speak.moment(revision.at)}</time>
        ${revision.review?.note && html`${" · "}<q><bdi>${revision.review.note}</bdi></q>`}</p>
      ${revision.follows !== null && revision.changes.filter(({ field }) => TEXTS.has(field)).map((change) => html`
        <h4>${t(`field.${change.field}`)}</h4>
        <${Difference} before=${asOne(change, "from")} after=${asOne(change, "to")} language=${opened.record.language} />`)}
    </li>`)}</ol>
  </section>`;
}
