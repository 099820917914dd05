"use strict";
const { names, articles } = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
// By article: 0 for no difference, 1 and 2 for the first and the second setting, null while nobody has chosen.
const choices = articles.map(() => null);
let place = 0;
let isRevealed = false;

// Every text goes in as text, never as markup.
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
// Side 0 is left: the setting (0 or 1) whose draft stands there.
const settingAt = (side) => (articles[place].left + side) % 2;

function showDraft(id, side) {
  const setting = settingAt(side);
  const parts = articles[place].drafts[setting].flatMap(({ title, items }) => [
    element("h3", title),
    ...items.map((item) => element("p", item)),
  ]);
  at(id).replaceChildren(...(isRevealed ? [element("h2", names[setting])] : []), ...parts);
  at(id).lang = articles[place].language;
}

function result() {
  const count = (choice) => choices.filter((each) => each === choice).length;
  return { [names[0]]: count(1), [names[1]]: count(2), "no difference": count(0), "not judged": count(null) };
}

function show() {
  const article = articles[place];
  const done = choices.filter((choice) => choice !== null).length;
  at("place").textContent = `${place + 1} of ${articles.length}: ${article.name}. ${done} judged.`;
  at("headline").textContent = article.headline ?? "";
  at("article").replaceChildren(...article.paragraphs.map((paragraph) => element("p", paragraph)));
  at("article").lang = article.language;
  showDraft("left", 0);
  showDraft("right", 1);
  for (const key of [0, 1, 2]) {
    const choice = key === 0 ? 0 : settingAt(key - 1) + 1;
    at(`choose-${key}`).setAttribute("aria-pressed", String(choices[place] === choice));
  }
  at("back").disabled = place === 0;
  at("forward").disabled = place === articles.length - 1;
  at("download").hidden = !isRevealed;
  at("reveal").hidden = isRevealed;
  at("result").textContent = isRevealed
    ? Object.entries(result()).map(([name, count]) => `${name}: ${count}`).join(" · ")
    : "";
}

function go(to) {
  place = Math.min(Math.max(to, 0), articles.length - 1);
  show();
}

function choose(key) {
  // Who has seen the names is no judge any more.
  if (isRevealed) return;
  choices[place] = key === 0 ? 0 : settingAt(key - 1) + 1;
  go(place + 1);
}

function download() {
  const judged = articles.map(({ name }, number) => ({
    article: name,
    better: choices[number] === null ? null : choices[number] === 0 ? "no difference" : names[choices[number] - 1],
  }));
  const file = new Blob([JSON.stringify({ counts: result(), judged }, null, 2)], { type: "application/json" });
  const link = Object.assign(element("a", ""), { href: URL.createObjectURL(file), download: "judged.json" });
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const key of [0, 1, 2]) at(`choose-${key}`).addEventListener("click", () => choose(key));
at("back").addEventListener("click", () => go(place - 1));
at("forward").addEventListener("click", () => go(place + 1));
at("reveal").addEventListener("click", () => { isRevealed = true; show(); });
at("download").addEventListener("click", download);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (["0", "1", "2"].includes(event.key)) choose(Number(event.key));
  if (event.key === "ArrowLeft") go(place - 1);
  if (event.key === "ArrowRight") go(place + 1);
});
show();
