"""Moments, in whichever form and format they are written: what is served of them is RFC 3339."""

import json
import re

import pytest

from builders import STORY
from standfirst.domain.article import Document
from standfirst.reading.document import read_document
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

RFC_3339 = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]"
    r"(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?"
)
"""``full-date`` or ``date-time`` of RFC 3339, section 5.6; the offset is missing where the article has none."""

READ = {
    "2026-03-03T10:15:00Z": "2026-03-03T10:15:00Z",
    "20260303T101500Z": "2026-03-03T10:15:00Z",
    "20260303T101500+0100": "2026-03-03T10:15:00+01:00",
    "2026-W10-2": "2026-03-03",
    "2026-W10-2T10:15:00Z": "2026-03-03T10:15:00Z",
    "2026-03-03": "2026-03-03",
    "20260303": "2026-03-03",
    "2026-03-03 10:15": "2026-03-03T10:15:00",
    "2026-03-03T10:15Z": "2026-03-03T10:15:00Z",
    "2026-03-03T10:15:00,5Z": "2026-03-03T10:15:00.500000Z",
    "2026-03-03T10:15:00.123456789Z": "2026-03-03T10:15:00.123456789Z",
    "2026-03-03T10:15:00+01": "2026-03-03T10:15:00+01:00",
    "2026-03-03T10:15:00+01:00:30": "2026-03-03T09:14:30Z",
}
"""What is served for each form."""

MAYBE = ["2026-03-03T24:00:00Z", "2026-03-03T23:59:60Z", "2026-03-03T10:15:00-00:00", "9999-12-31T23:59:59-23:59:59"]
"""What one release of Python reads and another does not."""

NEVER = ["2026", "2026-03", "1772532900", "\u0662\u0660\u0662\u0666-03-03T10:15:00Z", "soon", "31/12/2026"]
"""What is no date: it is served as none."""

PARAGRAPHS = STORY.split("\n\n")
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def as_document(name: str, content: object) -> Document:
    """Content as text, or as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    return Document(name=name, content=text.encode())


FORMATS = {
    "plain JSON": lambda moment: as_document("a.json", {"headline": "H", "text": STORY, "published_at": moment}),
    "ninjs": lambda moment: as_document(
        "a.json", {"uri": "u", "type": "text", "versioncreated": moment, "embargoed": moment, "body_text": STORY}
    ),
    "ANS": lambda moment: as_document(
        "a.json",
        {
            "type": "story",
            "version": "0.10.7",
            "first_publish_date": moment,
            "headlines": {"basic": "H"},
            "content_elements": [{"type": "text", "content": paragraph} for paragraph in PARAGRAPHS],
        },
    ),
    "linked data": lambda moment: as_document(
        "a.json",
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "H",
            "articleBody": STORY,
            "datePublished": moment,
        },
    ),
    "HTML": lambda moment: as_document(
        "a.html",
        f'<html><head><meta property="article:published_time" content="{moment}"></head>'
        f"<body><article><h1>H</h1>{HTML}</article></body></html>",
    ),
    "front matter": lambda moment: as_document("a.md", f'---\npublished_at: "{moment}"\n---\n# H\n\n{STORY}'),
    "NITF": lambda moment: as_document(
        "a.xml",
        f'<nitf><head><docdata management-status="embargoed"><date.issue norm="{moment}"/>'
        f'<date.release norm="{moment}"/></docdata>'
        f"</head><body><body.content>{HTML}</body.content></body></nitf>",
    ),
    "NewsML-G2": lambda moment: as_document(
        "a.xml",
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g" version="1"><itemMeta>'
        f"<versionCreated>{moment}</versionCreated><embargoed>{moment}</embargoed></itemMeta><contentSet>"
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<body>{HTML}</body></html></inlineXML></contentSet></newsItem>",
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_moment_of_an_article_is_rfc_3339(name: str) -> None:
    """Whichever form of ISO 8601 it is written in; an embargo whose end is not readable has none."""
    for moment in [*READ, *MAYBE, *NEVER]:
        [article] = read_document(FORMATS[name](moment))
        published, embargoed = article.published_at, article.embargoed_until
        served = [each for each in (published, embargoed) if each is not None]

        assert all(RFC_3339.fullmatch(each) for each in served), (moment, served)
        if moment in READ:
            assert published == READ[moment]
        if moment in NEVER:
            assert published is None
        assert embargoed in {None, published, UNTIL_FURTHER_NOTICE}
