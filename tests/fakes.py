"""The outside world, played in memory. ``tests/adapters`` holds the store to the same contract as the real one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from builders import MORNING
from standfirst.domain.article import Article, ArticleId, StoredObject, Upload
from standfirst.domain.draft import Draft
from standfirst.domain.errors import (
    ArticleRemoved,
    ModelMisconfigured,
    ModelUnavailable,
    NewerVersionStored,
    RevisionConflict,
)
from standfirst.domain.ports import Assignment, Generation, Stored, WriterIdentity
from standfirst.domain.record import Record, Status, Usage
from standfirst.domain.sequencer import padded
from standfirst.domain.style import HouseStyle


@dataclass
class FakeClock:
    """A clock that a minute passes on between any two looks."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        """The next minute."""
        self.moment += timedelta(minutes=1)
        return self.moment


@dataclass
class FakeArticles:
    """A bucket; an error in the place of an object is raised when it is fetched."""

    objects: dict[str, StoredObject | Exception] = field(default_factory=dict)

    def fetch(self, upload: Upload) -> StoredObject:
        """What lies under the key."""
        found = self.objects.get(upload.key, ArticleRemoved(upload.key))
        if isinstance(found, Exception):
            raise found
        return found


@dataclass
class FakeSummaries:
    """A table of records."""

    revisions: dict[ArticleId, list[Record]] = field(default_factory=dict)
    answered: dict[ArticleId, str] = field(default_factory=dict)
    packages: dict[ArticleId, frozenset[str]] = field(default_factory=dict)

    def current(self, article_id: ArticleId) -> Stored | None:
        """The newest revision."""
        if article_id not in self.revisions:
            return None
        return Stored(self.revisions[article_id][-1], self.answered[article_id])

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """One revision."""
        return next((record for record in self.revisions.get(article_id, []) if record.revision == number), None)

    def save(self, record: Record) -> None:
        """Append, under the conditions of the port."""
        sequencer = record.article.sequencer or ""
        self._require(record.article_id, record.revision - 1, sequencer)
        self.revisions.setdefault(record.article_id, []).append(record)
        self.answered[record.article_id] = padded(sequencer)

    def answer(self, article_id: ArticleId, revision: int, sequencer: str) -> None:
        """Move on, under the conditions of the port."""
        self._require(article_id, revision, sequencer)
        self.answered[article_id] = padded(sequencer)

    def _require(self, article_id: ArticleId, revision: int, sequencer: str) -> None:
        stored = self.current(article_id)
        if stored and stored.sequencer >= padded(sequencer):
            raise NewerVersionStored(article_id)
        if (stored.record.revision if stored else 0) != revision:
            raise RevisionConflict(article_id)

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """What was added."""
        return self.packages.get(article_id, frozenset())

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """The union."""
        self.packages[article_id] = self.parts(article_id) | frozenset(parts)

    def newest(self, status: Status | None, after: str | None, limit: int) -> Sequence[Record]:
        """Sort what there is."""
        current = [revisions[-1] for revisions in self.revisions.values()]
        wanted = [record for record in current if status in {None, record.status}]
        behind = [record for record in wanted if after is None or record.position < after]
        return sorted(behind, key=lambda record: record.position, reverse=True)[:limit]


@dataclass
class FakeWriter:
    """A writer that takes the first paragraph for everything, and counts how often it was asked."""

    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("fake"))
    written: list[Article] = field(default_factory=list)

    def write(self, article: Article, style: HouseStyle) -> Draft:  # noqa: ARG002 - the port's shape
        """The first paragraph, twice."""
        self.written.append(article)
        return Draft(standfirst=article.paragraphs[0], summary=article.paragraphs[0])


ONE_CALL = Usage(input_tokens=1_000, cached_input_tokens=800, output_tokens=100, cost_usd="0.0003")


@dataclass
class FakeSummarizer:
    """A model that gives, or raises, what its script says, and remembers what it was asked.

    Each call is paid for with the next of ``bills``, the last one again and again; one that raises an error of
    ``unpaid`` costs nothing.
    """

    script: list[Draft | Generation | Exception]
    bills: list[Usage] = field(default_factory=lambda: [ONE_CALL])
    unpaid: tuple[type[Exception], ...] = (ModelUnavailable, ModelMisconfigured)
    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("openai", model="a-model", prompt="1"))
    assignments: list[Assignment] = field(default_factory=list)

    def write(self, assignment: Assignment, spend: Callable[[Usage], None]) -> Generation:
        """The next of the script."""
        self.assignments.append(assignment)
        answer = self.script.pop(0)
        if not isinstance(answer, self.unpaid):
            spend(self.bills.pop(0) if len(self.bills) > 1 else self.bills[0])
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Generation) else Generation(answer)
