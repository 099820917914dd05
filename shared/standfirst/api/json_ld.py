"""A summary as schema.org has it (https://schema.org/NewsArticle), for whoever reads linked data."""

from typing import Literal

from pydantic import ConfigDict, Field

from standfirst.domain.record import COMPOSITE_WITH_TRAINED, HUMAN_EDITS, Record, Schema, Status, rfc3339

LD_JSON = "application/ld+json"


class _LinkedData(Schema):
    model_config = ConfigDict(serialize_by_alias=True)


class MadeText(_LinkedData):
    """The texts that stand beside the article, apart from it: what made them did not make the article.

    ``digitalSourceType`` is IPTC's code.
    """

    type: Literal["CreativeWork"] = Field(default="CreativeWork", alias="@type")
    name: Literal["Standfirst and summary"] = "Standfirst and summary"
    creditText: str  # noqa: N815 - schema.org's name
    digitalSourceType: str | None  # noqa: N815


class NewsArticle(_LinkedData):
    """The standfirst as ``alternativeHeadline`` and the summary as ``abstract``, without the article's body."""

    context: Literal["https://schema.org"] = Field(default="https://schema.org", alias="@context")
    type: Literal["NewsArticle"] = Field(default="NewsArticle", alias="@type")
    identifier: str
    headline: str | None
    alternativeHeadline: str | None  # noqa: N815
    abstract: str | None
    inLanguage: str  # noqa: N815
    datePublished: str | None  # noqa: N815
    dateModified: str  # noqa: N815
    creativeWorkStatus: Status  # noqa: N815
    creditText: str | None  # noqa: N815
    hasPart: MadeText | None  # noqa: N815


def news_article(record: Record) -> NewsArticle:
    """``record`` as linked data."""
    credit = _credit(record)
    return NewsArticle(
        identifier=record.article_id,
        headline=record.headline,
        alternativeHeadline=record.standfirst or None,
        abstract=record.summary or None,
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
