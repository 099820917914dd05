"""The second reader: what a model says of each sentence of a draft, and whether the article bears it out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field

from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.schema import StoredSchema
from standfirst.domain.usage import Usage

Policy = Literal["off", "doubtful", "always"]
"""When the second reader reads a draft: never, when the checks are unsure of a sentence, or each one."""

Judgement = Literal["supported", "contradicted", "not_in_article", "opinion_or_unclear"]

ReadingOutcome = Literal["not_needed", "read", "unavailable", "unusable"]

LONGEST_QUOTE, LONGEST_REASON = 600, 300
"""Characters of a verdict's quote, and of its reason and of what the article says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the second reader says of one sentence, and whether the rules find its quote in the article."""

    field: Annotated[str, Field(description="The name of the text that has the sentence.", examples=["summary"])]
    sentence: Annotated[int, Field(description="The index of the sentence in it, from 0.", examples=[0])]
    judgement: Annotated[
        Judgement, Field(description="What the second reader says of the sentence.", examples=["contradicted"])
    ]
    paragraphs: Annotated[
        tuple[int, ...],
        Field(
            description="The indexes of the paragraphs that it names, from 0; empty for the headline and the article's "
            "own standfirst.",
            examples=[[2]],
        ),
    ] = ()
    quote: Annotated[
        str,
        Field(
            description="The words of the article that it quotes.", examples=["The council voted against the ferry."]
        ),
    ] = ""
    reason: Annotated[
        str | None,
        Field(
            description="Its reason, in its own words; null where the texts are served.", examples=["It was refused."]
        ),
    ] = None
    article_says: Annotated[
        str | None,
        Field(
            description="What the article says instead, in its own words; null where the texts are served, and unless "
            "the verdict is `contradicted`.",
            examples=["The council voted against it."],
        ),
    ] = None
    is_proven: Annotated[
        bool,
        Field(
            description="Whether the quote stands in the article where it says, and is about what the sentence says. A "
            "verdict without that is undecided.",
            examples=[True],
        ),
    ] = False

    def as_served(self) -> Self:
        """Returns the verdict without the reader's own words, and without a quote that the article does not hold."""
        return replace(self, reason=None, article_says=None, quote=self.quote if self.is_proven else "")


class SecondReading(StoredSchema):
    """What became of the second reading of a summary."""

    policy: Annotated[
        Policy,
        Field(description="When the second reader is asked: `doubtful` or `always`.", examples=["doubtful"]),
    ]
    outcome: Annotated[
        ReadingOutcome,
        Field(
            description="`read`; `not_needed`, because the checks were sure or each sentence is the article's; or "
            "`unavailable`, when the second reader could not be asked, and will be; `unusable`, when its answer was.",
            examples=["read"],
        ),
    ]
    reader: Annotated[
        str | None, Field(description="The provider of its model, `openai` or `bedrock`.", examples=["openai"])
    ] = None
    model: Annotated[str | None, Field(description="Its model.", examples=["gpt-5.6-luna"])] = None
    prompt: Annotated[str | None, Field(description="The version of its prompt.", examples=["1"])] = None
    verdicts: Annotated[tuple[Verdict, ...], Field(description="What it says of each sentence.")] = ()
    usage: Annotated[Usage, Field(description="What it cost, over every call.")] = Usage()
    trouble: Annotated[
        str | None,
        Field(description="Why there is no reading.", examples=["The model did not answer in 17 seconds."]),
    ] = None

    @property
    def is_missed(self) -> bool:
        """Returns whether texts that need a reading have none."""
        return self.outcome in {"unavailable", "unusable"}

    @property
    def is_due(self) -> bool:
        """Returns whether the texts are still to be read, once the second reader can be asked."""
        return self.outcome == "unavailable"

    def as_served(self) -> Self:
        """Returns the reading without the reader's own words, which nobody has checked."""
        return self.model_copy(update={"verdicts": tuple(each.as_served() for each in self.verdicts)})


@dataclass(frozen=True, slots=True)
class SentenceToRead:
    """A sentence of a draft for the second reader, with the questions that the rules have about it.

    ``paragraphs`` are the indexes of those that the rules compared it with, from 0.
    """

    field: str
    sentence: int
    text: str
    questions: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()


class ReadDraft(NamedTuple):
    """What follows from the verdicts on a draft: its findings, its evidence, and the verdicts with ``is_proven``."""

    findings: Sequence[Finding]
    evidence: tuple[Evidence, ...]
    verdicts: tuple[Verdict, ...]
