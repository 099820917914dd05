/** The article as it was read, with the paragraphs that carry the current sentence lit. */

import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../preact.js";
import { markedText } from "../sentences.js";
import { Difference, usePage } from "./shared.js";

/** What may still be known of an article that is not there, in the order in which it is shown. */
const KNOWN = ["headline", "language", "kind", "published_at", "words", "key"];

/** The third column. */
export function ArticleColumn() {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { opened } = desk;
  const column = useRef(null);
  useShown(column, desk);
  const article = opened?.shownArticle;
  return html`<section class="column article" aria-labelledby="article-heading" ref=${column} tabindex="0" data-scrolls>
    <h2 id="article-heading">${t("article")}</h2>
    ${opened?.isLoading && html`<p class="empty">${t("loading")}</p>`}
    ${opened?.shownProblem && html`<${Missing} error=${opened.shownProblem} record=${opened.record} />`}
    ${article && html`<${Story} article=${article} opened=${opened} />`}
  </section>`;
}

function useShown(column, desk) {
  const { opened } = desk;
  const { sentence } = opened ?? {};
  const lit = opened?.shownArticle && sentence ? sentence.paragraphs : [];
  useLayoutEffect(() => {
    const [first] = lit;
    const paragraph = first === undefined ? null : column.current.querySelector(`[data-paragraph="${first}"]`);
    if (!paragraph?.getClientRects().length) return;
    const box = column.current.getBoundingClientRect();
    const place = paragraph.getBoundingClientRect();
    if (place.top < box.top + 40 || place.bottom > box.bottom) {
      column.current.scrollTop += place.top - box.top - Math.max(0, (box.height - place.height) / 3);
    }
  }, [opened?.id, opened?.place, opened?.shownArticle, sentence]);
  useEffect(() => {
    if (!lit.length) return;
    const shown = [...document.querySelectorAll("[data-lit], .peek")].some((each) => each.getClientRects().length);
    if (shown) desk.evidenceShown(opened);
  });
}

function Story({ article, opened }) {
  const { speak } = usePage();
  const { t } = speak;
  const [hasChanges, setChanges] = useState(false);
  const isOther = opened.isPendingChosen && opened.article && opened.pending.article;
  const paragraphs = useMemo(
    () => article.paragraphs.map((text, index) => html`<${Paragraph} key=${index} index=${index} text=${text}
      article=${article} />`),
    [article, speak.name],
  );
  const { sentence } = opened;
  const marks = sentence ? quotesOf(sentence) : [];
  const drawn = paragraphs.slice();
  for (const index of sentence?.paragraphs ?? []) {
    if (index >= drawn.length) continue;
    drawn[index] = html`<${Paragraph} key=${index} index=${index} text=${article.paragraphs[index]} article=${article}
      carries=${sentence.sentence === null ? opened.place + 1 : sentence.sentence + 1} marks=${marks} />`;
  }
  return html`
    ${article.partial && html`<p class="notice">${t("article.partial")}${" "}<span lang="en">${article.partial}</span></p>`}
    ${isOther && html`<label class="toggle"><input type="checkbox" checked=${hasChanges}
      onChange=${({ target }) => setChanges(target.checked)} />${t("article.show_changes")}</label>`}
    <h3 class="headline" lang=${article.language} dir="auto">${article.headline}</h3>
    ${article.standfirst && html`<p class="own-standfirst words" lang=${article.language} dir="auto">
      <span class="label">${t("article.own_standfirst")}</span>${" "}<bdi>${article.standfirst}</bdi></p>`}
    ${isOther && hasChanges
      ? html`<${Difference} language=${article.language} before=${opened.article.paragraphs.join("\n\n")}
          after=${article.paragraphs.join("\n\n")} />`
      : html`<div class="paragraphs">${drawn}</div>`}`;
}

function quotesOf({ quote, verdict }) {
  return [quote, verdict?.quote].filter(Boolean).map((text) => ({ text, mark: "quote" }));
}

function Paragraph({ index, text, article, carries, marks = [] }) {
  const { speak } = usePage();
  const { t } = speak;
  const leftOut = article.left_out.filter(({ paragraph }) => paragraph === index);
  const pieces = markedText(text, [...leftOut.map((each) => ({ text: each.text, mark: "left_out" })), ...marks]);
  const number = index + 1;
  return html`<p class="paragraph words" data-paragraph=${index} data-lit=${carries === undefined ? null : "true"}>
    <span class="paragraph-number" aria-hidden="true">${speak.number(number)}</span>
    <span class="hidden">${carries === undefined
      ? t("article.paragraph", { number })
      : t("article.paragraph_carries", { number, sentence: carries })}</span>
    <span lang=${article.language} dir="auto" class="paragraph-text">${pieces.map(({ text: words, mark }) => {
      if (mark === "left_out") return html`<s class="left-out" title=${t("article.left_out")}>${words}</s>`;
      return mark === "quote" ? html`<mark class="quote" title=${t("article.quote")}>${words}</mark>` : words;
    })}</span>
    ${leftOut.length > 0 && html`<span class="label">${t("article.left_out")}</span>`}
  </p>`;
}

function Missing({ error, record }) {
  const { speak } = usePage();
  const { t } = speak;
  const found = { ...record?.article, headline: record?.headline, language: record?.language, ...error.problem };
  const written = {
    published_at: speak.moment,
    language: speak.languageName,
    kind: (kind) => speak.word(`kind.${kind}`, kind),
  };
  const key = { 404: "article.not_found", 410: "article.gone", 422: "article.unreadable" }[error.status];
  return html`<div class="notice">
    <p><strong>${t(key ?? "article.unavailable")}</strong></p>
    <p lang="en">${error.message}</p>
    <dl>${KNOWN.filter((name) => found[name] ?? false).map((name) => html`<dt>${t(`field.${name}`)}</dt>
      <dd><bdi>${written[name]?.(found[name]) ?? found[name]}</bdi></dd>`)}
    </dl>
  </div>`;
}
