/** What an editor set about the page, kept in the browser. */

const KEY = "standfirst-desk:settings";

/** Returns the settings in `storage`: `language` (null: the browser's) and `hasKeys`; setting one calls `changed`. */
export function createSettings(storage) {
  const values = { language: null, hasKeys: true, ...stored() };

  function stored() {
    try {
      return JSON.parse(storage.getItem(KEY));
    } catch {
      return {};
    }
  }

  function set(name, value) {
    values[name] = value;
    try {
      storage.setItem(KEY, JSON.stringify(values));
    } catch {
      // Storage may be full or forbidden: it holds for this page.
    }
    settings.changed();
  }

  const settings = {
    changed() {},
    get language() {
      return values.language;
    },
    set language(value) {
      set("language", value);
    },
    get hasKeys() {
      return values.hasKeys;
    },
    set hasKeys(value) {
      set("hasKeys", value);
    },
  };
  return settings;
}
