"""A newsroom with a writer and a second reader, over fakes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from builders import A_MINUTE, MORNING, a_draft, a_style, an_article
from fakes import (
    FakeBreaker,
    FakeBudget,
    FakeGenerationCache,
    FakeSecondReader,
    FakeSummarizer,
    FakeWriter,
)
from standfirst.domain import fingerprint, revisions
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.revisions import Stamp
from standfirst.domain.second_reading import Policy, ReadDraft, SentenceToRead, Verdict
from standfirst.domain.style import HouseStyle
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary
from standfirst.use_cases.model_call import ReaderCall
from standfirst.use_cases.second_reading import ReadDrafts

T = TypeVar("T")

ARTICLE = an_article()
DRAFT = a_draft("The ferry returns.", "The council voted.")
REVISED = a_draft("The ferry returns.", "The council voted in May.")
NOT_NEEDED = a_draft("The ferry returns.", "SURE.")
WRONG = a_draft("The ferry returns.", "Repairs cost WRONG crowns.")

SUPPORTED = Verdict("summary", 0, "supported", (0,), "The council voted", is_proven=True)
CONTRADICTED = Verdict("summary", 0, "contradicted", (0,), "The council", "It did not.", "It refused.", is_proven=True)

FIRST, LAST = Attempt(A_MINUTE, is_last=False), Attempt(A_MINUTE, is_last=True)


def find_wrong(article: Article, draft: Draft, style: HouseStyle) -> Sequence[Finding]:
    """A check that finds an error where the summary says WRONG."""
    del article, style
    wrong = "WRONG" in draft.texts.as_one("summary")
    return [Finding("number", "summary", "WRONG", "not in the article", "error")] if wrong else []


def find_no_evidence(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """A search that finds none."""
    del article, draft
    return ()


def the_summary(
    article: Article, draft: Draft, findings: Sequence[Finding], style: HouseStyle, policy: Policy
) -> tuple[SentenceToRead, ...]:
    """The summary has to be read, unless it is SURE and the policy asks about what is doubtful."""
    del article, findings, style
    text = draft.texts.as_one("summary")
    return () if policy == "doubtful" and "SURE" in text else (SentenceToRead("summary", 0, text),)


def believe(article: Article, draft: Draft, findings: Sequence[Finding], verdicts: Sequence[Verdict]) -> ReadDraft:
    """What is contradicted is an error; what is supported has evidence."""
    del article
    errors = [
        Finding(
            "second_reader",
            each.field,
            "voted",
            "the article says otherwise",
            "error",
            span=(0, len(draft.texts.as_one("summary"))),
            reason="contradicted",
        )
        for each in verdicts
        if each.judgement == "contradicted"
    ]
    evidence = tuple(Evidence(each.field, 0, (0,), quote=each.quote) for each in verdicts if each == SUPPORTED)
    return ReadDraft([*errors, *findings], evidence, tuple(verdicts))


@dataclass
class Newsroom:
    """A writer and a second reader within one budget, with a cache, and what comes of the article."""

    drafts: list[Draft | Exception] = field(default_factory=lambda: [DRAFT])
    readings: list[tuple[Verdict, ...] | Exception] = field(default_factory=lambda: [(SUPPORTED,)])
    policy: Policy = "doubtful"
    style: HouseStyle = field(default_factory=a_style)
    budget: FakeBudget = field(default_factory=lambda: FakeBudget(Decimal(1)))
    breaker: FakeBreaker = field(default_factory=FakeBreaker)
    cache: FakeGenerationCache = field(default_factory=FakeGenerationCache)

    def __post_init__(self) -> None:
        self.writer, self.reader = FakeSummarizer(self.drafts), FakeSecondReader(self.readings)
        read_drafts = ReadDrafts(ReaderCall(self.reader, self.breaker, self.budget), self.policy, the_summary, believe)
        self.generate = GenerateSummary(
            FakeWriter(), find_wrong, find_no_evidence, self.writer, self.cache, read_drafts
        )

    def checked(self, attempt: Attempt = FIRST) -> CheckedDraft:
        """What is generated."""
        return self.generate(ARTICLE, self.style, attempt)

    def record(self, attempt: Attempt = FIRST) -> Record:
        """What would be stored of it."""
        stamp = Stamp(ArticleId("a"), 1, MORNING, "tests")
        source = ArticleSource(bucket=None, key="a")
        return revisions.summarized(stamp, source, ARTICLE, self.checked(attempt), self.style)

    def is_done(self, record: Record) -> bool:
        """Whether the same article, uploaded again, is left as it is."""
        return record.fingerprint == fingerprint.of_article(ARTICLE, self.style.label, self.generate.identity)
