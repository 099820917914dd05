"""What the model costs for 1,000 articles, by when the second reader is asked: real prompts, the price list, no model.

Tokens are estimated from characters (``standfirst/model/tokens.py``), which is a tenth or so too many for English. What
a model thinks before it answers is output too, and not known here: ``REASONING`` is added to each answer for a second
figure.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from articles import FIVE_KILOBYTES, article_of
from measurement import Row

from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.checking.verdicts import sentences_to_read
from standfirst.domain.article import Document
from standfirst.domain.draft import Draft
from standfirst.domain.second_reading import SentenceToRead
from standfirst.domain.texts import Texts
from standfirst.model.prices import LISTED, STANDARD_TIER, Tokens
from standfirst.model.prompt import Prompt
from standfirst.model.tokens import estimate_tokens
from standfirst.reading.document import read_single
from standfirst.second_reader.prompt import reading_prompt
from standfirst.writing.house_style import load_styles
from standfirst.writing.model.prompt import draft_prompt

MODEL = "gpt-5.6-luna"

DRAFT = Draft(
    Texts(
        standfirst="Gardeners in a coastal town have set up a library that lends seeds in spring, and takes them back "
        "in autumn.",
        summary="A library in the old customs house lends packets of seed to anybody who promises to bring some back. "
        "Its founders say that 340 households took part in the first year. The council pays the rent until the end of "
        "next year, and what happens then is open.",
    )
)
"""A draft within the bundled house style; it need not be true of the article that is paid for."""

QUOTED_WORDS = 12
"""Words of the article in a verdict: the fewest that decide it."""

DOUBTFUL, REVISED = 0.37, 0.155
"""Share of 252 drafts of real models that ``doubtful`` has read, and that the rules send back (docs/checks.md)."""

REASONING = 200
"""Tokens of thought beside each answer, for the figure that counts some."""

BUDGETS = {"off": 0.45, "doubtful": 0.65, "always": 0.85}
"""US dollars for 1,000 articles."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request and its answer; the instructions and the schema come from the provider's cache."""

    prompt: Prompt
    answer: str

    @property
    def tokens(self) -> Tokens:
        """Returns its tokens, without reasoning."""
        cached = estimate_tokens(self.prompt.instructions) + estimate_tokens(json.dumps(dict(self.prompt.schema)))
        fresh = estimate_tokens(self.prompt.assignment) + estimate_tokens(self.prompt.material)
        return Tokens(cached + fresh, estimate_tokens(self.answer), cached=cached)

    def usd(self, reasoning: int) -> Decimal:
        """Returns its price in US dollars."""
        tokens = replace(self.tokens, output=self.tokens.output + reasoning)
        return LISTED[MODEL].cost(tokens, STANDARD_TIER) or Decimal(0)


@dataclass(frozen=True, slots=True)
class ArticleUsage:
    """What one article asks of the model: requests, tokens of input and output, and US dollars, with ``REASONING``."""

    calls: float
    tokens: float
    usd: float


def rows() -> Iterator[Row]:
    """One line for each policy, for a bundled article of 5 KB; a draft that the rules send back is paid for twice."""
    writing, reading, words = _calls()
    for policy, read in {"off": 0.0, "doubtful": DOUBTFUL, "always": 1.0}.items():
        writings, readings = 1 + REVISED, read * (1 + REVISED)
        with_thought, without = (
            1_000 * (Decimal(writings) * writing.usd(tokens) + Decimal(readings) * reading.usd(tokens))
            for tokens in (REASONING, 0)
        )
        read_in, written = (
            1_000 * (writings * getattr(writing.tokens, part) + readings * getattr(reading.tokens, part))
            for part in ("input", "output")
        )
        detail = (
            f"{read_in:,.0f} tokens in, {written:,.0f} out; {words} words, "
            f"{1_000 * writings:,.0f} drafts and {1_000 * readings:,.0f} readings, without reasoning; "
            f"{with_thought:.2f} USD with {REASONING} tokens of it in each answer"
        )
        yield Row(
            f"model for 1,000 articles, second reader {policy}", float(without), "USD", BUDGETS[policy], detail=detail
        )


def article_usage(read: float = DOUBTFUL) -> ArticleUsage:
    """Returns the mean over articles of 5 KB, of whose drafts ``read`` is the share that the second reader reads."""
    writing, reading, _ = _calls()
    calls = ((writing, 1 + REVISED), (reading, read * (1 + REVISED)))
    return ArticleUsage(
        calls=sum(count for _, count in calls),
        tokens=sum(count * (call.tokens.input + call.tokens.output + REASONING) for call, count in calls),
        usd=sum(count * float(call.usd(REASONING)) for call, count in calls),
    )


def _calls() -> tuple[Call, Call, int]:
    article, style = (
        read_single(Document("article.txt", article_of(FIVE_KILOBYTES))),
        load_styles(None).named("default"),
    )
    draft = Draft(DRAFT.texts, find_evidence(article, DRAFT))
    sentences = sentences_to_read(article, draft, check_draft(article, draft, style), style, "always")
    writing = Call(draft_prompt(article, style), json.dumps(dict(draft.texts), separators=(",", ":")))
    answer = {"verdicts": [_verdict(number, each) for number, each in enumerate(sentences, start=1)]}
    return (
        writing,
        Call(reading_prompt(article, sentences, 60_000), json.dumps(answer, separators=(",", ":"))),
        article.words,
    )


def _verdict(number: int, sentence: SentenceToRead) -> dict[str, object]:
    quote = " ".join(sentence.text.split()[:QUOTED_WORDS])
    return {"sentence": number, "verdict": "supported", "paragraphs": list(sentence.paragraphs[:1]), "quote": quote}


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name}: {row.shown} ({row.detail})")
