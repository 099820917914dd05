"""gzip by content: what was inside is read as if it had come so, and nothing grows beyond its limit."""

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from standfirst.domain.article import MAX_UNPACKED_BYTES, Article, Document
from standfirst.domain.errors import DocumentTooLarge, EmptyDocument, InvalidDocument, UnknownFormat
from standfirst.reading.detection.gzip import unpacked
from standfirst.reading.source import Source

Read = Callable[..., Article]

STORY = (
    "The council of Merrow voted on Tuesday to keep its swimming pool open through the winter.\n"
    "It found the money in the road budget.\n"
)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("story.txt.gz", None),
        ("story.txt", "text/plain"),
        ("story", "application/gzip"),
        ("STORY.TXT.GZ", "application/x-gzip"),
    ],
    ids=["by name", "under the text's own name", "by type", "in capitals"],
)
def test_a_packed_text_is_read_whatever_it_is_called(read: Read, name: str, content_type: str | None) -> None:
    """The first bytes say that it is packed."""
    article = read(gzip.compress(STORY.encode()), name=name, content_type=content_type)

    assert article.paragraphs == tuple(STORY.splitlines())
    assert article.format == "text"


@pytest.mark.parametrize("name", ["story.json.gz", "story.gz", "story"], ids=["named", "packed only", "nameless"])
def test_what_is_inside_decides_the_format(read: Read, name: str) -> None:
    """By its inner name first, else by what it is."""
    packed = gzip.compress(json.dumps({"headline": "Pool stays open", "body": STORY}).encode())

    assert read(packed, name=name, content_type="application/gzip").format == "json"


def test_an_inner_name_that_says_markdown_is_believed(read: Read) -> None:
    """The name is that of the content, the type that of the wrapping."""
    article = read(gzip.compress(f"# Pool\n\n{STORY}".encode()), name="a.md.gz", content_type="application/gzip")

    assert article.format == "markdown"


def test_the_charset_of_what_is_inside_is_found(read: Read) -> None:
    """Packing changes nothing about it."""
    text = "Der Bürgermeister sagte am Freitag, es werde „größere“ Änderungen geben, auch beim Straßenbau."

    assert read(gzip.compress(text.encode("cp1252"))).text == text


def test_an_archive_of_several_members_is_one_document(read: Read) -> None:
    """RFC 1952, section 2.2: the members follow one another, and so does what is in them."""
    first, second = STORY.splitlines(keepends=True)

    assert read(gzip.compress(first.encode()) + gzip.compress(second.encode())).paragraphs == tuple(STORY.splitlines())


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(STORY.encode())[:-9],
        gzip.compress(STORY.encode())[:12],
        b"\x1f\x8b",
        b"\x1f\x8b\x08\x00abc",
        gzip.compress(STORY.encode())[:-8] + b"\x00" * 8,
        gzip.compress(STORY.encode()) + b"and some more",
    ],
    ids=["no end", "head only", "two bytes", "no data", "wrong checksum", "something behind it"],
)
def test_a_broken_archive_is_refused(read: Read, content: bytes) -> None:
    """Half an article would be worse than none."""
    with pytest.raises(InvalidDocument, match="gzip file is broken"):
        read(content)


def test_an_archive_inside_another_is_refused(read: Read) -> None:
    """Nobody packs an article twice by intention."""
    with pytest.raises(InvalidDocument, match="another gzip file"):
        read(gzip.compress(gzip.compress(STORY.encode())))


def test_an_archive_of_nothing_is_empty(read: Read) -> None:
    """The reason says where there was nothing."""
    with pytest.raises(EmptyDocument, match="gzip file holds an empty document"):
        read(gzip.compress(b""))


def test_what_is_inside_is_refused_by_what_it_is(read: Read) -> None:
    """A packed PDF is a PDF."""
    with pytest.raises(UnknownFormat, match="a PDF"):
        read(gzip.compress(b"%PDF-1.7\n" + b"x" * 100), name="story.txt.gz")


@pytest.mark.slow
def test_a_bomb_is_refused_in_constant_memory() -> None:
    """What would be a quarter of a gigabyte is never unpacked whole."""
    bomb = _packed_zeros(256)

    tracemalloc.start()
    with pytest.raises(DocumentTooLarge, match=r"more than 20,971,520 bytes"):
        unpacked(Source.of(Document("bomb.txt.gz", bomb)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 3 * MAX_UNPACKED_BYTES


def test_a_document_at_the_limit_is_unpacked() -> None:
    """The limit itself is allowed."""
    packed = gzip.compress(b"a" * MAX_UNPACKED_BYTES)

    assert len(unpacked(Source.of(Document("a.txt.gz", packed))).content) == MAX_UNPACKED_BYTES


def _packed_zeros(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1024 * 1024)
    return b"".join([packer.compress(zeros) for _ in range(mebibytes)]) + packer.flush()
