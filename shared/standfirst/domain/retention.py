"""Which old revisions of an article lose their texts, where a deployment keeps only some of them.

What stays of such a revision is who stored it when, about which version of the article, and what it cost: the history
stays complete, and a takedown finds the content of every version.
"""

from datetime import datetime

from standfirst.domain.record import Record
from standfirst.domain.schema import rfc3339
from standfirst.domain.texts import TEXTS


def is_expired(record: Record, current: Record, kept: int) -> bool:
    """Returns whether the texts of ``record``, an older revision than ``current``, go; ``kept`` older ones keep theirs.

    What a person edited, approved or rejected stays, and so does what the current revision rests on.
    """
    is_old = record.revision < current.revision - kept
    return is_old and record.expired_at is None and not _is_decision(record) and not _is_needed(record, current)


def _is_decision(record: Record) -> bool:
    return record.review is not None and record.review.at == record.updated_at


def _is_needed(record: Record, current: Record) -> bool:
    """Returns whether ``current`` refers to ``record``, or an editor's words are compared with it."""
    is_origin = record.updated_at == record.generated_at == current.generated_at
    return is_origin or record.revision in {current.pending, current.last_reviewed}


def without_texts(record: Record, now: datetime) -> Record:
    """Returns ``record`` without its texts, and without what is said of them; its number and its author stay."""
    texts = {kind.name: () if kind.is_list else None for kind in TEXTS}
    about_them: dict[str, object] = {"findings": (), "evidence": (), "rejected_draft": None}
    if record.second_reading:
        about_them["second_reading"] = record.second_reading.model_copy(update={"verdicts": ()})
    return record.model_copy(update={**texts, **about_them, "expired_at": rfc3339(now)})
