"""ninjs 1.x, 2.x and 3.x: the news item of the IPTC in JSON (ninjs-schema_1.0.json to ninjs-schema_3.3.json).

1.x names its texts by what is behind the underscore (``headline_main``, ``body_html``, ``description_summary``), 2.x
and 3.x keep them in lists of ``{role, contenttype, value}``; 3.x writes its names in camel case. Roles are the
provider's own words, so what they mean is judged in ``ninjs_texts.py``. ``associations`` are pictures and other
articles: never read.
"""

import re
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, ConfigDict, Field

from standfirst.domain.errors import ArticleKilled, EmptyDocument, InvalidDocument
from standfirst.reading.embargo import embargo_among, failing_under
from standfirst.reading.formats.json_validation import (
    BesideStory,
    StrictModel,
    expect_object,
    refuse_many,
    text_or_nothing,
    validated,
    wrong_type,
)
from standfirst.reading.formats.ninjs.roles import (
    NamedText,
    body_of,
    descriptions_of,
    headline_of,
    standfirsts_of,
    text_of,
)
from standfirst.reading.kinds.labels import labels_in
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE, normalize_timestamp

_NAME = "ninjs"
_MOST_TEXTS = 20
"""Headlines, descriptions or bodies; real items have up to five of each."""

_LABELS = ("genre", "genres", "profile")

# newsObjectType of ninjs-schema_3.1.json, as people say it.
_KINDS = {
    "picture": "a photo item",
    "graphic": "a graphic item",
    "video": "a video item",
    "audio": "an audio item",
    "composite": "a composite item",
    "component": "a component of another item",
    "event": "an event item",
    "planning": "a planning item",
}


class _Text(StrictModel):
    role: BesideStory = None
    content_type: BesideStory = Field(None, validation_alias=AliasChoices("contentType", "contenttype"))
    value: str


def _texts_or_nothing(values: object) -> list[object]:
    """Returns those of ``values`` that are texts: what else stands in a list of headlines says nothing."""
    listed = values if isinstance(values, list) else []
    return [each for each in listed if isinstance(each, dict) and isinstance(each.get("value"), str)]


_TextsBesideStory = Annotated[list[_Text], BeforeValidator(_texts_or_nothing)]


class _Item(StrictModel):
    # The fields of 1.x that are named by a pattern arrive as extra ones.
    model_config = ConfigDict(strict=True, extra="allow", hide_input_in_errors=True)

    type: BesideStory = None
    language: BesideStory = None
    version: BesideStory = None
    published: BesideStory = Field(None, validation_alias=AliasChoices("firstPublished", "firstpublished", "published"))
    version_created: BesideStory = Field(None, validation_alias=AliasChoices("versionCreated", "versioncreated"))
    first_created: BesideStory = Field(None, validation_alias=AliasChoices("firstCreated", "firstcreated"))
    status: Any = Field(None, validation_alias=AliasChoices("pubStatus", "pubstatus"))
    headline: BesideStory = None
    headlines: _TextsBesideStory = Field(default_factory=list)
    descriptions: _TextsBesideStory = Field(default_factory=list)
    bodies: list[_Text] | None = None


def read(source: Source) -> list[ParsedArticle]:
    """Returns the article of a ninjs item.

    ``published_at`` is the provider's own ``firstpublished``, where there is one, else ``versioncreated``: a wire item
    goes out when its version is made, and this version is what was read; ``firstcreated`` dates a text that may have
    said something else, and counts only when nothing else is stated.
    An embargo whose date cannot be read lasts until further notice, and so does one of an item whose ``pubstatus`` is
    no text. Any other field beside the body that is of the wrong type says nothing.
    Raises ArticleKilled for an item that is withheld or canceled (``pubstatus``); InvalidDocument for broken JSON, for
    a body of the wrong type (naming it) and for an item without text, saying what it is; EmptyDocument for an empty
    body, DocumentTooLarge for one beyond hope.
    """
    values = expect_object(source.json)
    embargo = embargo_among(values)
    with failing_under(embargo):
        item = validated(_Item, values, _NAME)
    _refuse_unpublishable(item)
    if item.status is not None and not isinstance(item.status, str):
        embargo = UNTIL_FURTHER_NOTICE
    with failing_under(embargo):
        return [_article(item, values, embargo)]


def _article(item: _Item, values: dict[str, object], embargo: str | None) -> ParsedArticle:
    headlines = _texts(item, item.headlines, "headline")
    if item.headline:
        headlines.insert(0, NamedText("headline", None, item.headline))
    descriptions = _texts(item, item.descriptions, "description")
    headline = headline_of(headlines)
    page = body_of(
        _texts(item, item.bodies, "body") or _text_of_description(item, descriptions),
        headline,
        [*standfirsts_of(headlines), *standfirsts_of(descriptions)],
        descriptions_of(descriptions),
    )
    if page is None:
        raise _without_text(item, values)
    if not page.paragraphs:
        raise EmptyDocument("The body of the ninjs is empty.")
    return ParsedArticle(
        paragraphs=page.paragraphs,
        headline=page.headline,
        standfirst=page.standfirst,
        language=item.language,
        published_at=_published(item),
        version=item.version or None,
        embargoed_until=embargo,
        labels=labels_in(values, _LABELS),
        lines=page.lines,
    )


def _texts(item: _Item, listed: list[_Text] | None, prefix: str) -> list[NamedText]:
    """Returns the texts of 2.x and 3.x, then those of 1.x, whose names begin with ``prefix``."""
    texts = [NamedText(text.role, text.content_type, text.value) for text in listed or ()]
    for name, value in (item.model_extra or {}).items():
        if not name.startswith(f"{prefix}_") or value is None:
            continue
        if prefix == "body" and not isinstance(value, str):
            raise wrong_type(name, "a string", value, _NAME)
        if (text := text_or_nothing(value)) is not None:
            texts.append(NamedText(name.removeprefix(f"{prefix}_"), None, text))
    refuse_many(len(texts), _MOST_TEXTS, f"texts of the kind '{prefix}'", _NAME)
    return texts


def _text_of_description(item: _Item, descriptions: list[NamedText]) -> list[NamedText]:
    """Returns the description as the text of a flash that has no body; that of a picture is a caption."""
    text = text_of(descriptions) if item.type in {None, "text"} else None
    return [text] if text else []


def _refuse_unpublishable(item: _Item) -> None:
    """Raises ArticleKilled for ``withheld`` and ``canceled`` items (IPTC NewsCodes pubstatusg2)."""
    # Some write the whole code: ``stat:canceled``, or its address in the NewsCodes.
    status = re.split("[:/#]", item.status.strip().lower())[-1] if isinstance(item.status, str) else ""
    if status in {"canceled", "cancelled"}:
        raise ArticleKilled("The item was canceled by its provider (ninjs pubstatus 'canceled').")
    if status == "withheld":
        raise ArticleKilled(
            "The item is withheld by its provider (ninjs pubstatus 'withheld'): it is not published until a usable "
            "version arrives."
        )


def _published(item: _Item) -> str | None:
    return (
        normalize_timestamp(item.published)
        or normalize_timestamp(item.version_created)
        or normalize_timestamp(item.first_created)
    )


def _without_text(item: _Item, values: dict[str, object]) -> InvalidDocument:
    """Returns what the item is, when it holds no body."""
    kind = _KINDS.get((item.type or "").lower())
    if not kind:
        return InvalidDocument("The ninjs has no body: 'bodies', or a field such as 'body_text' in 1.x, is needed.")
    associated = values.get("associations")
    parts = len(associated) if isinstance(associated, dict | list) else 0
    refers = f"; it refers to {parts} other item{'s'[: parts != 1]}" if parts else ""
    return InvalidDocument(f"This is {kind} (ninjs type '{item.type}'): it holds no text{refers}.")
