/** What an editor typed and has not stored yet, per article, kept in the browser. */

const PREFIX = "standfirst-desk:draft:";

/** Returns the drafts in `storage`: `{of(id), keep(id, draft), drop(id)}`; a draft is `{revision, texts, at}`. */
export function createDrafts(storage) {
  const memory = new Map();
  return {
    of(id) {
      try {
        return memory.get(id) ?? JSON.parse(storage.getItem(PREFIX + id));
      } catch {
        return null;
      }
    },
    keep(id, draft) {
      try {
        storage.setItem(PREFIX + id, JSON.stringify(draft));
      } catch {
        // Storage may be full or forbidden: the draft lives as long as the page.
        memory.set(id, draft);
      }
    },
    drop(id) {
      memory.delete(id);
      storage?.removeItem(PREFIX + id);
    },
  };
}
