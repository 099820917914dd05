/** The texts sentence by sentence, with what was found in each. */

import { html } from "../preact.js";
import { FIELDS, findingsOfWhole } from "../sentences.js";
import { Action, Counts, Findings, usePage } from "./shared.js";

/** The texts of `record` to read and to judge. */
export function Reading({ opened, record }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { sentences } = opened;
  const findings = record.findings ?? [];
  const numbers = new Map(sentences.flatMap((each) => each.findings).map((finding, index) => [finding, index + 1]));
  const supported = sentences.filter((each) => each.paragraphs.length);
  const seen = supported.filter((each) => opened.hasSeen(each)).length;
  if (!sentences.length) return html`<p class="empty">${t("texts.none")}</p>`;
  return html`
    <div class="progress">
      <span>${t("seen", { seen, count: supported.length })}</span>
      <span class="pair">
        <${Action} action="sentenceUp" kind="quiet" />
        <${Action} action="sentenceDown" kind="quiet" />
      </span>
    </div>
    ${FIELDS.map(({ name }) => {
      const own = sentences.map((each, place) => ({ each, place })).filter(({ each }) => each.field === name);
      const whole = findingsOfWhole(name, findings, sentences);
      if (!own.length && !whole.length) return null;
      return html`<section class="text" aria-labelledby=${`text-${name}`} key=${name}>
        <h3 id=${`text-${name}`}>${t(`field.${name}`)}</h3>
        <p class="counts"><${Counts} counts=${opened.counts} field=${name} /></p>
        <ol class="sentences" role="list">
          ${own.map(({ each, place }) => html`<${Sentence} key=${place} sentence=${each} place=${place} opened=${opened}
            count=${sentences.length} numbers=${numbers} language=${record.language} />`)}
        </ol>
        <${Findings} findings=${whole} />
      </section>`;
    })}`;
}

function Sentence({ sentence, place, opened, count, numbers, language }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const isCurrent = place === opened.place;
  const id = `sentence-${place}`;
  const hasSeen = opened.hasSeen(sentence);
  return html`<li class="sentence" data-current=${isCurrent ? "true" : null}>
    <div id=${id} tabindex=${isCurrent ? 0 : -1} role="group" aria-current=${isCurrent ? "true" : null}
      aria-labelledby=${`${id}-label ${id}-words ${id}-about`}
      onClick=${() => !isSelecting() && place !== opened.place && desk.goToSentence(place)}
      onFocus=${() => desk.sentenceFocused(place)}>
      <span class="hidden" id=${`${id}-label`}>${t("sentence", { number: place + 1, count })}</span>
      <p class="words" id=${`${id}-words`} lang=${language} dir="auto">${sentence.pieces.map(({ text, findings }) =>
        findings.length ? html`<${Marked} text=${text} findings=${findings} numbers=${numbers} />` : text)}</p>
      <div id=${`${id}-about`}>
        <p class="carried">
          ${sentence.paragraphs.length
            ? t("sentence.paragraphs", { numbers: sentence.paragraphs.map((index) => speak.number(index + 1)).join(", ") })
            : html`<strong>${t("sentence.no_paragraph")}</strong>`}
          ${sentence.weak && html`${" · "}<strong>${t("sentence.weak")}</strong>`}
          ${hasSeen && html`${" · "}<span>${t("sentence.seen")}</span>`}
        </p>
        <${Verdict} verdict=${sentence.verdict} language=${language} />
        <${Findings} findings=${sentence.findings} numbers=${numbers} />
      </div>
      ${isCurrent && html`<${Peek} opened=${opened} sentence=${sentence} />`}
    </div>
  </li>`;
}

function isSelecting() {
  return !getSelection().isCollapsed;
}

function Marked({ text, findings, numbers }) {
  const { speak } = usePage();
  const isError = findings.some(({ severity }) => severity === "error");
  const reasons = findings.map((finding) => {
    return `${speak.word(`check.${finding.check}`, finding.check)}: ${finding.detail}`;
  });
  return html`<mark class=${isError ? "error" : "warning"} title=${reasons.join("\n")}>${text}<sup
    aria-hidden="true">${findings.map((finding) => numbers.get(finding)).join(",")}</sup></mark>`;
}

/** What the second reader says of a sentence, and the words of the article that it goes by. */
export function Verdict({ verdict, language }) {
  const { speak } = usePage();
  if (!verdict) return null;
  const { t } = speak;
  return html`<p class="verdict">
    <strong>${t("second_reader")}</strong>${" "}${speak.word(`judgement.${verdict.judgement}`, verdict.judgement)}
    ${!verdict.is_proven && html`${" "}${t("verdict.unproven")}`}
    ${verdict.quote && html`${" "}<q lang=${language} dir="auto">${verdict.quote}</q>`}
    ${verdict.reason && html`${" "}<bdi>${verdict.reason}</bdi>`}
    ${verdict.article_says && html`${" "}${t("verdict.article_says", { text: verdict.article_says })}`}
  </p>`;
}

/** The paragraphs under the sentence, for a screen that has no room for the article beside it. */
function Peek({ opened, sentence }) {
  const { speak } = usePage();
  const article = opened.shownArticle;
  if (!article || !sentence.paragraphs.length) return null;
  return html`<div class="peek">${sentence.paragraphs.slice(0, 3).map((index) => html`<p class="words">
    <span class="paragraph-number">${speak.number(index + 1)}</span>${" "}
    <span lang=${article.language} dir="auto">${article.paragraphs[index]}</span></p>`)}</div>`;
}
