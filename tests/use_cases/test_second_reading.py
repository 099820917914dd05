"""``GenerateSummary`` with a second reader, over fakes: what follows from it, what it costs, and what if it is out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

import pytest

from builders import A_MINUTE, MORNING, a_draft, a_style, an_article
from fakes import (
    ONE_CALL,
    ONE_READING,
    FakeBreaker,
    FakeBudget,
    FakeGenerationCache,
    FakeSecondReader,
    FakeSummarizer,
    FakeWriter,
)
from standfirst.domain import checked_draft, fingerprint, revisions
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import (
    BudgetSpent,
    DocumentTooDemanding,
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
    ModelUnusable,
    StoreUnavailable,
)
from standfirst.domain.record import ArticleSource, Degraded, Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.domain.second_reading import Policy, ReadDraft, SentenceToRead, Verdict
from standfirst.domain.style import HouseStyle
from standfirst.domain.usage import Usage
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


# ----------------------------------------------------------------------------------------------------------------------
# What a verdict leads to
# ----------------------------------------------------------------------------------------------------------------------


def test_a_draft_that_the_reader_supports_is_served_with_its_evidence() -> None:
    """The record says who read it, what was said of each sentence, and what that cost, apart from the writer's cost."""
    newsroom = Newsroom()

    record = newsroom.record()

    assert (record.summary, record.status) == ("The council voted.", Status.GENERATED)
    assert record.evidence[0].quote == "The council voted"
    assert record.second_reading
    reading = record.second_reading
    assert (reading.outcome, reading.policy, reading.verdicts) == ("read", "doubtful", (SUPPORTED,))
    assert (reading.reader, reading.model, reading.prompt) == ("openai", "a-reader", "1")
    assert (record.usage, reading.usage, record.checks.second_reader) == (ONE_CALL, ONE_READING, "read")
    assert newsroom.is_done(record)


def test_what_the_article_contradicts_is_revised_once_by_a_writer_who_is_told_why() -> None:
    """The revision is read as well, and served."""
    newsroom = Newsroom([DRAFT, REVISED], [(CONTRADICTED,), (SUPPORTED,)])

    record = newsroom.record()

    revision = newsroom.writer.assignments[1].revises
    assert revision
    assert [finding.check for finding in revision.findings] == ["second_reader"]
    assert revision.verdicts == (CONTRADICTED,)
    assert (record.summary, record.status) == ("The council voted in May.", Status.GENERATED)
    assert record.second_reading
    assert record.second_reading.usage == ONE_READING + ONE_READING
    assert record.usage == ONE_CALL + ONE_CALL


def test_what_is_contradicted_twice_is_kept_and_not_served() -> None:
    """The fallback's text is; an editor sees the rejected draft with its verdicts, and no third draft is paid for."""
    newsroom = Newsroom([DRAFT, REVISED], [(CONTRADICTED,)])

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.made_by
    assert record.made_by.degraded is Degraded.UNGROUNDED
    assert record.rejected_draft
    assert record.rejected_draft.summary == "The council voted in May."
    assert record.rejected_draft.verdicts == (CONTRADICTED,)
    assert [finding.check for finding in record.rejected_draft.findings] == ["second_reader"]
    assert record.second_reading
    assert (record.second_reading.outcome, record.second_reading.verdicts) == ("not_needed", ())
    assert record.second_reading.usage == ONE_READING + ONE_READING
    assert newsroom.is_done(record)


def test_a_revision_of_what_was_contradicted_is_read_though_the_checks_are_sure_of_it() -> None:
    """They were sure of what the reader found, too: what it finds again is not served."""
    newsroom = Newsroom([DRAFT, NOT_NEEDED], [(CONTRADICTED,)], policy="doubtful")

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.rejected_draft
    assert record.rejected_draft.summary == "SURE."
    assert len(newsroom.reader.assignments) == 2


def test_a_revision_that_was_to_be_read_is_read_later_though_the_checks_are_sure_of_it() -> None:
    """Until then an editor should look at it: nobody knows whether it is any better."""
    newsroom = Newsroom([DRAFT, NOT_NEEDED, NOT_NEEDED], [(CONTRADICTED,), ModelDown("503"), (CONTRADICTED,)])
    unread = newsroom.record()

    record = newsroom.record()

    assert (unread.summary, unread.checks.second_reader) == ("SURE.", "unavailable")
    assert unread.status is Status.NEEDS_REVIEW
    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)


@pytest.mark.parametrize(
    "second",
    [ModelDown("503"), ModelRefused("It declined."), (), (SUPPORTED,), (CONTRADICTED,)],
    ids=["down", "declined", "silent", "supported", "contradicted"],
)
def test_a_sentence_that_was_contradicted_and_comes_back_word_for_word_is_not_served(
    second: tuple[Verdict, ...] | Exception,
) -> None:
    """Whatever becomes of the second reading, which a slow reader has the least time for."""
    newsroom = Newsroom([DRAFT, DRAFT], [(CONTRADICTED,), second])

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.rejected_draft
    assert [finding.reason for finding in record.rejected_draft.findings] == ["contradicted"]
    assert newsroom.is_done(record)


def test_an_error_of_the_rules_is_revised_whatever_the_reader_says() -> None:
    """A hard fact that is wrong stays wrong."""
    newsroom = Newsroom([WRONG, WRONG], [(SUPPORTED,)])

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert len(newsroom.writer.assignments) == 2


def test_a_reader_sees_the_article_and_has_the_deadline_of_the_attempt() -> None:
    """It is never waited for longer than there is time."""
    newsroom = Newsroom()

    newsroom.checked()

    (assignment,) = newsroom.reader.assignments
    assert (assignment.article, assignment.deadline) == (ARTICLE, FIRST.deadline)
    assert assignment.sentences == (SentenceToRead("summary", 0, "The council voted."),)


# ----------------------------------------------------------------------------------------------------------------------
# When it is asked
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "house", "outcome"),
    [
        ("off", None, "off"),
        ("doubtful", None, "not_needed"),
        ("always", None, "read"),
        ("off", "always", "read"),
        ("always", "off", "off"),
        ("always", "doubtful", "not_needed"),
    ],
)
def test_the_policy_is_the_deployments_unless_the_house_style_has_its_own(
    policy: Policy, house: Policy | None, outcome: str
) -> None:
    """For a draft of which the checks are sure."""
    newsroom = Newsroom([NOT_NEEDED], policy=policy, style=replace(a_style(), second_reader=house))

    record = newsroom.record()

    assert record.checks.second_reader == outcome
    assert len(newsroom.reader.assignments) == (outcome == "read")
    assert newsroom.budget.spent == (Decimal("0.0002") if outcome == "read" else 0)
    assert newsroom.is_done(record)


def test_another_reader_or_policy_makes_another_text() -> None:
    """So what was read by one is not taken for what another one read; without a reader all is as it was before."""
    without = GenerateSummary(FakeWriter(), find_wrong, find_no_evidence, FakeSummarizer([]))
    labels = {Newsroom(policy=policy).generate.identity.second_reader for policy in ("off", "doubtful", "always")}

    assert labels == {None, "doubtful/openai/a-reader/1", "always/openai/a-reader/1"}
    assert without.identity.second_reader is None
    assert Newsroom(policy="off").generate.identity == without.identity


# ----------------------------------------------------------------------------------------------------------------------
# Money
# ----------------------------------------------------------------------------------------------------------------------


def test_what_a_reading_may_cost_is_reserved_before_the_writer_is_asked() -> None:
    """No draft is paid for that there is no money to read."""
    newsroom = Newsroom(budget=FakeBudget(Decimal("0.0001")))

    record = newsroom.record()

    assert record.made_by
    assert record.made_by.degraded is Degraded.BUDGET
    assert (newsroom.writer.assignments, newsroom.reader.assignments) == ([], [])
    assert newsroom.budget.spent == 0


@pytest.mark.parametrize(
    ("drafts", "readings"),
    [
        ([NOT_NEEDED], [(SUPPORTED,)]),
        ([ModelRefused("It declined.")], [(SUPPORTED,)]),
        ([DRAFT], [ModelUnavailable("busy")]),
    ],
    ids=["not needed", "no draft", "no answer"],
)
def test_a_reading_that_does_not_take_place_costs_nothing(
    drafts: list[Draft | Exception], readings: list[tuple[Verdict, ...] | Exception]
) -> None:
    """What was reserved for it is free again."""
    newsroom = Newsroom(drafts, readings)

    record = newsroom.record()

    assert newsroom.budget.spent == 0
    assert record.second_reading
    assert record.second_reading.usage == Usage()


def test_a_reader_without_a_price_is_not_asked_within_a_budget() -> None:
    """The record says what to do about it."""
    newsroom = Newsroom()
    newsroom.reader.costs = None

    record = newsroom.record()

    assert record.second_reading
    assert record.second_reading.outcome == "unavailable"
    assert record.second_reading.trouble
    assert "give its price" in record.second_reading.trouble
    assert not newsroom.reader.assignments


def test_a_reader_without_a_price_opens_the_breaker() -> None:
    """Which alarms, as for a writer; a reader that is never asked would be noticed by nobody."""
    faults: list[Exception] = []

    class Noting(FakeBreaker):
        def call(self, ask: Callable[[], T]) -> T:
            try:
                return ask()
            except ModelUnusable as fault:
                faults.append(fault)
                raise

    newsroom = Newsroom(breaker=Noting())
    newsroom.reader.costs = None

    newsroom.record()

    assert len(faults) == 1


def test_writing_and_reading_are_paid_for_once() -> None:
    """Whatever is redelivered: the cache keeps the verdict with the draft."""
    newsroom = Newsroom()

    assert newsroom.record() == newsroom.record()

    assert (len(newsroom.writer.assignments), len(newsroom.reader.assignments)) == (1, 1)


def test_a_store_that_is_out_before_the_writer_is_asked_is_tried_again_later() -> None:
    """Nothing is paid for yet."""

    class Down(FakeBudget):
        def reserve(self, usd: Decimal) -> None:  # type: ignore[override]
            raise StoreUnavailable(str(usd))

    newsroom = Newsroom(budget=Down(Decimal(1)))

    with pytest.raises(StoreUnavailable):
        newsroom.checked()

    assert not newsroom.writer.assignments


# ----------------------------------------------------------------------------------------------------------------------
# A reader that cannot be asked
# ----------------------------------------------------------------------------------------------------------------------

OUT = [ModelBusy("busy"), ModelDown("503"), ModelUnusable("no quota"), ModelMisconfigured("400"), BudgetSpent("spent")]


@pytest.mark.parametrize("attempt", [FIRST, LAST], ids=["first attempt", "last attempt"])
@pytest.mark.parametrize(
    ("policy", "status"), [("doubtful", Status.GENERATED), ("always", Status.NEEDS_REVIEW)], ids=["doubtful", "always"]
)
@pytest.mark.parametrize("error", OUT, ids=lambda error: type(error).__name__)
def test_a_reader_that_cannot_be_asked_holds_nothing_up(
    error: Exception, policy: Policy, status: Status, attempt: Attempt
) -> None:
    """The draft is paid for: it is served as the rules left it, which is enough unless every draft is to be read."""
    newsroom = Newsroom(readings=[error], policy=policy)

    record = newsroom.record(attempt)

    assert (record.summary, record.status) == ("The council voted.", status)
    assert record.checks.second_reader == "unavailable"
    assert record.second_reading
    assert record.second_reading.trouble == str(error)
    assert record.is_upgradable
    assert not newsroom.is_done(record)


def test_an_open_breaker_is_not_waited_for() -> None:
    """The same as a reader that cannot be asked; it costs nothing."""
    newsroom = Newsroom(breaker=FakeBreaker(allows=0))

    record = newsroom.record()

    assert (record.checks.second_reader, newsroom.budget.spent) == ("unavailable", 0)


@pytest.mark.parametrize(
    "error", [ModelRefused("It declined."), ModelOutputInvalid("Cut off.")], ids=["refusal", "cut"]
)
@pytest.mark.parametrize(("policy", "status"), [("doubtful", Status.GENERATED), ("always", Status.NEEDS_REVIEW)])
def test_an_answer_of_no_use_is_paid_for_once(error: Exception, policy: Policy, status: Status) -> None:
    """It would be the same the next time, so nobody comes back to it."""
    newsroom = Newsroom(readings=[error], policy=policy)

    record = newsroom.record()
    newsroom.record()

    assert (record.checks.second_reader, record.status, record.is_upgradable) == ("unusable", status, False)
    assert len(newsroom.reader.assignments) == 1
    assert record.second_reading
    assert record.second_reading.usage == ONE_READING
    assert newsroom.is_done(record)


@pytest.mark.parametrize("first", [(SUPPORTED,), ModelDown("503")], ids=["at once", "later"])
def test_an_answer_that_cannot_be_looked_up_in_time_is_of_no_use(first: tuple[Verdict, ...] | Exception) -> None:
    """The checks passed the draft, so the article is not lost for it, and the answer is not paid for again."""
    newsroom = Newsroom(readings=[first, (SUPPORTED,)])

    def too_long(*_: object) -> ReadDraft:
        raise DocumentTooDemanding("The document needs more than 6 seconds of processor time.")

    reads = newsroom.generate.second_reader
    assert reads
    newsroom.generate = replace(newsroom.generate, second_reader=replace(reads, weigh_verdicts=too_long))
    newsroom.record()

    record = newsroom.record()

    assert (record.summary, record.checks.second_reader) == ("The council voted.", "unusable")
    assert record.second_reading
    assert record.second_reading.usage == ONE_READING
    assert newsroom.is_done(record)


def test_what_was_not_read_is_read_later_and_not_written_again() -> None:
    """The upgrade run comes back to it: the draft is taken from the cache, and read."""
    newsroom = Newsroom(readings=[ModelDown("503"), ModelDown("503"), (SUPPORTED,)], policy="always")
    unread, still_unread = newsroom.record(), newsroom.record()

    read, again = newsroom.record(), newsroom.record()

    assert (unread.status, still_unread) == (Status.NEEDS_REVIEW, unread)
    assert (read.status, read.checks.second_reader, read.usage) == (Status.GENERATED, "read", ONE_CALL)
    assert newsroom.is_done(read)
    assert again == read
    assert (len(newsroom.writer.assignments), len(newsroom.reader.assignments)) == (1, 3)


def test_what_is_found_later_is_revised_as_at_once() -> None:
    """And paid for once."""
    newsroom = Newsroom([DRAFT, REVISED], [ModelDown("503"), (CONTRADICTED,), (SUPPORTED,)])
    newsroom.record()

    record, again = newsroom.record(), newsroom.record()

    assert record.summary == "The council voted in May."
    assert (record.usage, again) == (ONE_CALL + ONE_CALL, record)
    assert len(newsroom.writer.assignments) == 2


def test_a_revision_that_could_not_be_read_later_is_read_later_still() -> None:
    """Each text that is paid for is kept, and none is forgotten."""
    newsroom = Newsroom([DRAFT, REVISED], [ModelDown("503"), (CONTRADICTED,), ModelDown("503"), (SUPPORTED,)])
    newsroom.record()

    unread, read = newsroom.record(), newsroom.record()

    assert (unread.summary, unread.checks.second_reader) == ("The council voted in May.", "unavailable")
    assert (read.summary, read.checks.second_reader) == ("The council voted in May.", "read")
    assert newsroom.is_done(read)
    assert (len(newsroom.writer.assignments), len(newsroom.reader.assignments)) == (2, 4)


# ----------------------------------------------------------------------------------------------------------------------
# What is served of it
# ----------------------------------------------------------------------------------------------------------------------


def test_the_readers_own_words_are_not_served() -> None:
    """Nobody has checked them; a quote that was found is the article's."""
    not_found = replace(CONTRADICTED, quote="Invented words", is_proven=False)
    record = Newsroom([NOT_NEEDED], policy="always").record()
    assert record.second_reading
    reading = record.second_reading.model_copy(update={"verdicts": (CONTRADICTED, not_found)})

    served = record.model_copy(update={"second_reading": reading}).as_served()

    assert "It did not." not in served.model_dump_json()
    assert "It refused." not in served.model_dump_json()
    assert "Invented words" not in served.model_dump_json()
    assert served.second_reading
    assert [each.quote for each in served.second_reading.verdicts] == ["The council", ""]
    assert served.checks.second_reader == "read"


def test_a_cached_draft_keeps_its_reading() -> None:
    """As JSON and back."""
    checked = Newsroom([DRAFT, REVISED], [(CONTRADICTED,)]).checked()

    assert checked_draft.from_json(checked_draft.to_json(checked)) == checked
