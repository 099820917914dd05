"""Reading, the extractive writer and the checks, each call within its share of processor time and memory.

The functions are those of ``wiring/article_work.py``, which only the bounded process imports.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from standfirst.adapters.bounded_process import BoundedProcess, Share

if TYPE_CHECKING:
    # Who starts the process need not wait for these.
    from standfirst.domain.article import Article
    from standfirst.domain.draft import Draft
    from standfirst.domain.ports import WriterIdentity
    from standfirst.domain.style import HouseStyle
    from standfirst.use_cases.article_versions import Reader
    from standfirst.use_cases.check_texts import Count, DetectLanguage
    from standfirst.use_cases.generate_summary import Check, EvidenceSearch
    from standfirst.use_cases.get_article import FindLeftOut
    from standfirst.use_cases.second_reading import SentencesToRead, WeighVerdicts

SHARE = Share(cpu_seconds=6.0, memory_bytes=512 * 1024**2)
"""More than the largest documents take that are allowed: 2 s for HTML of 20 MiB, and 350 MB for NITF of 20 MiB.

On a Lambda function of 1024 MB, which has 0.58 of a processor, 6 s are 10 s on the clock.
"""

_WORK = "standfirst.wiring.article_work"

process = BoundedProcess(SHARE, (_WORK, "prepare"))
"""One for all threads."""

read_document: Reader = process.function(_WORK, "read_document")
check_draft: Check = process.function(_WORK, "check_draft")
find_evidence: EvidenceSearch = process.function(_WORK, "find_evidence")
sentences_to_read: SentencesToRead = process.function(_WORK, "sentences_to_read")
weigh_verdicts: WeighVerdicts = process.function(_WORK, "weigh_verdicts")
find_left_out: FindLeftOut = process.function(_WORK, "find_left_out")
count_texts: Count = process.function(_WORK, "count_texts")
detect_language: DetectLanguage = process.function(_WORK, "detect_language")


class BoundedWriter:
    """The extractive ``Writer``."""

    _write = staticmethod(process.function(_WORK, "write_extract"))
    _identity = staticmethod(process.function(_WORK, "extract_identity"))

    @cached_property
    def identity(self) -> WriterIdentity:
        """See ``Writer``."""
        return self._identity()  # type: ignore[no-any-return]

    def write(self, article: Article, style: HouseStyle) -> Draft:
        """See ``Writer``."""
        return self._write(article, style)  # type: ignore[no-any-return]
