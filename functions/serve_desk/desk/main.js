import { html, render } from "./preact.js";

render(html`<main><h1>Standfirst</h1><p>There is nothing to review yet.</p></main>`, document.body);
