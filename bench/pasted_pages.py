"""What each rule about pasted pages brings: body F1 on real pages as a browser copies them, with and without it.

    python bench/pasted_pages.py --pages DIR

The pages and the measure are those of ``body_score.py``. A page is pasted as a person would: all its visible text,
menu, teasers and comments too, a block a line, a blank line around each ``p``. A third of the pages, chosen by a hash
of their id, is held back: decide by the others, and see by these whether it was right.
"""

import argparse
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

from body_score import f1_of, load, score
from lxml import etree, html

from standfirst.reading.boilerplate import blocks, classify, page, phrases, related_boxes
from standfirst.reading.boilerplate.blocks import ClassifiedBlock
from standfirst.reading.boilerplate.classify import Kind
from standfirst.reading.boilerplate.page import read_page
from standfirst.reading.boilerplate.paragraphs import split_blocks
from standfirst.reading.encoding.characters import clean_characters

# Not shown, or not part of what a browser copies.
UNCOPIED = frozenset(
    {"script", "style", "noscript", "template", "svg", "select", "option", "head", "title", "iframe", "textarea",
     "input", "video", "audio", "canvas", "object", "math"}
)  # fmt: skip
HIDDEN = ("display:none", "visibility:hidden")
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "kbd", "label", "mark", "q", "s",
     "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "ins", "del", "picture", "source"}
)  # fmt: skip
THIRDS = 3


LABELS = frozenset({Kind.BOILERPLATE, Kind.RELATED, Kind.ENDING})

Without = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The text of a page and the body that people marked in it."""

    text: str
    gold: str


def main() -> None:
    """Print a line per rule and per table: how F1 changes when it goes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    pages = load(parser.parse_args().pages)
    copied = [(page.id, Pasted(clean_characters(pasted(page.content)), page.gold)) for page in pages]
    seen = [page for name, page in copied if not is_held_back(name)]
    held_back = [page for name, page in copied if is_held_back(name)]
    before, before_held_back = f1(seen), f1(held_back)
    print(f"{len(seen)} pasted pages, body F1 {before:.4f}; {len(held_back)} held back, {before_held_back:.4f}")
    for name, without in {**rules(), **tables()}.items():
        clear()
        with without():
            print(f"without {name:28} {f1(seen) - before:+.4f}   held back {f1(held_back) - before_held_back:+.4f}")
    clear()


def is_held_back(name: str) -> bool:
    """Returns whether the page called ``name`` is one of the third that decides nothing."""
    return int(hashlib.sha256(f"pasted {name}".encode()).hexdigest(), 16) % THIRDS == 0


def f1(pages: Sequence[Pasted]) -> float:
    """Returns the F1 of the paragraphs that are read from ``pages``."""
    pairs = [(page.gold, "\n".join(read_page(split_blocks(page.text)).paragraphs)) for page in pages]
    return f1_of(*score(pairs))


def rules() -> dict[str, Without]:
    """Returns how to do without each rule about a line, and without each about what stands around it."""
    lines: dict[str, Without] = {
        applies.__name__.strip("_"): partial(
            patch.object, classify, "RULES", tuple(rule for rule in classify.RULES if rule[1] is not applies)
        )
        for _, applies in classify.RULES
    }
    return lines | {
        "related boxes": partial(patch.object, page, "without_related_boxes", without_labels),
        "biographies": partial(patch.object, page, "without_biographies", list),
        "about the issuer": partial(patch.object, related_boxes, "_is_about_issuer", never),
        "trailing teasers": partial(patch.object, page, "without_trailing_teasers", list),
        "captions above credits": partial(patch.object, blocks, "is_credit", never),
        "duplicate leads": partial(patch.object, page, "is_duplicate_lead", never),
        "datelines and sign-offs": partial(patch.object, page, "without_marks", list),
    }


def tables() -> dict[str, Without]:
    """Returns how to do without each section of the lexicon, and without each language."""
    whole = phrases.tables()
    sections = sorted({section for language in whole.values() for section in language})
    changed: dict[str, Mapping[str, object]] = {
        f"[{section}]": {
            language: {name: known for name, known in table.items() if name != section}
            for language, table in whole.items()
        }
        for section in sections
    }
    changed |= {
        f"{language}.txt": {name: table for name, table in whole.items() if name != language} for language in whole
    }
    return {
        name: partial(patch.object, phrases, "tables", partial(dict, table)) for name, table in sorted(changed.items())
    }


def clear() -> None:
    """Forget what is cached of the lexicon."""
    phrases.phrases.cache_clear()
    phrases.by_beginning.cache_clear()


def without_labels(page_blocks: Sequence[ClassifiedBlock]) -> list[ClassifiedBlock]:
    """Returns ``page_blocks`` without the page's own lines, whatever stands below them."""
    return [block for block in page_blocks if block.kind not in LABELS]


def never(*_: object) -> bool:
    """Returns False."""
    return False


def pasted(content: bytes) -> str:
    """The text of a page as a browser copies it (HTML Living Standard, section 3.2.7, "get the text steps")."""
    tree = html.fromstring(content.decode("utf-8", "replace").encode(), parser=html.HTMLParser(encoding="utf-8"))
    text = re.sub(r"[^\S\v\f]+", " ", "".join(_copied(tree)))
    return re.sub(r"[\s]*[\v\f][\s]*", lambda end: "\n\n" if "\f" in end.group() else "\n", text).strip()


def _copied(element: etree._Element) -> Iterator[str]:
    """The text of ``element``, with a form feed where a paragraph begins or ends and a vertical tab for other lines."""
    style = (element.get("style") or "").replace(" ", "").lower()
    if not isinstance(element.tag, str) or element.tag in UNCOPIED or element.get("hidden") is not None:
        return
    if any(hidden in style for hidden in HIDDEN):
        return
    around = "" if element.tag in INLINE else "\f" if element.tag == "p" else "\v"
    yield around
    yield element.text or ""
    for child in element:
        yield from _copied(child)
        yield child.tail or ""
    yield around


if __name__ == "__main__":
    main()
