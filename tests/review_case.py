"""A bucket, a table and an editor: what the tests of reviews decide about."""

from dataclasses import dataclass, field

from builders import STORY, an_attempt, an_object, an_upload
from fakes import FakeArticles, FakeClock, FakeSummaries, FakeWriter
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.record import Record
from standfirst.domain.review import SummaryPatch
from standfirst.domain.style import HouseStyle
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from use_case import a_use_case, choose_default, read_lines

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."
EDITOR = "arn:aws:iam::123456789012:user/editor"


def whatever(_: Record) -> bool:
    """An editor who takes any revision."""
    return True


def find_wrong_words(article: Article, draft: Draft, style: HouseStyle) -> list[Finding]:
    """A check for which everything that is not in the article is wrong."""
    del style
    known = article.text
    texts = {"standfirst": draft.texts["standfirst"], "summary": draft.texts["summary"]}
    return [
        Finding("claim", name, text, "not in the article", "error")  # type: ignore[arg-type]
        for name, text in texts.items()
        if text not in known
    ]


def find_first(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """A search for which everything comes from the first paragraph."""
    del article, draft
    return (Evidence("standfirst", 0, (0,)),)


@dataclass
class Newsroom:
    """A bucket, a table, the worker's use case and the editor's over them."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    uploads: int = 0

    @property
    def review(self) -> ReviewSummary:
        """The editor's use case."""
        check = CheckWords(
            ReadVersion(self.articles, read_lines, prefix=""), choose_default, find_wrong_words, find_first
        )
        return ReviewSummary(self.summaries, check, FakeClock())

    def upload(self, text: str) -> Record:
        """Put ``text``, and answer the event; what is served then."""
        self.articles.objects[ID] = an_object(text, etag=f"e{self.uploads + 1}")
        return self.handle_event()

    def handle_event(self) -> Record:
        """Answer the event of what happened in the bucket; what is served then."""
        self.uploads += 1
        a_use_case(self.articles, self.summaries, FakeWriter())(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())
        return self.current

    def says(self, **patch: object) -> Record:
        """The editor's decision about whatever is there."""
        return self.review(ID, SummaryPatch.model_validate(patch), whatever, EDITOR)

    @property
    def current(self) -> Record:
        """What is served."""
        stored = self.summaries.current(ID)
        assert stored
        return stored.record


def with_an_article() -> Newsroom:
    """Returns one with one article, summarised."""
    newsroom = Newsroom()
    newsroom.upload(STORY)
    return newsroom
