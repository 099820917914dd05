/** What the page keeps in the browser, as JSON; where storage is full or forbidden, as long as the page lives. */

const PREFIX = "standfirst-desk:";

/** Returns `{names(start), read(name), write(name, value), drop(name), watch(start, run)}` over localStorage. */
export function createStorage() {
  const memory = new Map();
  const storage = browserStorage();
  return {
    names(start) {
      const kept = Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));
      const names = [...kept.map((key) => key.slice(PREFIX.length)), ...memory.keys()];
      return names.filter((name) => name.startsWith(start));
    },
    read(name) {
      try {
        return memory.get(name) ?? JSON.parse(storage.getItem(PREFIX + name));
      } catch {
        return null;
      }
    },
    write(name, value) {
      try {
        storage.setItem(PREFIX + name, JSON.stringify(value));
        memory.delete(name);
      } catch {
        memory.set(name, value);
      }
    },
    drop(name) {
      memory.delete(name);
      storage?.removeItem(PREFIX + name);
    },
    /** Call `run` when another tab changes what is named like `start`. */
    watch(start, run) {
      addEventListener("storage", ({ key }) => (key === null || key.startsWith(PREFIX + start)) && run());
    },
  };
}

function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
