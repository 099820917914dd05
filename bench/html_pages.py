"""How well the body of a real news page is found, and how fast: ours and three others.

    python bench/html_pages.py --pages DIR

The pages and the measure are those of ``body_score.py``. Ours finds headline, standfirst, language and date in its
time, too, so the fair rival in time is trafilatura with metadata; the others are asked for the body alone. The file
is not called ``html.py``, because there it would stand in for the library's ``html``.
"""

import argparse
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura
import trafilatura.settings
from body_score import Page, f1_of, load, score
from lxml import html
from newspaper import Article
from readability import Document

from standfirst.domain.errors import ReadingError
from standfirst.reading.formats.html.page import read
from standfirst.reading.source import Source

REPEATS = 3

Extract = Callable[[bytes], str]


def main() -> None:
    """Print one line per way of extracting."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    pages = load(parser.parse_args().pages)
    logging.disable(logging.CRITICAL)
    print(f"{len(pages)} pages, body in 4-token shingles, CPU time per page (best of {REPEATS})")
    for name, extract in WAYS.items():
        extract(pages[0].content)  # what is loaded once is loaded
        precision, recall = score([(page.gold, extract(page.content)) for page in pages])
        f1 = f1_of(precision, recall)
        print(f"{name:26} F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}  {milliseconds(extract, pages):6.1f} ms")


def milliseconds(extract: Extract, pages: Sequence[Page]) -> float:
    """Processor time per page, of the fastest of several rounds."""
    rounds = []
    for _ in range(REPEATS):
        started = time.process_time()
        for page in pages:
            extract(page.content)
        rounds.append(time.process_time() - started)
    return min(rounds) / len(pages) * 1000


def ours(content: bytes) -> str:
    """The paragraphs of our reader."""
    try:
        return "\n".join(
            paragraph for article in read(Source(content, "page.html")) for paragraph in article.paragraphs
        )
    except ReadingError:
        return ""


def trafilatura_default(content: bytes) -> str:
    """As it comes."""
    return trafilatura.extract(content) or ""


def trafilatura_precision(content: bytes) -> str:
    """In precision mode and without comments, its best."""
    return trafilatura.extract(content, favor_precision=True, include_comments=False) or ""


def trafilatura_metadata(content: bytes) -> str:
    """The same, with what the page's head says, which is the job that ours does."""
    found = trafilatura.bare_extraction(content, favor_precision=True, include_comments=False, with_metadata=True)
    return (found.text or "") if isinstance(found, trafilatura.settings.Document) else ""


def readability(content: bytes) -> str:
    """The text of its summary."""
    return str(html.fromstring(Document(content.decode("utf-8", "replace")).summary()).text_content())


def newspaper(content: bytes) -> str:
    """Its article's text."""
    article = Article(url="https://example.org/", language="en", fetch_images=False)
    article.download(input_html=content.decode("utf-8", "replace"))
    article.parse()
    return str(article.text)


WAYS: dict[str, Extract] = {
    "ours": ours,
    "trafilatura, metadata too": trafilatura_metadata,
    "trafilatura, precision": trafilatura_precision,
    "trafilatura, default": trafilatura_default,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}

if __name__ == "__main__":
    main()
