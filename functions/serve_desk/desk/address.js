/** The article that the address of the page names, after its #. */

/** Returns the fragment of the address that names an article. */
export function addressOf(id) {
  return `#${encodeURIComponent(id).replaceAll("%2F", "/")}`;
}

/** Returns the id of the article that the address names, or null. */
export function addressed() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}
