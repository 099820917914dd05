"""The use case of a request that waits for its summary, and all that happens around it meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from builders import STORY, a_draft, an_attempt, an_object, replace_stored
from fakes import FakeArticles, FakeClock, FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import ArticleId, Document, StoredObject, Upload
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import (
    ModelError,
    ModelUnavailable,
)
from standfirst.domain.record import Record, Status
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.summarize_request import Summarized, SummarizeRequest
from standfirst.use_cases.summarize_upload import SummarizeUpload
from use_case import a_use_case, choose_default, only, read_lines

ID = ArticleId("politics/ferry.txt")
KEY = f"in/{ID}"
FIRST, SECOND, THIRD = (a_draft(f"The {word} text.", f"The {word} summary.") for word in ("first", "second", "third"))


def a_document(text: str = STORY, style: str | None = None) -> Document:
    """What somebody sends."""
    return Document(ID, text.encode(), "text/plain", style=style)


@dataclass
class Newsroom:
    """Everything outside, the request's use case over it, and the worker that handles the events meanwhile."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    model: FakeSummarizer = field(
        default_factory=lambda: FakeSummarizer([FIRST, SECOND, THIRD], unpaid=(ModelUnavailable, ModelError))
    )
    log: FakeGenerationCache = field(default_factory=FakeGenerationCache)
    writer: FakeWriter = field(default_factory=FakeWriter)
    seconds: float = 25.0
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The worker shares all of it."""
        self.worker: SummarizeUpload = a_use_case(self.articles, self.summaries, self.writer, self.model, self.log)
        self.summarize = SummarizeRequest(
            articles=self.articles,
            summaries=self.summaries,
            read=read_lines,
            choose_style=choose_default,
            generate=self.worker.generate,
            clock=FakeClock(),
            bucket="articles",
            prefix="in/",
            sleep=self.sleep,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass, and the next thing happen."""
        self.waits.append(seconds)
        self.seconds -= seconds
        if self.meanwhile:
            self.meanwhile.pop(0)()

    def post(self, text: str = STORY, article_id: ArticleId | None = ID) -> Summarized:
        """What comes of sending ``text``."""
        return self.summarize(a_document(text), article_id, "a caller", Deadline(0, clock=lambda: -self.seconds))

    def handle_event(self, sequencer: str) -> Outcome:
        """The worker answers an event."""
        upload = Upload(ID, "articles", KEY, sequencer)
        return only(self.worker(upload, an_attempt())).outcome

    def upload(self, text: str, sequencer: str) -> Outcome:
        """Somebody else puts ``text``, and the worker answers the event."""
        self.articles.objects[KEY] = an_object(text, name=KEY, etag=f"e{sequencer}")
        return self.handle_event(sequencer)

    def says(self, status: Status, **changes: object) -> None:
        """A person edits, approves or rejects what is current."""
        stored = self.summaries.current(ID)
        assert stored
        update = {"status": status, "revision": stored.record.revision + 1, "updated_by": "an editor", **changes}
        replace_stored(self.summaries, stored, stored.record.model_copy(update=update))

    def after_look(self, happens: Callable[[], object]) -> None:
        """Have something happen once, between the look at what is stored and whatever follows it, when all is put."""
        left = [happens]

        def fetch(upload: Upload) -> StoredObject:
            found = FakeArticles.fetch(self.articles, upload)
            if left:
                left.pop()()
            return found

        self.summarize = replace(self.summarize, articles=Watched(self.articles, fetch))

    @property
    def revisions(self) -> Sequence[Record]:
        """Every revision."""
        return self.summaries.revisions[ID]


@dataclass
class Watched:
    """A bucket in which something happens while it is read."""

    articles: FakeArticles
    fetch: Callable[[Upload], StoredObject]

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """As ever."""
        self.articles.put(bucket, document, request_id)
