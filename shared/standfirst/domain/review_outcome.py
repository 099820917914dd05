"""What an editor's decision did to a text: which sentences it changed, and what became of each finding."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from standfirst.domain.draft import Finding, Sentence, Severity
from standfirst.domain.record import OverruledFinding, Record
from standfirst.domain.review import LONGEST_FINDING_TEXT
from standfirst.domain.schema import StoredSchema
from standfirst.domain.texts import Texts

Became = Literal["overruled", "edited", "left"]

MOST_FINDINGS = 100
"""Findings that the record of a decision has, the first ones: as many as an editor may let stand."""


class ReviewedFinding(StoredSchema):
    """A finding in the text that was decided about, without the words that it is about."""

    check: Annotated[str, Field(description="The name of the check.", examples=["number"])]
    field: Annotated[str, Field(description="The name of the text that it is about.", examples=["summary"])]
    sentence: Annotated[
        int | None,
        Field(description="The index of the sentence in it, from 0; null if it is about all of it.", examples=[1]),
    ] = None
    severity: Annotated[Severity, Field(description="`error` or `warning`.", examples=["warning"])]
    became: Annotated[
        Became,
        Field(
            description="`overruled`: the editor was asked and let it stand; `edited`: it is gone with the sentence, "
            "or the whole text, that the editor changed; `left`: nothing was said of it.",
            examples=["overruled"],
        ),
    ]


def sentences_changed(before: Record | None, after: Texts) -> tuple[Sentence, ...] | None:
    """Returns the sentences of ``before`` that ``after`` no longer has word for word.

    ``None`` if nobody knows where they end: there is no evidence, or it is that of an older release.
    """
    if before is None:
        return None
    changed = {name for name, text in before.texts.items() if text != after[name]}
    if not changed:
        return ()
    known = {each.field for each in before.evidence if each.span}
    if not changed & known:
        return None
    places = dict.fromkeys((each.field, each.sentence) for each in before.evidence if each.field in changed)
    return tuple(Sentence(*place) for place in places if _is_gone(before, place, after))


def reviewed_findings(
    target: Record, about: Record, overruled: Sequence[OverruledFinding]
) -> tuple[ReviewedFinding, ...]:
    """Returns the findings in ``target`` and what became of them in ``about``, the text after the decision."""
    return tuple(_reviewed(target, about, overruled))[:MOST_FINDINGS]


def _reviewed(target: Record, about: Record, overruled: Sequence[OverruledFinding]) -> Iterator[ReviewedFinding]:
    stand = {(each.check, each.field, each.text) for each in overruled}
    found = {(each.check, each.field, each.text) for each in about.findings}
    for finding in target.findings:
        is_overruled = (finding.check, finding.field, finding.text[:LONGEST_FINDING_TEXT]) in stand
        is_found = (finding.check, finding.field, finding.text) in found
        became: Became = "left"
        if is_overruled and is_found:
            became = "overruled"
        elif not is_found and _is_changed(target, finding, about.texts):
            became = "edited"
        yield ReviewedFinding(
            check=finding.check,
            field=finding.field,
            sentence=finding.sentence,
            severity=finding.severity,
            became=became,
        )


def _is_changed(target: Record, finding: Finding, after: Texts) -> bool:
    """Returns whether the sentence that ``finding`` is about, or else its text, is another one in ``after``."""
    if finding.field not in after or target.texts[finding.field] == after[finding.field]:
        return False
    return finding.sentence is None or _is_gone(target, (finding.field, finding.sentence), after)


def _is_gone(before: Record, place: tuple[str, int], after: Texts) -> bool:
    """Returns whether ``after`` lacks a sentence; one of unknown length counts as gone: its text has changed."""
    spans = (each.span for each in before.evidence if (each.field, each.sentence) == place and each.span)
    if (span := next(spans, None)) is None:
        return True
    name, (start, end) = place[0], span
    return before.texts.as_one(name)[start:end].strip() not in after.as_one(name)
