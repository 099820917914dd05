"""A summary as JSON-LD: a schema.org NewsArticle (https://schema.org/NewsArticle)."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from standfirst.domain.ai_disclosure import COMPOSITE_WITH_TRAINED, HUMAN_EDITS
from standfirst.domain.record import Record, Status
from standfirst.domain.schema import Schema, rfc3339

_CREDIT = Field(
    description="Who wrote the two texts, and who checked them.",
    examples=["Standfirst and summary written by gpt-5.6-luna, checked against the article."],
)


class _LinkedData(Schema):
    model_config = ConfigDict(serialize_by_alias=True)


class MadeText(_LinkedData):
    """The two texts as a work of their own: what wrote them did not write the article."""

    type: Annotated[
        Literal["CreativeWork"],
        Field(alias="@type", description="The schema.org type.", examples=["CreativeWork"]),
    ] = "CreativeWork"
    name: Annotated[
        Literal["Standfirst and summary"],
        Field(description="What the work is.", examples=["Standfirst and summary"]),
    ] = "Standfirst and summary"
    creditText: Annotated[str, _CREDIT]  # noqa: N815 - schema.org's name
    digitalSourceType: Annotated[  # noqa: N815
        str | None,
        Field(
            description="IPTC's code for how the texts were made.",
            examples=["http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"],
        ),
    ]


class NewsArticle(_LinkedData):
    """A summary as a schema.org NewsArticle, without the article's body."""

    context: Annotated[
        Literal["https://schema.org"],
        Field(alias="@context", description="The JSON-LD context.", examples=["https://schema.org"]),
    ] = "https://schema.org"
    type: Annotated[
        Literal["NewsArticle"], Field(alias="@type", description="The schema.org type.", examples=["NewsArticle"])
    ] = "NewsArticle"
    identifier: Annotated[str, Field(description="The article's id.", examples=["politics/ferry.txt"])]
    headline: Annotated[
        str | None,
        Field(description="The article's headline.", examples=["Ferry across the Sele to return in June"]),
    ]
    alternativeHeadline: Annotated[  # noqa: N815
        str | None, Field(description="The standfirst.", examples=["The ferry is back in June."])
    ]
    abstract: Annotated[
        str | None,
        Field(description="The summary.", examples=["The ferry across the Sele will return in June."]),
    ]
    inLanguage: Annotated[str, Field(description="The language (BCP 47).", examples=["en"])]  # noqa: N815
    datePublished: Annotated[  # noqa: N815
        str | None,
        Field(description="When the article was published, as it says itself.", examples=["2026-03-03T09:00:00Z"]),
    ]
    dateModified: Annotated[  # noqa: N815
        str, Field(description="When the summary was last changed.", examples=["2026-03-03T10:14:00.000Z"])
    ]
    creativeWorkStatus: Annotated[  # noqa: N815
        Status, Field(description="The status of the summary.", examples=["approved"])
    ]
    creditText: Annotated[str | None, _CREDIT]  # noqa: N815
    hasPart: Annotated[MadeText | None, Field(description="The standfirst and the summary as a work.")]  # noqa: N815


_MARKUP = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def script_text(article: NewsArticle) -> str:
    """Returns ``article`` as JSON that can stand in a page's ``script`` element: no text of it ends or opens one.

    Source: HTML Living Standard, section 4.12.1.3, "Restrictions for contents of script elements".
    """
    return article.model_dump_json().translate(_MARKUP)


def news_article(record: Record) -> NewsArticle:
    """Returns ``record`` as a NewsArticle."""
    credit = _credit(record)
    return NewsArticle(
        identifier=record.article_id,
        headline=record.headline,
        alternativeHeadline=record.texts.as_one("standfirst") or None,
        abstract=record.texts.as_one("summary") or None,
        inLanguage=record.language,
        datePublished=record.article.published_at,
        dateModified=rfc3339(record.updated_at),
        creativeWorkStatus=record.status,
        creditText=credit,
        hasPart=MadeText(creditText=credit, digitalSourceType=record.digital_source_type) if credit else None,
    )


def _credit(record: Record) -> str | None:
    if record.made_by is None:
        return None
    maker, kind = record.made_by.model, record.digital_source_type
    made = f"Standfirst and summary written by {maker}" if maker else "Standfirst and summary: sentences of the article"
    # An editor may have overruled what was found.
    checked = "" if record.review and record.review.overruled else "checked against the article"
    edited = "edited by a person" if kind in {HUMAN_EDITS, COMPOSITE_WITH_TRAINED} else ""
    approved = "approved by a person" if record.status is Status.APPROVED else ""
    return ", ".join(filter(None, [made, edited, checked, approved])) + "."
