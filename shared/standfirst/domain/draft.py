"""A writer's draft, the evidence for it, and what the checks find in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from standfirst.domain.texts import LONGEST_ITEM, LONGEST_TEXT, MAX_ITEMS, TEXTS, Texts
from standfirst.domain.unsure_sentences import unsure_sentences

Severity = Literal["error", "warning"]

CheckName = Literal[
    "number",
    "money",
    "percentage",
    "date",
    "name",
    "quotation",
    "number_noun",
    "name_role",
    "negation",
    "certainty",
    "claim",
    "instruction",
    "limits",
    "headline",
    "avoid",
    "glossary",
    "self_contained",
    "unchecked",
    "second_reader",
]
"""The names of the checks of this release; records of other releases may have other ones."""

ALWAYS_REVIEWED = frozenset(("self_contained",))
"""The checks whose warnings make a record need review in every house style."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The paragraphs of the article that support one sentence of a text."""

    field: Annotated[str, Field(description="The name of the text that has the sentence.", examples=["summary"])]
    sentence: Annotated[int, Field(description="The index of the sentence in it, from 0.", examples=[0])]
    paragraphs: Annotated[
        tuple[int, ...],
        Field(
            description="The indexes of the paragraphs of the article that support it, from 0, as `standfirst read` "
            "prints them; empty if it has no word of any.",
            examples=[[0, 2]],
        ),
    ]
    weak: Annotated[
        bool,
        Field(description="Whether no sentence of the article has much of what it says.", examples=[False]),
    ] = False
    span: Annotated[
        tuple[int, int] | None,
        Field(
            description="Where the sentence starts and ends in the text, in characters from 0, as in the findings; "
            "null in records of older releases.",
            examples=[[0, 48]],
        ),
    ] = None
    quote: Annotated[
        str | None,
        Field(
            description="The words of the article that support it, which the second reader named and the rules found "
            "in those paragraphs; else null.",
            examples=["The ferry will return in June, the council decided."],
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a text."""

    check: Annotated[str, Field(description="The name of the check.", examples=["number"])]
    field: Annotated[str, Field(description="The name of the text that it is about.", examples=["summary"])]
    text: Annotated[str, Field(description="The words that it is about.", examples=["420,000"])]
    detail: Annotated[
        str,
        Field(description="What is wrong with them.", examples=["The number is not in the article."]),
    ]
    severity: Annotated[
        Severity,
        Field(
            description="An `error` keeps a generated text from being served; a `warning` is for the editor.",
            examples=["warning"],
        ),
    ]
    span: Annotated[
        tuple[int, int] | None,
        Field(
            description="Where the words start and end in the text, in characters from 0; null if the finding is about "
            "the whole text. Key points count as lines of one text.",
            examples=[[41, 48]],
        ),
    ] = None
    reason: Annotated[
        str,
        Field(description="What of the check it is: with its name it decides the severity.", examples=["unknown"]),
    ] = ""
    sentence: Annotated[
        int | None,
        Field(
            description="The index of the sentence in the text, from 0, as in the evidence; null if the finding is "
            "about the whole text.",
            examples=[0],
        ),
    ] = None
    paragraphs: Annotated[
        tuple[int, ...],
        Field(
            description="The indexes of the paragraphs of the article that the sentence was compared with, from 0.",
            examples=[[2]],
        ),
    ] = ()
    question: Annotated[
        str | None,
        Field(
            description="A question to answer with yes or no from the article: yes clears the finding.",
            examples=["Is Ruth Ames the one who sued?"],
        ),
    ] = None
    suggestion: Annotated[
        str | None,
        Field(
            description="What the house style writes in place of the words; null if it has nothing to suggest.",
            examples=["Kyiv"],
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text."""

    field: Annotated[str, Field(description="The name of the text that has the sentence.", examples=["summary"])]
    sentence: Annotated[int, Field(description="The index of the sentence in it, from 0.", examples=[1])]


@dataclass(frozen=True, slots=True)
class Checks:
    """How sure the checks are of the texts."""

    errors: Annotated[int, Field(description="The number of findings that are errors.", examples=[0])]
    warnings: Annotated[int, Field(description="The number of findings that are warnings.", examples=[2])]
    unsure_sentences: Annotated[
        tuple[Sentence, ...],
        Field(description="The sentences that a finding is about, and those whose evidence is weak."),
    ]
    second_reader: Annotated[
        Literal["off", "not_needed", "read", "unavailable", "unusable"],
        Field(description="Whether a second reader has read the texts.", examples=["read"]),
    ] = "off"


@dataclass(frozen=True, slots=True)
class CountLimits:
    """What a house style allows of one text; a limit that it does not have is null."""

    words: Annotated[
        tuple[int, int] | None,
        Field(description="The fewest and the most words; of a list, in each item.", examples=[[12, 40]]),
    ] = None
    characters: Annotated[int | None, Field(description="The most characters.", examples=[240])] = None
    sentences: Annotated[
        tuple[int, int] | None, Field(description="The fewest and the most sentences.", examples=[[1, 2]])
    ] = None
    items: Annotated[int | None, Field(description="The number of items of a list; else null.", examples=[3])] = None


@dataclass(frozen=True, slots=True)
class TextCount:
    """The size of one text, counted as the checks count it, and what the house style allows."""

    field: Annotated[str, Field(description="The name of the text.", examples=["standfirst"])]
    words: Annotated[int, Field(description="The number of words.", examples=[21])]
    characters: Annotated[int, Field(description="The number of characters (code points).", examples=[126])]
    sentences: Annotated[int, Field(description="The number of sentences.", examples=[1])]
    limits: Annotated[CountLimits, Field(description="What the house style allows.")]
    items: Annotated[
        tuple[int, ...] | None,
        Field(description="Of a list, the number of words of each item; else null.", examples=[[9, 12, 14]]),
    ] = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a summary as one writer wrote them.

    An empty text means that the writer had no source for it. ``evidence`` is the writer's own, if it gives any, and
    ``findings`` what it knows to be wrong with its texts.
    """

    texts: Texts
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()


def checks_of(
    texts: Texts,
    findings: Sequence[Finding],
    evidence: Sequence[Evidence],
    second_reader: Literal["off", "not_needed", "read", "unavailable", "unusable"] = "off",
) -> Checks:
    """Returns the numbers of the findings, and the sentences that are unsure, in the order of the texts."""
    errors = sum(finding.severity == "error" for finding in findings)
    unsure = unsure_sentences(
        (name for name, text in texts.items() if text),
        ((finding.check, finding.field, finding.sentence) for finding in findings),
        ((each.field, each.sentence) for each in evidence if each.weak),
    )
    return Checks(errors, len(findings) - errors, tuple(Sentence(*each) for each in unsure), second_reader)


MOST_EVIDENCE, MOST_PARAGRAPHS = 100, 20
"""Sentences of a draft that have evidence, and paragraphs that are named for each: an article may repeat a sentence."""

_SHOWN = 120
"""Characters of a text that a finding repeats."""


def within_limits(draft: Draft) -> tuple[Draft, tuple[Finding, ...]]:
    """Returns what a record keeps of ``draft``, and an error for each text of it that has more, which is cut.

    So a run-away draft is never served, and takes little time to check and little room to keep.
    """
    kept: dict[str, object] = {}
    findings = []
    for kind in TEXTS:
        items = draft.texts.items_of(kind.name)
        longest = LONGEST_ITEM if kind.is_list else LONGEST_TEXT
        kept[kind.name] = cut = [_cut(item, longest) for item in items[:MAX_ITEMS]]
        if not kind.is_list:
            kept[kind.name] = cut[0]
        if details := list(_left_out(items, longest)):
            shown = cut[0] if len(cut[0]) <= _SHOWN else cut[0][: _SHOWN - 1].rstrip() + "…"
            findings += [Finding("limits", kind.name, shown, detail, "error", reason="run_away") for detail in details]
    evidence = tuple(replace(each, paragraphs=each.paragraphs[:MOST_PARAGRAPHS]) for each in draft.evidence)
    return Draft(Texts(**kept), evidence[:MOST_EVIDENCE]), tuple(findings)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _left_out(items: Sequence[str], longest: int) -> Iterator[str]:
    """Yields a sentence about the items of a text that are not kept, and one about the characters that are not."""
    if len(items) > MAX_ITEMS:
        yield f"{MAX_ITEMS} items are kept, and {len(items) - MAX_ITEMS:,} more are not"
    if more := sum(max(0, len(item) - longest) for item in items[:MAX_ITEMS]):
        yield f"{longest:,} characters are kept, and {more:,} more are not"
