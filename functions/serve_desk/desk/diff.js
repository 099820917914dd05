/** The difference of two texts, word by word. */

// Scripts without spaces are compared by character.
const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}\p{M}'’]+|\s+|./gsu;

/** Above this many comparisons the middle of the two texts counts as replaced, so that no text can hold up the page. */
const MOST_COMPARISONS = 2_000_000;

/** Below this share of words in common, a text is another one, not a changed one. */
const LEAST_IN_COMMON = 0.5;

/**
 * Returns the pieces of both texts in reading order: `{kind, text}`, where kind is `same`, `removed` or `added`.
 *
 * The longest common subsequence of the words; what both texts start and end with is taken first. Of texts that share
 * little, the words in common would be scattered among the others: all of the one is removed, all of the other added.
 */
export function diffWords(before, after) {
  const old = before.match(WORD) ?? [];
  const now = after.match(WORD) ?? [];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const pieces = [];
  add(pieces, "same", old.slice(0, start));
  middle(pieces, old.slice(start, old.length - end), now.slice(start, now.length - end));
  add(pieces, "same", old.slice(old.length - end));
  const same = wordsIn(pieces.filter(({ kind }) => kind === "same").flatMap(({ text }) => text.match(WORD)));
  if (2 * same >= LEAST_IN_COMMON * (wordsIn(old) + wordsIn(now))) return pieces;
  const others = [];
  add(others, "removed", old);
  add(others, "added", now);
  return others;
}

function wordsIn(parts) {
  return parts.filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

function middle(pieces, old, now) {
  if (old.length * now.length > MOST_COMPARISONS) {
    add(pieces, "removed", old);
    add(pieces, "added", now);
    return;
  }
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        old[i] === now[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add(pieces, "same", [old[i]]);
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      add(pieces, "removed", [old[i]]);
      i += 1;
    } else {
      add(pieces, "added", [now[j]]);
      j += 1;
    }
  }
}

function add(pieces, kind, words) {
  const text = words.join("");
  if (!text) return;
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}
