/** A long list of rows of one height, of which only those in view are in the page. */

import { html, useLayoutEffect, useRef, useState } from "../preact.js";

const MARGIN = 8;

/**
 * The rows of `items` that are in view. `keyOf(item)` names an item, `row(item, index)` draws it, `current` is the name
 * of the one that is kept in view when it changes. What is inserted above leaves the rows in view where they are.
 */
export function WindowList({ items, keyOf, row, current, label }) {
  const box = useRef(null);
  const top = useRef({ key: null, offset: 0 });
  const [view, setView] = useState({ start: 0, end: 40, height: 0 });

  const look = () => {
    const { scrollTop, clientHeight } = box.current;
    const height = box.current.querySelector("li")?.getBoundingClientRect().height || view.height || 1;
    const first = Math.floor(scrollTop / height);
    top.current = { key: items[first] && keyOf(items[first]), offset: scrollTop - first * height };
    const start = Math.max(0, first - MARGIN);
    const end = Math.min(items.length, Math.ceil((scrollTop + clientHeight) / height) + MARGIN);
    if (start !== view.start || end !== view.end || height !== view.height) setView({ start, end, height });
  };

  useLayoutEffect(() => {
    const { key, offset } = top.current;
    const place = key && box.current.scrollTop > 0 ? items.findIndex((item) => keyOf(item) === key) : -1;
    if (place >= 0 && view.height) box.current.scrollTop = place * view.height + offset;
    look();
  }, [items.length, items[0] && keyOf(items[0])]);

  useLayoutEffect(() => {
    const place = items.findIndex((item) => keyOf(item) === current);
    if (place < 0 || !view.height) return;
    const { scrollTop, clientHeight } = box.current;
    if (place * view.height < scrollTop) box.current.scrollTop = place * view.height;
    else if ((place + 1) * view.height > scrollTop + clientHeight) {
      box.current.scrollTop = (place + 1) * view.height - clientHeight;
    }
  }, [current, view.height > 0]);

  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => look());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [items, view]);

  const end = Math.min(view.end, items.length);
  const start = Math.min(view.start, end);
  const space = { paddingTop: `${start * view.height}px`, paddingBottom: `${(items.length - end) * view.height}px` };
  return html`<div class="window" ref=${box} onScroll=${look} tabindex="-1" data-scrolls>
    <ol style=${space} role="list" aria-label=${label}>
      ${items.slice(start, end).map((item, index) => html`<li key=${keyOf(item)}
        aria-setsize=${items.length} aria-posinset=${start + index + 1}>${row(item, start + index)}</li>`)}
    </ol>
  </div>`;
}
