"""One article in each format that is read (docs/formats.md), no more in it than a plain document of it has."""

import gzip
import json
from collections.abc import Mapping, Sequence
from html import escape

Documents = Mapping[str, tuple[str, bytes]]
"""By format: the suffix of the document's name, and its content."""


def documents_of(headline: str, paragraphs: Sequence[str]) -> Documents:
    """Returns the article in each format."""
    text = "\n\n".join(paragraphs)
    marked = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    plain = text.encode()
    return {
        "text": (".txt", plain),
        "text, gzip": (".txt.gz", gzip.compress(plain)),
        "Markdown": (".md", f"# {headline}\n\n{text}\n".encode()),
        "HTML": (".html", _page(headline, marked)),
        "ninjs": (".json", _json({**_NINJS, "headlines": [{"value": headline}], "bodies": [{"value": marked}]})),
        "Arc ANS": (".json", _json(_ans(headline, paragraphs))),
        "schema.org": (".json", _json({**_SCHEMA_ORG, "headline": headline, "articleBody": text})),
        "plain JSON": (".json", _json({"headline": headline, "text": text, "language": "en"})),
        "NITF": (".xml", f"{_XML}{_nitf(headline, marked)}".encode()),
        "NewsML-G2": (".xml", f"{_XML}{_news_item(headline, marked)}".encode()),
    }


_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_NINJS = {"uri": "https://news.example/1", "type": "text", "standard": {"name": "ninjs", "version": "3.0"}}
_SCHEMA_ORG = {"@context": "https://schema.org", "@type": "NewsArticle", "inLanguage": "en"}


def _json(told: Mapping[str, object]) -> bytes:
    return json.dumps(told).encode()


def _page(headline: str, marked: str) -> bytes:
    head = f'<meta charset="utf-8"><title>{escape(headline)}</title>'
    links = "".join(f'<a href="/{name.lower()}">{name}</a>' for name in ("News", "Sport", "Culture", "Weather"))
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><nav>{links}</nav><main><article>'
        f"<h1>{escape(headline)}</h1>{marked}</article></main><footer>{links}</footer></body></html>"
    ).encode()


def _ans(headline: str, paragraphs: Sequence[str]) -> Mapping[str, object]:
    elements = [{"type": "text", "content": escape(paragraph)} for paragraph in paragraphs]
    return {
        "type": "story",
        "version": "0.10.9",
        "language": "en",
        "headlines": {"basic": headline},
        "content_elements": elements,
    }


def _nitf(headline: str, marked: str) -> str:
    head = f"<body.head><hedline><hl1>{escape(headline)}</hl1></hedline></body.head>"
    return f"<nitf><body>{head}<body.content>{marked}</body.content></body></nitf>"


def _news_item(headline: str, marked: str) -> str:
    meta = f"<contentMeta><headline>{escape(headline)}</headline><language tag='en'/></contentMeta>"
    body = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{marked}</body></html>"
    content = f"<contentSet><inlineXML contenttype='application/xhtml+xml'>{body}</inlineXML></contentSet>"
    name = "xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:news.example:1' version='1'"
    return f"<newsItem {name}><itemMeta><itemClass qcode='ninat:text'/></itemMeta>{meta}{content}</newsItem>"
