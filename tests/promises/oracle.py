"""What has to be true when everything has come to rest, whatever happened before.

What the article said at each revision is not taken from the record: it follows from the words themselves, and from what
people decided.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from promises.newsroom import GONE, UNREADABLE, UploadedDocument, content_hash_of, text_of, texts_of
from promises.workers import Worker
from promises.world import CHECKED, Order, PaidModel, PaidReader, WrittenDraft
from standfirst.domain.article import ArticleId
from standfirst.domain.change_event import change_event_type
from standfirst.domain.ports import SummaryStore
from standfirst.domain.queue import asks_for_editor, entry_of
from standfirst.domain.record import Record, Status

EDITOR = "an editor"


@dataclass(frozen=True)
class Decision:
    """What a person decided about the text of revision ``of``, having seen the revision ``seen``.

    ``name`` is the note that it is found by again; ``words`` are the person's own.
    """

    name: str
    seen: int
    of: int
    status: Status
    words: str | None = None


@dataclass(frozen=True)
class RegenerationRequest:
    """A person's request for another summary, made after so many versions, of a certain revision."""

    name: str
    article_id: ArticleId
    versions: int
    revision: int


@dataclass(frozen=True)
class Revision:
    """A revision, and what is known of it from elsewhere.

    ``about`` is the text of the article that it is of, and ``answers_for`` the one that nobody has to do anything about
    any more: the same, or the pending one, or one that a person rejected. ``decision`` is the one that it was made by,
    and ``is_pending`` says that it never was current.
    """

    record: Record
    about: str
    answers_for: str
    decision: Decision | None = None
    is_pending: bool = False

    @property
    def rejects_pending(self) -> bool:
        """Whether a person rejected the pending revision."""
        return self.decision is not None and self.record.is_human_authored and self.decision.status is Status.REJECTED


@dataclass(frozen=True)
class History:
    """Every revision of one article."""

    article_id: ArticleId
    revisions: Sequence[Revision]

    @property
    def answered_for(self) -> str:
        """The text that is served, or that a human-authored text is about, or that is pending."""
        return self.revisions[-1].answers_for if self.revisions else GONE

    def served(self) -> Iterator[tuple[Revision | None, Revision]]:
        """Every revision that was current once, and the one before it."""
        before = None
        for revision in self.revisions:
            if not revision.is_pending:
                yield before, revision
                before = revision


def history_of(article_id: ArticleId, summaries: SummaryStore, decisions: Mapping[str, Decision]) -> History:
    """What is stored of ``article_id``; its revisions have no gaps, and the newest is the current one."""
    stored = summaries.current(article_id)
    records = summaries.history(article_id, before=None, limit=1_000)[::-1]
    numbers = [record.revision for record in records]
    assert numbers == list(range(1, len(records) + 1)), f"{article_id} has gaps in its revisions"
    assert (records[-1:] or [None])[0] == (stored and stored.record), (
        f"{article_id}: not its newest revision is current"
    )
    replay = _Replay(decisions)
    for record in records:
        after = records[record.revision : record.revision + 1]
        replay.add(record, is_pending=bool(after) and after[0].pending == record.revision)
    return History(article_id, replay.revisions)


class _Replay:
    """The revisions of an article, worked out again from its records."""

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        self.revisions: list[Revision] = []
        self._open = dict(decisions)
        self._decided_about = "(what nobody decided about)"

    def add(self, record: Record, *, is_pending: bool) -> None:
        """Go on with ``record``."""
        decision = self._open.pop(record.review.note or "", None) if record.review else None
        about = self._decided(record, decision) if decision else self._made(record)
        self.revisions.append(Revision(record, about, self._answers_for(record, about, decision), decision, is_pending))

    def _decided(self, record: Record, decision: Decision) -> str:
        before = self.revisions[-1]
        _check_decision(record, before.record, self._at(decision.of).record, decision)
        pending = self._at(before.record.pending) if before.record.pending else None
        if decision.status is Status.REJECTED:
            self._decided_about = before.about
        else:
            self._decided_about = (pending if pending and pending.record.has_text else self._at(decision.of)).about
        return self._decided_about

    def _made(self, record: Record) -> str:
        """What ``record`` is of, which nobody decided about."""
        match record.status:
            case Status.WITHDRAWN:
                return GONE
            case Status.FAILED:
                assert record.reason, f"{record.article_id} failed without a reason"
                return UNREADABLE
            case Status.EDITED | Status.APPROVED | Status.REJECTED:
                return self._decided_about
        return record.summary or ""

    def _answers_for(self, record: Record, about: str, decision: Decision | None) -> str:
        where = f"{record.article_id}, revision {record.revision}"
        if record.pending:
            pending = self._at(record.pending).about
            assert record.stale == (pending != about), f"{where} is stale for no other text, or not stale for another"
            return pending
        if decision and decision.status is Status.REJECTED:
            return self.revisions[-1].answers_for
        assert not record.stale, f"{where} is stale, and nothing is pending"
        return about

    def _at(self, number: int) -> Revision:
        return self.revisions[number - 1]


def _check_decision(record: Record, before: Record, target: Record, decision: Decision) -> None:
    """``record`` is what a person who saw ``before`` decided about the text of ``meant``."""
    where = f"{record.article_id}, revision {record.revision}"
    assert before.revision == decision.seen, f"{where}: decided about what nobody saw"
    assert target.revision in {before.revision, before.pending}, f"{where}: decided about a text that did not count"
    assert record.updated_by == EDITOR, f"{where}: nobody knows who decided"
    rejects_pending = decision.status is Status.REJECTED and target is not before
    assert record.status == (before.status if rejects_pending else decision.status), f"{where}: decided otherwise"
    said = before if rejects_pending else target
    assert record.summary == (decision.words or said.summary), f"{where}: these are not the words"


def check_is_announced_once(history: History, announced: Mapping[str, str | None], *, is_backfilled: bool) -> None:
    """Every revision that was current once has one event, and no other has any.

    One that a backfill stored may have none, unless it took the place of the fallback's text.
    """
    expected = {
        f"REVISION#{revision.record.revision:010d}": None
        if revision.is_pending
        else change_event_type(revision.record).value
        for revision in history.revisions
    }
    if is_backfilled:
        for before, revision in history.served():
            name = f"REVISION#{revision.record.revision:010d}"
            if announced[name] is None and _may_be_quiet(before, revision):
                del expected[name]
    found = {name: event for name, event in announced.items() if name in expected}
    assert found == expected, f"{history.article_id} has other events"


def _may_be_quiet(before: Revision | None, revision: Revision) -> bool:
    """Whether a backfill may have stored it: at the event of the one before, or at none, and by nobody else."""
    at = before.record.article.sequencer if before else None
    is_upgrade = before is not None and before.record.is_upgradable
    return revision.record.article.sequencer == at and revision.decision is None and not is_upgrade


def check_queue_holds_what_asks(histories: Sequence[History], summaries: SummaryStore) -> None:
    """The queue holds exactly the articles whose current record asks for an editor, each with its newest revision."""
    current = [history.revisions[-1].record for history in histories if history.revisions]
    expected = {record.article_id: entry_of(record) for record in current if asks_for_editor(record)}
    entries = list(summaries.list_queue(None, None, None))
    assert {entry.article_id: entry for entry in entries} == expected, "The queue holds something else"
    assert len(entries) == len(expected), "An article is in the queue twice"


def check_says_what_it_is_about(history: History) -> None:
    """A text is of the article that its record says it is of, and a person's words were checked against that one."""
    for revision in history.revisions:
        record = revision.record
        where = f"{history.article_id}, revision {record.revision}"
        assert not record.has_text or record.content_hash == content_hash_of(revision.about), (
            f"{where} is not of {revision.about!r}"
        )
        checked = {finding.text for finding in record.findings if finding.check == CHECKED}
        assert checked <= {revision.about}, f"{where} was checked against another version"


def check_never_goes_back(document: UploadedDocument, history: History) -> None:
    """No revision was made of an older version than the one before it."""
    # A package may have each of its articles there, or none.
    past = [{text_of(content, ""), *texts_of(content)} for content in document.past]
    position = 0
    for revision in history.revisions:
        if revision.record.stale or revision.decision:
            continue  # a human-authored text stays
        number = revision.record.revision
        at = [place for place, texts in enumerate(past) if place >= position and revision.about in texts]
        assert at, f"{history.article_id}: revision {number} is of an older version"
        position = at[0]


def check_is_withdrawn_for_a_reason(document: UploadedDocument, part: str, history: History) -> None:
    """The document was gone, or could be read and no longer held the article: at that event, or after it."""
    for record in (revision.record for revision in history.revisions if revision.record.status is Status.WITHDRAWN):
        since = document.past[document.sequencers.index(record.article.sequencer or "") :]
        assert any({*texts_of(content)} != {UNREADABLE} and text_of(content, part) == GONE for content in since), (
            f"{history.article_id}, revision {record.revision} was withdrawn, although its document could not be read"
        )


def check_words_are_kept(history: History) -> None:
    """What a person said last stays current; of a deleted article it is kept, and found again."""
    last: Record | None = None
    for before, revision in history.served():
        record, where = revision.record, f"{history.article_id}, revision {revision.record.revision}"
        if revision.rejects_pending:
            assert last, f"{where}: nothing can have been pending"
            assert record.texts == last.texts, f"{where}: a person's words were overwritten"
        elif revision.decision:
            last = record if record.is_human_authored else None
        elif last and not record.has_text:
            assert record.last_reviewed, f"{where}: the words are lost"
            kept = history.revisions[record.last_reviewed - 1].record
            assert kept.texts == last.texts, f"{where}: other words are kept"
        elif last:
            assert record.is_human_authored, f"{where}: a person's words were overwritten"
            assert record.texts == last.texts, f"{where}: not what the person said last"
        else:
            assert not record.is_human_authored, f"{where}: nobody said that"
            check_is_not_served_again(record, before)


def check_is_not_served_again(record: Record, before: Revision | None) -> None:
    """What a person rejected does not come back by itself."""
    if before and before.record.status is Status.REJECTED and record.status is not Status.REJECTED:
        is_same = record.content_hash == before.record.content_hash and record.texts == before.record.texts
        assert not is_same, f"{record.article_id}, revision {record.revision}: a person rejected that"


def check_regeneration_is_stored(request: RegenerationRequest, text: str, history: History, model: PaidModel) -> None:
    """What the model wrote for ``request`` about ``text``, which the article has been ever since, is stored."""
    since = history.revisions[request.revision :]
    given = {standfirst for standfirst, worker in model.given[Order(text, request.name)].items() if not worker.lost}
    # A draft that is contradicted is revised, and if no revision comes, nobody sees either.
    if given and not text.endswith("3") and all(revision.record.has_text for revision in since):
        stored = {revision.record.standfirst for revision in since}
        assert given & stored, f"{request.name} of {request.article_id} was paid for, and nothing came of it"


def check_nothing_is_paid_twice(model: PaidModel, reader: PaidReader) -> None:
    """One paid answer for each text and each regeneration, and one for each draft that is read.

    One more at most for each worker that was lost at it, and one draft for each that the reader contradicted.
    """
    for order, paid in model.paid.items():
        lost = _lost(model.asked[order])
        revised = sum(draft.text == order.text for draft in reader.contradicted)
        assert paid <= 1 + revised + lost, f"{order} was paid for {paid} times, and {lost} workers were lost"
    for draft, paid in reader.paid.items():
        lost = _lost(reader.asked[draft])
        assert paid <= 1 + lost, f"{draft} was read {paid} times, and {lost} workers were lost"


def _lost(workers: Sequence[Worker]) -> int:
    # By the workers themselves: the operating system gives the number of a thread that ended to another.
    return len({worker for worker in workers if worker.lost})


def check_is_served_as_read(history: History, reader: PaidReader) -> None:
    """No text of the model is published that nobody has read, and none is stored that the reader contradicted."""
    for revision in history.revisions:
        record, where = revision.record, f"{history.article_id}, revision {revision.record.revision}"
        is_by_model = record.made_by is not None and record.made_by.model is not None and not revision.decision
        if is_by_model and record.status is Status.GENERATED:
            assert record.checks.second_reader == "read", f"{where} was not read"
        if is_by_model and record.checks.second_reader == "read":
            draft = WrittenDraft(record.summary or "", record.standfirst or "")
            assert draft not in reader.contradicted, f"{where} is contradicted by the article"
