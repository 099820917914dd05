/** What an editor decides, as the API takes it, and whether the API has it already. */

import { FIELDS, asOne } from "./sentences.js";

const CLOCK_SKEW_MS = 300_000;

/** What the API takes with one decision. */
const MOST_SEEN = 500, MOST_OVERRULED = 100;

/** Returns the texts of `typed` that differ from `texts`, as a request holds them. */
export function changedTexts(texts, typed) {
  const changed = {};
  for (const { name, isList } of FIELDS) {
    if (!typed || typed[name] === undefined) continue;
    const value = isList ? lines(typed[name]) : typed[name].replace(/\s+/gu, " ").trim();
    const before = texts[name] ?? (isList ? [] : "");
    if (JSON.stringify(value) !== JSON.stringify(before)) changed[name] = value;
  }
  return changed;
}

/** Returns `texts` as they are typed: a list is a line per item. */
export function asTyped(texts) {
  return Object.fromEntries(FIELDS.map(({ name }) => [name, asOne(texts, name)]));
}

function lines(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

/**
 * Returns the body of a PATCH.
 *
 * `status` is `approved`, `edited` or `rejected`; `seen` are sentences, `overruled` findings with an optional note.
 */
export function decisionBody({ status, texts = {}, revision, note, seen, overruled = [], seconds }) {
  const findings = overruled.slice(0, MOST_OVERRULED).map(({ check, field, text, note: reason }) => ({
    check,
    field,
    text,
    ...(reason ? { note: reason } : {}),
  }));
  const body = { ...texts, status, revision, review: { sentences_seen: seen.slice(0, MOST_SEEN), findings, seconds } };
  if (note) body.note = note;
  return body;
}

/**
 * Send a decision; returns the new record.
 *
 * A request whose response was lost, or that another tab sent too, is refused (412) because the first one was stored:
 * the record says so.
 */
export async function deliver(api, item, options) {
  try {
    return await api.decide(item.article_id, item.body, item.etag, options);
  } catch (error) {
    if (error.status !== 412 || !item.attempts) throw error;
    const { json: record } = await api.summary(item.article_id);
    if (isStored(record, item)) return record;
    throw error;
  }
}

/** Returns whether `record` is what the decision `item` leads to. */
function isStored(record, { body, added_at: added }) {
  const review = record.review;
  return (
    Boolean(review) &&
    review.decision === body.status &&
    review.of === body.revision &&
    (review.note ?? null) === (body.note ?? null) &&
    // Of two editors who approve the same text each has taken another time.
    (review.seconds ?? null) === (body.review?.seconds ?? null) &&
    Date.parse(review.at) > added - CLOCK_SKEW_MS &&
    FIELDS.every(({ name }) => body[name] === undefined || JSON.stringify(record[name]) === JSON.stringify(body[name]))
  );
}
