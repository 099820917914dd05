"""A draft laid beside its article: what every check looks at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from standfirst.checking.analysis.sentence import Passage, passages_of
from standfirst.checking.analysis.source import Source, source_of
from standfirst.checking.severity import severity_of
from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.style import GlossaryTerm
from standfirst.domain.texts import Texts

LONGEST_QUOTED = 120
"""Characters of a sentence that a finding repeats: enough to know it by, and a record stays small."""

LONGEST_SENTENCE, MOST_SENTENCES, MOST_CHARACTERS = 600, 100, 10_000
"""What is compared of a draft: sentences of so many characters, so many of them, and so many characters together.

The time of some rules grows with the square of a sentence. The longest sentence of 1,055 in real drafts has 351
characters, the longest draft 15 sentences; these limits end any draft within two seconds.
"""


_QUESTIONS = {
    **dict.fromkeys(("number", "money", "percentage"), "Does “{}” follow from the article?"),
    **dict.fromkeys(("number_noun", "date"), "Does the article say this of “{}”?"),
    "name": "Does the article name “{}”?",
    "quotation": "Does anybody in the article say “{}”?",
    "claim": "Does the article say that “{}”?",
}
"""What a reader is asked about a finding that has no question of its own; yes clears it."""


@dataclass(frozen=True)
class Claim:
    """One sentence of a draft: ``sentence`` is its index in its field, ``passage.start`` where it begins there."""

    field: str
    sentence: int
    passage: Passage

    def finding(
        self, check: str, reason: str, detail: str, at: tuple[int, int] | None = None, question: str | None = None
    ) -> Finding:
        """Returns what ``check`` found in the characters ``at`` of the sentence, or in the whole of it."""
        begin, end = at or (0, len(self.passage.text))
        text = self.passage.text[begin:end]
        shown = text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1].rstrip() + "…"
        return Finding(
            check=check,
            field=self.field,
            text=shown,
            detail=detail,
            severity=severity_of(check, reason),
            span=(self.passage.start + begin, self.passage.start + end),
            reason=reason,
            sentence=self.sentence,
            question=question or _QUESTIONS.get(check, "").format(shown) or None,
        )


@dataclass(frozen=True)
class Comparison:
    """``claims`` are the sentences of the draft, field by field.

    ``glossary`` has the terms of the house style: names that a draft may have though the article has not.
    """

    source: Source
    claims: tuple[Claim, ...]
    glossary: tuple[GlossaryTerm, ...] = ()


def compare(article: Article, draft: Draft, glossary: tuple[GlossaryTerm, ...] = ()) -> Comparison:
    """``draft`` beside ``article`` and the newsroom's ``glossary``."""
    return Comparison(source_of(article), claims_of(draft, article.language), glossary)


def claims_of(draft: Draft, language: str) -> tuple[Claim, ...]:
    """The sentences of ``draft``, field by field; the items of a list are lines of one text."""
    return _claims_of(draft.texts, language)


@lru_cache(maxsize=8)  # the checks, the evidence and the second reader ask about the same texts
def _claims_of(texts: Texts, language: str) -> tuple[Claim, ...]:
    return tuple(
        Claim(field, at, passage)
        for field in texts
        for at, passage in enumerate(_sentences(texts.as_one(field), language))
    )


def within_limits(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Returns those of ``claims`` that are compared with the article: see ``LONGEST_SENTENCE``."""
    short = tuple(islice((each for each in claims if len(each.passage.text) <= LONGEST_SENTENCE), MOST_SENTENCES))
    upto = accumulate(len(each.passage.text) for each in short)
    return tuple(each for each, characters in zip(short, upto, strict=True) if characters <= MOST_CHARACTERS)


def _sentences(text: str, language: str) -> Iterator[Passage]:
    start = 0
    for line in text.split("\n"):
        for passage in passages_of(line, language, 0):
            yield Passage(passage.text, language, 0, start + passage.start)
        start += len(line) + 1
