/** The language of the interface: its texts, and how it writes numbers, dates and names. */

/** The languages of the interface, each by its own name. */
export const LANGUAGES = { en: "English", de: "Deutsch" };

/** Returns the first language of `wanted` that the interface has. */
export function preferred(wanted) {
  return wanted.map((tag) => tag.split("-")[0].toLowerCase()).find((tag) => tag in LANGUAGES) ?? "en";
}

/** Returns `name` as the browser's own region writes it (`en-GB`), or as it is where the browser has no region for it. */
function regional(name) {
  const tag = navigator.languages.find((each) => each.split("-")[0].toLowerCase() === name);
  try {
    return Intl.getCanonicalLocales(tag ?? name)[0];
  } catch {
    return name;
  }
}

/** Returns the texts of the interface in `name`; only those of the language in use are loaded. */
export async function textsIn(name) {
  return (await import(`./lang/${name}.js`)).default;
}

/**
 * Returns how the interface speaks `name` with its `texts`: `{name, t, number, moment, time, languageName}`.
 *
 * `t(key, values)` fills `{placeholders}`; a text with several forms takes that of `values.count`. What is filled in is
 * isolated, so that a name in another direction does not mix with the words around it.
 */
export function speaking(name, texts) {
  const tag = regional(name);
  const plural = new Intl.PluralRules(name);
  const numbers = new Intl.NumberFormat(tag);
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" });
  const days = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" });
  const times = new Intl.DateTimeFormat(tag, { timeStyle: "short" });
  const languages = new Intl.DisplayNames([name], { type: "language", fallback: "code" });

  function t(key, values = {}) {
    const known = texts[key];
    const text = typeof known === "object" ? (known[plural.select(values.count)] ?? known.other) : known;
    return (text ?? key).replace(/\{(\w+)\}/gu, (_, placeholder) => filled(values[placeholder]));
  }

  function filled(value) {
    return typeof value === "number" ? numbers.format(value) : `\u2068${value ?? ""}\u2069`;
  }

  return {
    name,
    t,
    /** Returns the text of `key`, or `value` as it is where there is none: a word of a newer release. */
    word: (key, value) => texts[key] ?? value,
    number: (value) => numbers.format(value),
    /** Returns a moment, or a date alone, as people write it; what is neither comes back as it is. */
    moment(value) {
      const date = new Date(value);
      if (Number.isNaN(date.getTime())) return value;
      return /^\d{4}-\d\d-\d\d$/u.test(value) ? days.format(date) : moments.format(date);
    },
    time: (value) => times.format(new Date(value)),
    languageName(tag) {
      try {
        return languages.of(tag);
      } catch {
        return tag;
      }
    },
  };
}
