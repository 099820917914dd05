"""The reviewed texts of a deployment as labelled rows: what an editor took unchanged is right, the others are not.

The texts are those that the model wrote, the article is the version of the bucket that they are about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.errors import ArticleRemoved, ReadingError
from standfirst.reading.document import read_document
from standfirst.use_cases.read_version import ReadVersion
from standfirst_local.evaluation.labelled_rows import LabelledRow
from standfirst_local.outcomes import last_decisions, reviews_since
from standfirst_local.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from standfirst.domain.record import Record
    from standfirst.domain.review_record import ReviewRecord
    from standfirst_local.deployed_stack import DeployedStack

REVISIONS = 50
"""Among so many revisions the generated text is looked for."""

GONE, UNREADABLE, ERASED, WITHOUT_MODEL = (
    "the article's version is no longer in the bucket",
    "the article cannot be read any more",
    "the texts were erased, or are no longer kept",
    "no model wrote them",
)
"""Why a review is no row."""


@dataclass(slots=True)
class ReviewedRows:
    """The rows, and how many reviews are none, by the reason."""

    rows: list[LabelledRow] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def reviewed_rows(stack: DeployedStack, since: date) -> ReviewedRows:
    """Returns the reviews of a stack since a day (UTC). Raises ``StoreUnavailable`` and boto3's errors."""
    found, reviews = ReviewedRows(), last_decisions(reviews_since(stack.reviews_table, since))
    store = DynamoDbSummaryTable(stack.summaries_table)
    read = ReadVersion(S3ArticleBucket(), read_document, stack.parameters.get("ArticlePrefix", ""))
    with Terminal(stderr=True).status("Reading …") as status:
        for number, review in enumerate(reviews, start=1):
            status.update(f"Reading … {number:,} of {len(reviews):,} reviewed texts")
            if isinstance(row := _row(store, read, number, review), str):
                found.left_out[row] += 1
            else:
                found.rows.append(row)
    return found


def _row(store: DynamoDbSummaryTable, read: ReadVersion, number: int, review: ReviewRecord) -> LabelledRow | str:
    """Returns the row of a review, or why there is none."""
    written = _generated(store, review)
    if written is None:
        return ERASED
    if written.made_by is None or written.made_by.model is None:
        return WITHOUT_MODEL
    try:
        article = read(written).article
    except ArticleRemoved:
        return GONE
    except ReadingError:
        return UNREADABLE
    name, is_wrong = f"{review.article_id}#{written.revision}", review.outcome != "unchanged"
    return LabelledRow(number, name, article, written.texts, is_wrong, tuple(_marks(written, review)))


def _generated(store: DynamoDbSummaryTable, review: ReviewRecord) -> Record | None:
    """Returns the revision with the text that was generated, before editors changed it; ``None`` if it was erased."""
    revisions = store.history(review.article_id, review.of + 1, REVISIONS)
    if not revisions or revisions[0].revision != review.of:
        return None
    # Later revisions of a text keep the time at which it was generated.
    return [each for each in revisions if each.generated_at == revisions[0].generated_at][-1]


def _marks(written: Record, review: ReviewRecord) -> Iterator[str]:
    """Yields the sentences that the editor changed, as far as they are known."""
    changed = {(each.field, each.sentence) for each in review.sentences_changed or ()}
    for each in written.evidence:
        if each.span and (each.field, each.sentence) in changed:
            yield written.texts.as_one(each.field)[slice(*each.span)].strip()
