/** The texts compared with others, word by word. */

import { html } from "../preact.js";
import { Findings, Texts, usePage } from "./shared.js";
import { Verdict } from "./reading.js";

/** The texts of `record` beside those that were chosen. */
export function Comparison({ opened, record }) {
  const { desk, speak } = usePage();
  const { t } = speak;
  const { chosen, texts, findings } = opened.comparison;
  const take = ({ target }) => desk.compare(target.value === "draft" ? "draft" : Number(target.value));
  const label = (choice) => (choice === "draft" ? t("compare.draft") : t("revision", { number: choice }));
  const verdicts = chosen === "draft" ? record.rejected_draft.verdicts : [];
  const of = (name, all) => all.filter(({ field }) => field === name);
  return html`<section id="comparison" tabindex="-1" aria-labelledby="comparison-heading">
    <h3 id="comparison-heading">${t("compare")}</h3>
    <label class="choice">${t("compare.with")}${" "}<select onChange=${take}>
      ${opened.comparisons.map((choice) => html`<option value=${choice} selected=${choice === chosen}>${label(choice)}</option>`)}
    </select></label>
    <p class="note"><del>${t("compare.only_there", { what: label(chosen) })}</del>${" · "}<ins>${t("compare.only_here")}</ins></p>
    <${Texts} before=${texts} after=${record} language=${record.language} more=${(name) => html`
      <${Findings} findings=${of(name, findings)} />
      ${of(name, verdicts).map((verdict) => html`<${Verdict} verdict=${verdict} language=${record.language} />`)}`} />
  </section>`;
}
