"""The work on articles that takes processor time and memory: imported in the bounded process only.

``wiring/bounded.py`` has the same functions for everybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standfirst.checking import check_draft as checks
from standfirst.checking import evidence, verdicts
from standfirst.checking.rules import house_style
from standfirst.domain.article import ArticleId, Document
from standfirst.reading import document, language
from standfirst.safety import article_sentences
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

if TYPE_CHECKING:
    # The process would pay for what the use cases import.
    from standfirst.domain.ports import Writer, WriterIdentity
    from standfirst.use_cases.article_versions import Reader
    from standfirst.use_cases.check_texts import Count, DetectLanguage
    from standfirst.use_cases.generate_summary import Check, EvidenceSearch
    from standfirst.use_cases.get_article import FindLeftOut
    from standfirst.use_cases.second_reading import SentencesToRead, WeighVerdicts

read_document: Reader = document.read_document
check_draft: Check = checks.check_draft
find_evidence: EvidenceSearch = evidence.find_evidence
sentences_to_read: SentencesToRead = verdicts.sentences_to_read
weigh_verdicts: WeighVerdicts = verdicts.weigh_verdicts
find_left_out: FindLeftOut = article_sentences.left_out_of
count_texts: Count = house_style.count_texts
detect_language: DetectLanguage = language.detect_language

_PARAGRAPHS = (
    "The ferry across the Sele will return in June, the town council of Brackenford decided on Friday.",
    "Repairs to its landing stage will cost 410,000 crowns. “We kept our word,” said the mayor, Marta Lind.",
    "The ferry stopped in 2019, when a flood washed the stage away; since then the way round has taken an hour.",
)

_writer: Writer = ExtractiveWriter()
write_extract = _writer.write


def extract_identity() -> WriterIdentity:
    """Returns the extractive writer's identity."""
    return _writer.identity


def prepare() -> None:
    """Loads what every article needs: the languages, their sentences and tables. Parsers come with their format."""
    article = document.read_single(Document("ferry.txt", "\n\n".join(_PARAGRAPHS).encode()))
    style = load_styles("").for_article(ArticleId("ferry"), None)
    draft = write_extract(article, style)
    check_draft(article, draft, style)
    find_evidence(article, draft)
