"""How close the extractive writer comes to what people wrote, and how fast: against the lead, and against sumy.

    python bench/extractive.py --pairs pairs.jsonl [--limit 50]

One JSON object per line: ``{"id", "article", "reference"}``, English; each article is read as one paragraph. The
figures are ROUGE F1 with stemming; ``± se`` is the standard error of the mean, and the difference from ours is paired,
with the 95 % interval of a bootstrap over the articles.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from standfirst.domain.article import Article, Language
from standfirst.text.sentences import split_sentences
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

MEASURES = ("rouge1", "rouge2", "rougeLsum")
RESAMPLES = 2_000
REPEATS = 3

Summarizer = Callable[[str, int], str]
"""From a text and the length of our summary in words to another summary of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article and what a person wrote of it."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one way of summarising came to: words per summary, and each measure per article, in percent."""

    name: str
    words: float
    scores: Mapping[str, Sequence[float]]


class SentencexTokenizer:
    """Our sentences for sumy, whose own tokenizer has to download its data."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Sentences as the extractive writer sees them."""
        return tuple(split_sentences(text, "en"))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words without punctuation."""
        return tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", sentence))


def main() -> int:
    """Print the tables; 2 when there is nothing to measure."""
    arguments = _arguments()
    try:
        rows = list(_rows(arguments.pairs))[: arguments.limit]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        return _refuse(f"{arguments.pairs} cannot be read as pairs: {exc!r}")
    if not rows:
        return _refuse(f"{arguments.pairs} holds no pairs.")
    ours = [our_summary(row.text) for row in rows]
    lines = [
        _line("ours, summary", rows, ours),
        _line("ours, standfirst", rows, [_standfirst(row.text) for row in rows]),
    ]
    for name, summarize in _rivals().items():
        texts = [summarize(row.text, _length(summary)) for row, summary in zip(rows, ours, strict=True)]
        lines.append(_line(name, rows, texts))
    _print_scores(lines)
    _print_times(rows)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="JSON lines with article and reference")
    parser.add_argument("--limit", type=int, help="only so many of the first rows")
    return parser.parse_args()


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                pair = json.loads(line)
                yield Row(pair["article"], pair["reference"])


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 2


def our_summary(text: str) -> str:
    """The summary of the extractive writer in the default house style."""
    return ExtractiveWriter().write(_article(text), load_styles(None).named("default")).texts.as_one("summary")


def _standfirst(text: str) -> str:
    return ExtractiveWriter().write(_article(text), load_styles(None).named("default")).texts.as_one("standfirst")


def _article(text: str) -> Article:
    return Article(paragraphs=(text,), language=Language("en"), format="text")


def _rivals() -> Mapping[str, Summarizer]:
    return {
        "lead, 2 sentences": lambda text, _words: " ".join(split_sentences(text, "en")[:2]),
        "lead, sentences to our length": _lead_sentences,
        "lead, cut at our length": lambda text, words: " ".join(text.split()[:words]),
        "sumy LexRank, 2 sentences": lambda text, _words: lex_rank(text, 2),
        "sumy LexRank, 3 sentences": lambda text, _words: lex_rank(text, 3),
        "sumy LexRank, cut at our length": lambda text, words: " ".join(lex_rank(text, 5).split()[:words]),
        "sumy TextRank, 2 sentences": lambda text, _words: text_rank(text, 2),
        "sumy TextRank, 3 sentences": lambda text, _words: text_rank(text, 3),
    }


def _lead_sentences(text: str, words: int) -> str:
    """Whole sentences from the top until they are as long as ours."""
    lead: list[str] = []
    for sentence in split_sentences(text, "en"):
        if _length(" ".join(lead)) >= words:
            break
        lead.append(sentence)
    return " ".join(lead)


def lex_rank(text: str, sentences: int) -> str:
    """LexRank of sumy, with its English stemmer and stop words."""
    return _sumy(LexRankSummarizer, text, sentences)


def text_rank(text: str, sentences: int) -> str:
    """TextRank of sumy, likewise."""
    return _sumy(TextRankSummarizer, text, sentences)


def _sumy(kind: type[LexRankSummarizer | TextRankSummarizer], text: str, sentences: int) -> str:
    summarizer = kind(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    document = PlaintextParser.from_string(" ".join(text.split()), SentencexTokenizer()).document
    return " ".join(str(sentence) for sentence in summarizer(document, sentences))


def _line(name: str, rows: Sequence[Row], summaries: Sequence[str]) -> Line:
    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    scored = [
        scorer.score(_one_sentence_per_line(row.reference), _one_sentence_per_line(summary))
        for row, summary in zip(rows, summaries, strict=True)
    ]
    scores = {measure: [100 * score[measure].fmeasure for score in scored] for measure in MEASURES}
    return Line(name, statistics.mean(map(_length, summaries)), scores)


def _one_sentence_per_line(text: str) -> str:
    """As ROUGE-Lsum expects it."""
    return "\n".join(split_sentences(text, "en"))


def _length(text: str) -> int:
    return len(text.split())


def _print_scores(lines: Sequence[Line]) -> None:
    ours = lines[0]
    print(f"{len(ours.scores['rouge1'])} articles\n")
    print(f"{'':34}{'words':>6}{'R-1':>8}{'± se':>6}{'R-2':>7}{'R-Lsum':>8}   R-1 of ours − this, 95 %")
    for line in lines:
        one, two, long = (statistics.mean(line.scores[measure]) for measure in MEASURES)
        figures = f"{line.words:6.0f}{one:8.2f}{_standard_error(line.scores['rouge1']):6.2f}{two:7.2f}{long:8.2f}"
        print(f"{line.name:34}{figures}   {'' if line is ours else _difference(ours, line)}")


def _difference(ours: Line, other: Line) -> str:
    pairs = zip(ours.scores["rouge1"], other.scores["rouge1"], strict=True)
    differences = [one - another for one, another in pairs]
    chance = random.Random(1)  # noqa: S311  # resampling, not secrets; seeded so that two runs agree
    means = sorted(statistics.mean(chance.choices(differences, k=len(differences))) for _ in range(RESAMPLES))
    low, high = means[RESAMPLES * 25 // 1000], means[RESAMPLES * 975 // 1000]
    return f"{statistics.mean(differences):+.2f}  [{low:+.2f}, {high:+.2f}]"


def _standard_error(values: Sequence[float]) -> float:
    return statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0


def _print_times(rows: Sequence[Row]) -> None:
    ours, theirs = (_milliseconds(rows, summarize) for summarize in (our_summary, lambda text: lex_rank(text, 2)))
    size = statistics.mean(len(row.text) for row in rows)
    print(f"\nCPU per article of {size:.0f} characters on average: ours {ours:.1f} ms, sumy LexRank {theirs:.1f} ms")
    print(f"sumy LexRank takes {theirs / ours:.1f} times as long")


def _milliseconds(rows: Sequence[Row], summarize: Callable[[str], str]) -> float:
    """CPU time per article, the best of some rounds: the others were disturbed."""
    return min(_round(rows, summarize) for _ in range(REPEATS)) / len(rows) * 1000


def _round(rows: Sequence[Row], summarize: Callable[[str], str]) -> float:
    start = time.process_time()
    for row in rows:
        summarize(row.text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
