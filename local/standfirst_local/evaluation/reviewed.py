"""``evaluate --reviewed``: what the rules, and a second reader if the operator consents, find in reviewed texts.

Without a second reader no model is asked, and no text is printed or written anywhere.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from standfirst.writing.house_style import load_styles
from standfirst_local.deployed_stack import find_stack, status_of
from standfirst_local.evaluation.paid_calls import say
from standfirst_local.evaluation.reviewed_rows import ReviewedRows, reviewed_rows
from standfirst_local.evaluation.second_reader import check_row, evaluate_rows
from standfirst_local.evaluation.statistics import share
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.text_table import text_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from standfirst.writing.house_style import StyleBook
    from standfirst_local.evaluation.paid_calls import Spending
    from standfirst_local.evaluation.second_reader import CheckedRow, Disagreements, Reading


class Reviewed(NamedTuple):
    """Which reviews: those of a stack since a day (UTC). Without ``styles`` the house styles are the stack's own."""

    stack_name: str
    since: date
    styles: StyleBook | None


def evaluate_reviewed(
    wanted: Reviewed, reading: Callable[[StyleBook], Reading] | None, spending: Spending, disagreements: Disagreements
) -> int:
    """Prints what is found in reviewed texts. Returns the exit status.

    ``reading`` returns how they are read; without it no model is asked. Raises as ``evaluate_rows`` does.
    """
    found, styles = ReviewedRows(), [wanted.styles] if wanted.styles else []

    def look_up() -> None:
        stack = find_stack(wanted.stack_name)
        gathered = reviewed_rows(stack, wanted.since)
        found.rows, found.left_out = gathered.rows, gathered.left_out
        styles.append(load_styles(stack.parameters.get("HouseStyles")))

    if failed := status_of(look_up):
        return failed
    for why, count in sorted(found.left_out.items()):
        say(f"{count:,} reviewed texts are left out: {why}.")
    if not found.rows:
        say(f"There is no reviewed text of a model since {wanted.since}.")
        return SOME_FAILED
    print(_rules_alone([check_row(row, styles[0]) for row in found.rows], wanted.since))
    if reading is None:
        return ALL_DONE
    print()
    return ALL_DONE if evaluate_rows(found.rows, reading(styles[0]), spending, disagreements) else SOME_FAILED


def _rules_alone(rows: Sequence[CheckedRow], since: date) -> str:
    """Returns in how many of the texts each rule has a finding, by what became of them."""
    texts = Counter(each.row.is_wrong for each in rows)
    found: Counter[tuple[str, bool]] = Counter()
    for each in rows:
        names = {finding.check for finding in each.findings}
        names |= {_ANY} if names else set()
        names |= {_ERROR} if any(finding.severity == "error" for finding in each.findings) else set()
        found.update((name, each.row.is_wrong) for name in names)
    checks = sorted({name for name, _ in found} - {_ERROR, _ANY})
    cells = [
        (name, *(_share(found[name, is_wrong], texts[is_wrong]) for is_wrong in (False, True)))
        for name in (_ERROR, _ANY, *checks)
    ]
    head = (
        f"{len(rows):,} texts that a model wrote were reviewed since {since} (UTC): {texts[False]:,} taken unchanged, "
        f"{texts[True]:,} edited or rejected.\n"
    )
    return "\n".join([head, text_table(["the rules find", "in unchanged", "in edited or rejected"], cells)])


_ERROR, _ANY = "an error", "anything"


def _share(part: int, whole: int) -> str | None:
    if (estimate := share(part, whole)) is None:
        return None
    value, low, high = (100 * each for each in estimate)
    return f"{value:.1f} % ({low:.1f}-{high:.1f})"
