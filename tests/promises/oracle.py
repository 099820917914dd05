"""What has to be true when everything has come to rest, whatever happened before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from promises.newsroom import GONE, UNREADABLE, UploadedDocument, text_of
from promises.world import PaidModel
from standfirst.domain.article import ArticleId
from standfirst.domain.ports import SummaryStore
from standfirst.domain.record import Record, Status


@dataclass(frozen=True)
class Words:
    """What a person wrote or approved, and the text of the article it was said of."""

    summary: str
    about: str


PersonsWords = Mapping[int, Words]
"""By the number of the revision that the person made."""


@dataclass(frozen=True)
class History:
    """Every revision of one article, and which of them a person made."""

    article_id: ArticleId
    revisions: Sequence[Record]
    words: PersonsWords


def is_persons(record: Record) -> bool:
    """Whether a person stands behind the words of ``record``."""
    return record.status in {Status.EDITED, Status.APPROVED}


def text_behind(record: Record, words: PersonsWords) -> str:
    """The text of the article that ``record`` was made of, as ``newsroom.text_of`` gives it."""
    if record.status is Status.WITHDRAWN:
        return GONE
    if record.status is Status.FAILED:
        return UNREADABLE
    if is_persons(record):
        return next((said.about for said in words.values() if said.summary == record.summary), "(words of nobody)")
    return record.summary or ""


def text_answered_for(article_id: ArticleId, summaries: SummaryStore, words: PersonsWords) -> str:
    """The text that is served, or that a person's words are about, or that waits beside them."""
    if (stored := summaries.current(article_id)) is None:
        return GONE
    record = stored.record
    assert record.status is not Status.FAILED or record.reason, f"{article_id} failed without a reason"
    if record.stale:
        waiting = summaries.revision(article_id, record.pending) if record.pending else None
        assert waiting, f"{article_id} is stale, and nothing waits"
        assert text_behind(record, words) != text_behind(waiting, words), f"{article_id} is stale for no other text"
        return text_behind(waiting, words)
    return text_behind(record, words)


def history_of(article_id: ArticleId, summaries: SummaryStore, words: PersonsWords) -> History:
    """What is stored of ``article_id``; its revisions have no gaps, and the newest is the current one."""
    stored = summaries.current(article_id)
    count = stored.record.revision if stored else 0
    revisions = [summaries.revision(article_id, number) for number in range(1, count + 1)]
    assert all(revisions), f"{article_id} has gaps in its revisions"
    found = [record for record in revisions if record]
    assert not stored or found[-1] == stored.record, f"{article_id}: what is current is not its newest revision"
    return History(article_id, found, words)


def check_never_goes_back(document: UploadedDocument, history: History) -> None:
    """No revision was made of an older version than the one before it."""
    texts, position = [text_of(content, "") for content in document.past], 0
    for record in history.revisions:
        if record.stale or record.revision in history.words:
            continue  # a person's words stand where they stood
        said_of = text_behind(record, history.words)
        assert said_of in texts[position:], f"{history.article_id}: revision {record.revision} is of an older version"
        position = texts.index(said_of, position)


def check_words_are_kept(history: History) -> None:
    """What a person said last stays current; of a deleted article it is kept, and found again."""
    last: Words | None = None
    assert all(number <= len(history.revisions) for number in history.words), f"{history.article_id} began anew"
    for record in history.revisions:
        where = f"{history.article_id}, revision {record.revision}"
        if (said := history.words.get(record.revision)) is not None:
            last = said
            assert is_persons(record), f"{where}: a person's revision was overwritten"
            assert record.summary == said.summary, f"{where}: a person's revision was overwritten"
        elif last and is_persons(record):
            assert record.summary == last.summary, f"{where}: not what the person said last"
        elif last and record.status is Status.WITHDRAWN and not _waits(record, history):
            assert record.kept, f"{where}: the words are lost"
            assert history.revisions[record.kept - 1].summary == last.summary, f"{where}: other words are kept"
        elif last:
            assert _waits(record, history), f"{where}: a person's words were overwritten"


def _waits(record: Record, history: History) -> bool:
    """Whether ``record`` only ever waited beside a person's words."""
    after = history.revisions[record.revision : record.revision + 1]
    return bool(after) and is_persons(after[0]) and after[0].pending == record.revision


def check_nothing_is_paid_twice(model: PaidModel) -> None:
    """One paid answer for each text, and one more at most for each worker that was lost after it had asked."""
    for text, paid in model.paid.items():
        # By the workers themselves: the operating system gives the number of a thread that ended to another.
        lost = len({worker for worker in model.asked[text] if worker.lost})
        assert paid <= 1 + lost, f"{text!r} was paid for {paid} times, and {lost} workers were lost"
