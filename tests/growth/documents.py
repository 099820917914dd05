"""Documents of every format that repeat one unit, as often as it is asked."""

import json
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from standfirst.reading.detection.format import Format

SENTENCE = "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele after seven years."
STORY = f"{SENTENCE}\n\nRepairs will cost 240,000 crowns, the council said, and are to be finished by June."

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "blanks": " ",
        "newlines": "\n",
        "indented newlines": "\n    ",
        "letters": "a",
        "figures": "9",
        "words": "ferry ",
        "capitals": "FERRY ",
        "names": "Ana Bel. ",
        "figures and words": "12 of 30 or 4.5 % ",
        "dates": "on 3 March 2026, ",
        "quotations": "“So,” he said. ",
        "opened quotations": "“",
        "opened brackets": "(",
        "opened braces": "[{",
        "points": ". ",
        "ellipses": "...",
        "dashes": "— ",
        "not": "not ",
        "lists": "* ferry\n",
        "nested lists": "- ",
        "nested quotes": "> ",
        "emphasis": "*a_",
        "links": "[a](b) ",
        "images": "![",
        "code": "`",
        "rows": "| a ",
        "reference": "[^1]: a\n\n",
        "paragraphs": f"{SENTENCE}\n\n",
        "hard wraps": "The town council of Brackenford voted on Tues-\nday to reopen the ferry across the river\n",
        "related": f"Read more\n\n{SENTENCE}\n\n",
        "related titles": "Related articles\n\nBridge reopens after flood\n\n",
        "comments": "Comments\n\n",
        "bylines": "By Ana Bel\n\n",
        "times": "3 March 2026 12:30\n\n",
        "captions": "A ferry. Photo: AP/Ana Bel\n\n",
        "datelines": "ROME, March 3 (AP) — A ferry sailed.\n\n",
        "marked comments": "// ]]>",
        "double encoding": "Ã©",
        "han": "渡轮。",
        "addresses": "a@b.c ",
        "controls": "\u200b",
        "joiners": "a\u0301",
    }
)
"""What a text may repeat."""

TAGS: Mapping[str, str] = MappingProxyType(
    {
        "opened tags": "<div>",
        "inline tags": "<b>",
        "closed tags": "</p>",
        "paragraph tags": f"<p>{SENTENCE}</p>",
        "links in tags": '<a href="/x">Ferry</a> ',
        "comments in tags": "<!--",
        "references": "&amp;",
        "less": "<",
        "tables": "<table><tr><td>a",
        "lists in tags": "<ul><li>a",
        "line breaks": "<br>",
        "scripts": "<script>",
        "headings": "<h2>Read more</h2><p>The ferry sails again.</p>",
        "figures in tags": "<figure><figcaption>A ferry</figcaption></figure>",
        "attributes": '<p class="a b">',
        "linked data": '<script type="application/ld+json">{"@type":"NewsArticle"}// ]]> </script>',
        "hidden": '<p style="display:none">a</p>',
    }
)
"""What markup may repeat."""

UNITS: Mapping[str, str] = MappingProxyType({**TEXTS, **TAGS})


def _json(**values: object) -> bytes:
    return json.dumps(values).encode()


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def _nitf(body: str) -> bytes:
    return f"<nitf><head><title>Ferry</title></head><body><body.content>{body}</body.content></body></nitf>".encode()


def _feed(items: str) -> bytes:
    return f"<rss><channel>{items}</channel></rss>".encode()


def _newsml(content: str) -> bytes:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><itemClass qcode="ninat:text"/></itemMeta>'
        f"<contentSet>{content}</contentSet></newsItem>"
    ).encode()


def _in_tags(text: str) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in _paragraphs(text))


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>Ferry</title>{head}</head><body>{body}</body></html>".encode()


DOCUMENTS: Mapping[Format, tuple[Callable[[str], bytes], ...]] = MappingProxyType(
    {
        Format.TEXT: (str.encode,),
        Format.MARKDOWN: (
            str.encode,
            lambda text: f"---\ntitle: Ferry\nnote: {json.dumps(text)}\n---\n{STORY}".encode(),
            lambda text: f"+++\ntitle = 'Ferry'\nnote = {json.dumps(text)}\n+++\n{STORY}".encode(),
        ),
        Format.HTML: (
            lambda text: _page(f"<article>{text}</article>"),
            lambda text: _page(
                f"<article>{_in_tags(STORY)}</article>", f'<script type="application/ld+json">{text}</script>'
            ),
            lambda text: _page(
                f"<article>{_in_tags(STORY)}</article>", f'<meta name="description" content="{escape(text)}">'
            ),
        ),
        Format.JSON: (
            lambda text: _json(headline="Ferry", body=text),
            lambda text: _json(headline=text, paragraphs=[STORY]),
        ),
        Format.NINJS: (
            lambda text: _json(uri="urn:a", type="text", headline="Ferry", body_html=text),
            lambda text: _json(uri="urn:a", type="text", headline=text, body_text=text),
        ),
        Format.ANS: (
            lambda text: _json(
                type="story",
                version="0.10.9",
                content_elements=[{"type": "text", "content": each} for each in _paragraphs(text)],
            ),
            lambda text: _json(
                type="story",
                version="0.10.9",
                headlines={"basic": text},
                content_elements=[{"type": "text", "content": STORY}],
            ),
        ),
        Format.SCHEMA_ORG: (
            lambda text: _json(**{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": text}),
        ),
        Format.WORDPRESS: (
            lambda text: _json(title={"rendered": "Ferry"}, content={"rendered": text}),
            lambda text: _json(title={"rendered": text}, content={"rendered": STORY}, excerpt={"rendered": text}),
        ),
        Format.GHOST: (
            lambda text: _json(posts=[{"title": "Ferry", "html": text}]),
            lambda text: _json(post={"current": {"title": text, "custom_excerpt": text, "html": STORY}}),
        ),
        Format.RSS: (
            lambda text: _feed(f"<item><title>Ferry</title><encoded>{escape(text)}</encoded></item>"),
            lambda text: _feed(f"<item><description>{escape(text)}</description><encoded>{STORY}</encoded></item>"),
            lambda text: _feed(f"<item>{_in_tags(text)}</item>"),
        ),
        Format.ATOM: (
            lambda text: (
                f"<feed><entry><content type='xhtml'><div>{_in_tags(text)}</div></content></entry></feed>".encode()
            ),
        ),
        Format.NITF: (lambda text: _nitf(_in_tags(text)), _nitf),
        Format.NEWSML_G2: (
            lambda text: _newsml(f"<inlineXML><html><body>{_in_tags(text)}</body></html></inlineXML>"),
            lambda text: _newsml(f"<inlineData contenttype='text/plain'>{escape(text)}</inlineData>"),
        ),
    }
)
"""How a text stands in a document of each format: as its body, and as something else that the document states."""

NAMES: Mapping[Format, str] = MappingProxyType(
    {
        Format.TEXT: "a.txt",
        Format.MARKDOWN: "a.md",
        Format.HTML: "a.html",
        Format.RSS: "a.xml",
        Format.ATOM: "a.xml",
        Format.NITF: "a.xml",
        Format.NEWSML_G2: "a.xml",
    }
)
"""Of a file of the format; the others are JSON."""
