"""The records of decisions as lines of text: JSON Lines (https://jsonlines.org) or CSV (RFC 4180)."""

import csv
import io
import re
from collections.abc import Iterable

from pydantic import JsonValue

from standfirst.domain.review_record import ReviewRecord

JSON_LINES, CSV = "application/jsonl", "text/csv"

_FORMULA = re.compile(r"(?:^|(?<=[;\r\n]))(?=[^\S\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])")
"""Where a spreadsheet begins to compute, or carries on with the cell before (OWASP, "CSV Injection"). In languages with
decimal commas one parts cells at semicolons, and then takes the quotation marks of ours for letters."""


def json_lines(reviews: Iterable[ReviewRecord]) -> str:
    """Returns one JSON object a line."""
    return "".join(f"{review.model_dump_json()}\n" for review in reviews)


def csv_lines(reviews: Iterable[ReviewRecord]) -> str:
    """Returns a line with the names of the columns, and one for each decision."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(ReviewRecord.model_fields), lineterminator="\r\n")
    writer.writeheader()
    for review in reviews:
        row = review.model_dump(mode="json") | {
            "findings_overruled": _findings(review),
            "sentences_changed": _sentences(review),
            "findings": "; ".join(f"{each.check} ({each.field}): {each.became}" for each in review.findings),
        }
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return lines.getvalue()


def _findings(review: ReviewRecord) -> str:
    """Returns each finding with the words that it is about and the editor's note, as far as they are kept."""
    return "; ".join(
        f"{each.check} ({each.field}): {each.text}" + (f" [{each.note}]" if each.note else "")
        for each in review.findings_overruled
    )


def _sentences(review: ReviewRecord) -> str | None:
    """Returns the text and the number of each sentence, from 0; nothing if they are not known."""
    changed = review.sentences_changed
    return None if changed is None else "; ".join(f"{each.field} {each.sentence}" for each in changed)


def _cell(value: JsonValue) -> str:
    """Returns the text of a cell; an apostrophe in front keeps a spreadsheet from computing it."""
    return _FORMULA.sub("'", "" if value is None else str(value))
