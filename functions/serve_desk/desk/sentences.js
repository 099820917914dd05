/** The texts of a summary, sentence by sentence, with what was found in each and which paragraphs carry it. */

/** The texts in the order in which they are read; the items of a list are lines of one text. */
export const FIELDS = [
  { name: "standfirst", isList: false },
  { name: "summary", isList: false },
  { name: "key_points", isList: true },
];

/** Returns the text `field` of `texts` as one string. */
export function asOne(texts, field) {
  const text = texts?.[field];
  return Array.isArray(text) ? text.join("\n") : (text ?? "");
}

/** Returns the texts that `record` has, by name. */
export function textsOf(record) {
  return Object.fromEntries(FIELDS.map(({ name, isList }) => [name, record?.[name] ?? (isList ? [] : "")]));
}

/**
 * Returns the sentences of `texts`: `{field, sentence, text, start, end, paragraphs, weak, quote, verdict,
 * findings, pieces}`.
 *
 * `evidence` and `findings` count code points, JavaScript counts UTF-16 units. Words between two sentences, and texts
 * whose evidence has no spans, are a sentence with `sentence: null`. `pieces` are the sentence's `{text, findings}`.
 */
export function sentencesOf(texts, { evidence = [], findings = [], verdicts = [] } = {}) {
  return FIELDS.flatMap(({ name }) => sentencesOfField(name, asOne(texts, name), evidence, findings, verdicts));
}

function sentencesOfField(field, text, evidence, findings, verdicts) {
  if (!text) return [];
  const points = Array.from(text);
  const known = evidence
    .filter((each) => each.field === field && each.span)
    .sort((one, other) => one.span[0] - other.span[0]);
  const own = findings.filter((each) => each.field === field);
  const found = [];
  let at = 0;
  const rest = (end) => {
    if (points.slice(at, end).join("").trim()) found.push(sentence(null, at, end));
  };
  const sentence = (each, start, end) => ({
    field,
    sentence: each?.sentence ?? null,
    text: points.slice(start, end).join("").trim(),
    start,
    end,
    paragraphs: each?.paragraphs ?? [],
    weak: each?.weak ?? false,
    quote: each?.quote ?? null,
    verdict: verdicts.find((verdict) => verdict.field === field && verdict.sentence === each?.sentence) ?? null,
    ...marked(points, start, end, own, each?.sentence),
  });
  for (const each of known) {
    const [start, end] = each.span;
    if (start < at || end > points.length) continue;
    rest(start);
    found.push(sentence(each, start, end));
    at = end;
  }
  rest(points.length);
  if (!known.length && found.length) {
    const carried = evidence.filter((each) => each.field === field).flatMap((each) => each.paragraphs);
    found[0].paragraphs = [...new Set(carried)];
  }
  return found;
}

function marked(points, start, end, findings, index) {
  const isWithin = ({ span, sentence }) =>
    span ? span[0] >= start && span[0] < end : sentence !== null && sentence !== undefined && sentence === index;
  const within = findings.filter(isWithin);
  const spans = within.filter(({ span }) => span && span[1] > span[0]);
  const clamp = (place) => Math.min(Math.max(place, start), end);
  const cuts = new Set([start, end, ...spans.flatMap(({ span }) => span.map(clamp))]);
  const places = [...cuts].sort((one, other) => one - other);
  const pieces = places.slice(0, -1).map((from, number) => {
    const to = places[number + 1];
    const about = spans.filter(({ span }) => span[0] <= from && span[1] >= to);
    return { text: points.slice(from, to).join(""), findings: about };
  });
  return { findings: within, pieces };
}

/** Returns the findings that are about a whole text: in no sentence of `sentences`. */
export function findingsOfWhole(field, findings, sentences) {
  const placed = new Set(sentences.flatMap((each) => each.findings));
  return findings.filter((each) => each.field === field && !placed.has(each));
}

/**
 * Returns `text` in pieces `{text, mark}`, where `mark` names what of `marks` (`{text, mark}`) the piece stands in.
 *
 * Words that do not stand in the text are looked for with any white space, and left out where they are not found.
 */
export function markedText(text, marks) {
  const places = marks
    .map(({ text: words, mark }) => ({ mark, ...placeOf(text, words) }))
    .filter(({ start }) => start >= 0)
    .sort((one, other) => one.start - other.start);
  const pieces = [];
  let at = 0;
  for (const { start, end, mark } of places) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), mark: null });
    pieces.push({ text: text.slice(start, end), mark });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: null });
  return pieces;
}

function placeOf(text, words) {
  if (!words) return { start: -1 };
  const start = text.indexOf(words);
  if (start >= 0) return { start, end: start + words.length };
  const pattern = words.trim().split(/\s+/u).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&")).join("\\s+");
  const match = new RegExp(pattern, "u").exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : { start: -1 };
}
