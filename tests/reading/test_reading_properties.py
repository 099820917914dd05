"""Whatever arrives, the reading ends with an Article or with a reason."""

import gzip
import json

from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.article import Article, Document
from standfirst.domain.errors import ReadingError
from standfirst.reading.document import read_document

NAMES = st.sampled_from(
    ["story.txt", "story.json", "story", "story.html", "story.md", "story.xml", "story.nitf", "story.txt.gz", "a.b/.c"]
) | st.text(max_size=20)
TYPES = st.sampled_from(
    [
        None,
        "text/plain",
        "text/html",
        "text/markdown",
        "application/xml",
        "application/json",
        "application/ld+json",
        "text/plain; charset=iso-8859-2",
        "text/plain; charset=punycode",
        "text/plain; charset=x",
    ]
) | st.text(max_size=20)
PREFIXES = st.sampled_from(
    [
        b"<!DOCTYPE html><html><body><p>",
        b"<p>The pool stays open.</p><div hidden>",
        b'<?xml version="1.0" encoding="UTF-8"?>',
        b'<?xml version="1.0" encoding="shift_jis"?><nitf><body><body.content><p>',
        b"<nitf><body><body.content><p>",
        b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentSet><inlineXML>',
        b'<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;',
        b'{"uri": "urn:x:1", "type": "text", "body_text": "',
        b'{"content_elements": [{"type": "text", "content": "',
        b'{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "',
        b'{"body": "',
        b"---\ntitle: ",
        b"---\ntitle: a\n---\n# b\n\n- ",
        b"# A\n\n> [a]: ",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\x00\x00",
    ]
)
LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            [
                "Read next",
                "05:10",
                "Related",
                "Comments",
                "By Ada Quill",
                "",
                "---",
                "title: x",
                "  indented",
                "Share",
                "- item",
            ]
        ),
        st.just("The harbour of Dunmere was reopened on Monday morning, the town said."),
    ),
    max_size=30,
)
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=100)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["headline", "standfirst", "body", "text", "paragraphs", "language", "published_at", "uri", "type", "version",
     "versioncreated", "body_text", "body_xhtml", "bodies", "headlines", "descriptions", "content_elements",
     "subheadlines", "description", "@context", "@type", "@graph", "articleBody", "inLanguage", "datePublished"]
)  # fmt: skip


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _outcome(content: bytes, name: str, content_type: str | None = None) -> Article | ReadingError:
    try:
        return read_document(Document(name=name, content=content, content_type=content_type))[0]
    except ReadingError as error:
        return error


@given(content=st.binary(max_size=2000), name=NAMES, content_type=TYPES)
def test_any_bytes_are_read_or_refused(content: bytes, name: str, content_type: str | None) -> None:
    """No other exception leaves the entry point, and every refusal has a reason."""
    result = _outcome(content, name, content_type)

    assert isinstance(result, Article) or str(result).endswith(".")


@given(
    prefix=PREFIXES,
    content=st.binary(max_size=500) | st.text(max_size=500).map(_bytes),
    name=NAMES,
    packed=st.booleans(),
)
def test_anything_behind_a_formats_start_is_read_or_refused(
    prefix: bytes, content: bytes, name: str, packed: object
) -> None:
    """Each reader sees what only begins like its own; packed or not."""
    whole = prefix + content

    result = _outcome(gzip.compress(whole) if packed else whole, name)

    assert isinstance(result, Article) or str(result).endswith(".")


@given(lines=LINES, name=st.sampled_from(["story.txt", "story.md", "story.html"]))
def test_any_page_is_read_or_refused(lines: list[str], name: str) -> None:
    """Pages made of boilerplate in any order do not confuse it either; an article has no empty paragraph."""
    result = _outcome("\n".join(lines).encode("utf-8", "replace"), name)

    if isinstance(result, Article):
        assert all(paragraph.strip() == paragraph != "" for paragraph in result.paragraphs)


@given(values=st.dictionaries(FIELDS, JSON_VALUES, max_size=6))
def test_any_json_object_is_read_or_refused(values: dict[str, object]) -> None:
    """Wrong types in every field are refused with a reason, not with a traceback."""
    result = _outcome(json.dumps(values).encode(), "story.json")

    assert isinstance(result, Article) or str(result).endswith(".")
