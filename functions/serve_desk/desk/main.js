import { html, render } from "./preact.js";

render(html`<p>There is nothing to review yet.</p>`, document.body);
