"""Things the tests talk about, each with sound defaults."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from standfirst.domain.article import Article, ArticleId, Document, Language, StoredObject, Upload
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.deadline import Deadline
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.ports import Stored, SummaryStore, Transition, WriterIdentity
from standfirst.domain.record import ArticleSource, MadeBy, Record, Status
from standfirst.domain.second_reading import SecondReading, Verdict
from standfirst.domain.style import HouseStyle, ListLimits, Range, TextLimits
from standfirst.domain.texts import TEXTS, Texts
from standfirst.domain.usage import Usage
from standfirst.use_cases.generate_summary import Attempt

MORNING = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)

STORY = (
    "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele.\n\n"
    "The ferry stopped in 2019, when its landing stage was washed away by a flood.\n\n"
    "Repairs will cost 240,000 crowns, the council said, and are to be finished by June."
)


def an_article(*paragraphs: str, headline: str | None = None) -> Article:
    """An article of the given paragraphs, or of the text above."""
    return Article(
        paragraphs=paragraphs or tuple(STORY.split("\n\n")), language=Language("en"), format="text", headline=headline
    )


def a_style(name: str = "default", version: str = "1") -> HouseStyle:
    """A house style with room for nearly everything."""
    return HouseStyle(
        name=name,
        version=version,
        limits={
            **{kind.name: kind.limits for kind in TEXTS},
            "standfirst": TextLimits(Range(1, 2), Range(5, 40), max_characters=240, max_headline_overlap=0.6),
            "summary": TextLimits(Range(1, 4), Range(5, 80)),
            "key_points": ListLimits(count=0, max_words=15),
        },
    )


def with_limits(style: HouseStyle, **limits: TextLimits | ListLimits) -> HouseStyle:
    """``style`` with other limits."""
    return replace(style, limits={**style.limits, **limits})


def a_draft(
    standfirst: str = "", summary: str = "", key_points: Sequence[str] = (), evidence: tuple[Evidence, ...] = ()
) -> Draft:
    """A draft of these texts."""
    return Draft(Texts(standfirst=standfirst, summary=summary, key_points=key_points), evidence)


def a_checked_summary(
    summary: str,
    findings: Sequence[Finding] = (),
    evidence: tuple[Evidence, ...] = (),
    reading: SecondReading | None = None,
) -> CheckedDraft:
    """A summary that was checked, with what was found in it."""
    by = WriterIdentity("tests")
    return CheckedDraft(a_draft(summary=summary, evidence=evidence), findings, by, "a@1", by, second_reading=reading)


def an_upload(article_id: str = "politics/ferry.txt", sequencer: str = "0A") -> Upload:
    """An event about ``article_id``."""
    return Upload(ArticleId(article_id), bucket="articles", key=article_id, sequencer=sequencer)


def a_deadline(seconds: float = 60) -> Deadline:
    """One that stays so far away."""
    return Deadline(seconds, clock=lambda: 0.0)


A_MINUTE = a_deadline()


def an_attempt(*, is_last: bool = False) -> Attempt:
    """A try with a minute of time."""
    return Attempt(A_MINUTE, is_last)


def an_object(text: str = STORY, name: str = "politics/ferry.txt", etag: str = "e1") -> StoredObject:
    """What the bucket holds for ``text``."""
    return StoredObject(Document(name=name, content=text.encode()), etag=etag, version_id="v1")


def a_record(
    article_id: str = "politics/ferry.txt",
    revision: int = 1,
    status: Status = Status.GENERATED,
    sequencer: str = "0A",
    minutes: float = 0,
) -> Record:
    """A record as an upload ``minutes`` after the morning would have led to."""
    moment = MORNING + timedelta(minutes=minutes)
    return Record(
        article_id=ArticleId(article_id),
        revision=revision,
        status=status,
        language=Language("en"),
        headline="Ferry to return",
        standfirst="The ferry across the Sele is to return in June.",
        summary="The council voted to reopen the ferry. Repairs will cost 240,000 crowns.",
        article=ArticleSource(bucket="articles", key=article_id, sequencer=sequencer, words=44),
        made_by=MadeBy(writer="extractive", model=None, prompt=None, style="default@1"),
        usage=Usage(),
        generated_at=moment,
        updated_at=moment,
        updated_by="tests",
        digital_source_type=None,
        fingerprint=f"fingerprint of {article_id} {sequencer}",
    )


PROVEN = Verdict("summary", 0, "supported", (0,), "The town council of Brackenford voted", is_proven=True)
DISPUTED = Verdict(
    field="summary",
    sentence=1,
    judgement="contradicted",
    paragraphs=(2,),
    quote="Repairs will cost nothing.",
    reason="Repairs are free, it seems.",
    article_says="It names no price at all.",
)
"""Verdicts on ``a_record``: the rules found the first one's quote in the article, and not the second one's."""

READERS_WORDS = (DISPUTED.quote, DISPUTED.reason or "", DISPUTED.article_says or "")
"""What only reviewers may see of them."""


def a_reading(*verdicts: Verdict, **members: Any) -> SecondReading:  # noqa: ANN401 - whatever a reading has
    """A second reading with these verdicts, or with the two above."""
    read = SecondReading(
        policy="doubtful",
        outcome="read",
        reader="openai",
        model="a-reader",
        prompt="1",
        verdicts=verdicts or (PROVEN, DISPUTED),
        usage=Usage(input_tokens=1_200, cached_input_tokens=600, output_tokens=150, cost_usd="0.0002"),
    )
    return read.model_copy(update=members)


def save(store: SummaryStore, record: Record, pending: Record | None = None, document: ArticleId | None = None) -> None:
    """Store ``record`` as what the event of its sequencer, or of that of ``pending``, led to."""
    sequencer = (pending or record).article.sequencer or ""
    event = Upload(record.article_id, "articles", record.article.key, sequencer, document)
    store.apply(Transition(record, pending), store.current(record.article_id), event)


def replace_stored(store: SummaryStore, stored: Stored, record: Record, pending: Record | None = None) -> None:
    """Store ``record`` after ``stored``, without an event."""
    store.apply(Transition(record, pending), stored, None)


def process(store: SummaryStore, article_id: ArticleId, revision: int, sequencer: str) -> None:
    """Have ``revision`` account for one more event."""
    expected = Stored(a_record(article_id, revision), sequencer="")
    store.apply(None, expected, Upload(article_id, "articles", article_id, sequencer))
