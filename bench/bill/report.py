"""The tables of docs/costs.md."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import model_cost
from bill import prices
from bill.newsrooms import NEWSROOMS, Newsroom, bill, idle_bill
from bill.quantities import Used

SETTINGS: Sequence[tuple[str, Mapping[str, object]]] = (
    ("`SecondReader` `off`", {"second_reader": 0.0}),
    ("`SecondReader` `always`", {"second_reader": 1.0}),
    ("`ModelServiceTier` `flex`, for writer and reader", {"tier": 0.5}),
    ("`ModelProvider` `none`: the extractive writer alone", {"has_model": False}),
    ("`LogRetentionDays` 7", {"retention_days": 7}),
    ("an X-Ray sampling rule that records nothing", {"is_traced": False}),
    ("half as many requests reach the API (a cache in front)", {"fetches": NEWSROOMS[0].fetches / 2}),
)


def tables(used: Used) -> Mapping[str, str]:
    """Returns each table in Markdown, by its name."""
    return {
        "bill": _bill_table(used),
        "settings": _settings_table(used),
        "idle": _idle_table(used),
        "quantities": _quantities_table(used),
        "prices": _prices_table(),
    }


def _bill_table(used: Used) -> str:
    bills = [bill(newsroom, used) for newsroom in NEWSROOMS]
    totals = [sum(each.values()) for each in bills]
    # The largest line of the largest newsroom first.
    names = sorted(bills[-1], key=lambda name: -bills[-1][name])
    rows = [(name, *(_usd(each[name]) for each in bills)) for name in names]
    rows += [("**all**", *(f"**{_usd(total)}**" for total in totals))]
    of_models = [sum(each[name] for name in list(each)[:2]) / total for each, total in zip(bills, totals, strict=True)]
    rows += [("of it the models", *(f"{share:.0%}" for share in of_models))]
    rows += [
        (
            "for 1,000 articles",
            *(
                _usd(1_000 * total / (30.4 * newsroom.articles))
                for total, newsroom in zip(totals, NEWSROOMS, strict=True)
            ),
        )
    ]
    return _table(["USD a month", *(f"{each.articles:,} articles a day" for each in NEWSROOMS)], rows)


def _settings_table(used: Used) -> str:
    rows = []
    for name, changed in SETTINGS:
        other = [replace(newsroom, **changed) for newsroom in NEWSROOMS]  # type: ignore[arg-type]
        differences = [_total(one, used) - _total(two, used) for one, two in zip(other, NEWSROOMS, strict=True)]
        rows += [(name, *(f"{difference:+,.2f}" for difference in differences))]
    return _table(["setting, USD a month", *(f"{each.articles:,}" for each in NEWSROOMS)], rows)


def _total(newsroom: Newsroom, used: Used) -> float:
    return sum(bill(newsroom, used).values())


def _idle_table(used: Used) -> str:
    lines = idle_bill(used)
    rows = [(name, _usd(usd)) for name, usd in sorted(lines.items(), key=lambda item: -item[1])]
    return _table(["without an article", "USD a month"], [*rows, ("**all**", f"**{_usd(sum(lines.values()))}**")])


def _quantities_table(used: Used) -> str:
    rows = [
        (
            name,
            f"{each.write_units:g}",
            f"{each.read_units:g}",
            ", ".join(f"{count} {operation}" for operation, count in sorted(each.requests.items())) or "none",
            f"{each.log_bytes:,}",
            f"{each.metrics}",
            f"{each.stored:,}",
        )
        for name, each in used.work.items()
    ]
    heads = ["unit of work", "write units", "read units", "requests", "bytes logged", "metrics", "bytes stored"]
    return _table(heads, rows)


def _prices_table() -> str:
    rows = [
        (each.what, f"{each.usd:g}", each.unit, f"[{each.page}](https://aws.amazon.com/{each.page}/)")
        for each in prices.PRICES
    ]
    price = model_cost.LISTED[model_cost.MODEL]
    names = {"input": price.input, "cached input": price.cached_input, "output": price.output}
    rows += [(f"`{model_cost.MODEL}`", f"{usd}", f"million tokens of {name}", "OpenAI") for name, usd in names.items()]
    return _table(["", "USD", "for a", "AWS's own page"], rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _usd(amount: float) -> str:
    return f"{amount:,.2f}"
