"""What the second reader is asked to answer with, as JSON Schema, and its answer as verdicts."""

from collections.abc import Sequence

from standfirst.domain.errors import ModelOutputInvalid
from standfirst.domain.second_reading import LONGEST_QUOTE, LONGEST_REASON, Judgement, SentenceToRead, Verdict
from standfirst.model.answer import TEXT, Shape, Tidy, list_of, object_of, read_answer

MOST_VERDICTS = 4
"""For each sentence; an answer with more is a run-away one."""

_PLACE = {
    "sentence": {"type": "integer"},
    "paragraphs": list_of({"type": "integer"}),
    "quote": TEXT,
}
# A supported sentence needs no reason: output is what a reading costs most.
VERDICTS_SCHEMA = object_of(
    verdicts=list_of(
        {
            "anyOf": [
                object_of(verdict={"type": "string", "enum": ["supported"]}, **_PLACE),
                object_of(
                    verdict={"type": "string", "enum": ["contradicted", "not_in_article", "opinion_or_unclear"]},
                    **_PLACE,
                    reason=TEXT,
                    article_says=TEXT,
                ),
            ]
        }
    )
)


class _VerdictShape(Shape):
    sentence: int
    verdict: Judgement
    paragraphs: list[int]
    quote: Tidy
    reason: Tidy = ""
    article_says: Tidy = ""


class _AnswerShape(Shape):
    verdicts: list[_VerdictShape]


def read_verdicts(json_text: str, sentences: Sequence[SentenceToRead], paragraphs: int) -> tuple[Verdict, ...]:
    """Returns the verdicts on ``sentences``, of an article of so many ``paragraphs``.

    What is said of a sentence or a paragraph that does not exist is left out. Raises ``ModelOutputInvalid`` for an
    answer of another shape, or a run-away one.
    """
    answer = read_answer(_AnswerShape, json_text).verdicts
    if len(answer) > MOST_VERDICTS * len(sentences):
        raise ModelOutputInvalid(f"The second reader gave {len(answer):,} verdicts on {len(sentences)} sentences.")
    return tuple(
        _verdict(each, sentences[each.sentence - 1], paragraphs)
        for each in answer
        if 1 <= each.sentence <= len(sentences)
    )


def _verdict(given: _VerdictShape, sentence: SentenceToRead, paragraphs: int) -> Verdict:
    return Verdict(
        field=sentence.field,
        sentence=sentence.sentence,
        judgement=given.verdict,
        paragraphs=tuple(sorted({number - 1 for number in given.paragraphs if 1 <= number <= paragraphs})),
        # A longer one is not cut: what is left would be another quote.
        quote=given.quote if len(given.quote) <= LONGEST_QUOTE else "",
        reason=_cut(given.reason),
        article_says=_cut(given.article_says) if given.verdict == "contradicted" else None,
    )


def _cut(text: str) -> str | None:
    return (text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1].rstrip() + "…") or None
