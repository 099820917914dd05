"""Reading, writing and checking that stall, swell or crash at a word in the text: what a bounded process is for."""

import os
import re
import signal
from collections.abc import Sequence

from standfirst.checking.check_draft import check_draft
from standfirst.domain.article import Article, Document
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.style import HouseStyle
from standfirst.reading.document import read_document
from standfirst.wiring.article_work import prepare, write_extract

__all__ = ["check", "prepare", "read", "write"]


def read(document: Document) -> Sequence[Article]:
    """Reads ``document``, which may be demanding."""
    meet_demands(document.content.decode(), "read")
    return read_document(document)


def write(article: Article, style: HouseStyle) -> Draft:
    """Writes about ``article``, which may be demanding."""
    meet_demands(article.text, "write")
    return write_extract(article, style)


def check(article: Article, draft: Draft, style: HouseStyle) -> Sequence[Finding]:
    """Checks ``draft``, which may be demanding, or its article."""
    meet_demands(f"{article.text} {draft.texts}", "check")
    return check_draft(article, draft, style)


def meet_demands(text: str, step: str) -> None:
    """Does what ``text`` demands of ``step``, as in "stalls read"."""
    if f"stalls {step}" in text:
        re.match(r"(a+)+$", "a" * 60 + "b")
    if f"swells {step}" in text:
        bytearray(10**9)
    if f"crashes {step}" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
