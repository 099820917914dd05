"""Arc ANS: the Arc Native Specification, the JSON of Arc XP's stories (ans-schema 0.5 to 0.10, ``story.json``).

The body is the list ``content_elements``: whatever is no text stands in an element of its own, so there is no page to
be taken off. Only links and labels that were written as text, and datelines, are.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator

from standfirst.domain.errors import EmptyDocument, InvalidDocument
from standfirst.reading.boilerplate.datelines import without_marks
from standfirst.reading.embargo import embargo_among, failing_under
from standfirst.reading.formats.ans.elements import paragraphs_of
from standfirst.reading.formats.json_body import blocks_of_text, one_line, own_standfirst
from standfirst.reading.formats.json_validation import (
    BesideStory,
    StrictModel,
    expect_object,
    object_or_nothing,
    text_or_nothing,
    validated,
)
from standfirst.reading.kinds.labels import strings_in
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import embargo_end, embargo_of, normalize_timestamp

_NAME = "Arc ANS"
_STORY = "story"
_WITH_LINES = ("text", "header")

# The types that ans-schema has beside the story (``ans/<version>/*.json``).
_KINDS = {
    "image": "an image",
    "gallery": "a gallery",
    "video": "a video",
    "audio": "a sound file",
    "graphic": "a graphic",
    "collection": "a collection of stories",
    "redirect": "a redirect to another story",
    "results": "a list of search results",
    "author": "an author's profile",
    "reference": "a reference to another item",
}


class _Lines(StrictModel):
    basic: BesideStory = None
    native: BesideStory = None
    web: BesideStory = None


def _lines_or_nothing(value: object) -> object:
    """Returns the lines of a headline, which some write as one string."""
    return {"basic": value} if isinstance(value, str) else object_or_nothing(value)


class _Revision(StrictModel):
    revision_id: BesideStory = None


class _Item(StrictModel):
    type: BesideStory = None
    headlines: Annotated[_Lines | None, BeforeValidator(_lines_or_nothing)] = None
    subheadlines: Annotated[_Lines | None, BeforeValidator(_lines_or_nothing)] = None
    description: Annotated[_Lines | None, BeforeValidator(_lines_or_nothing)] = None
    language: BesideStory = None
    first_publish_date: BesideStory = None
    publish_date: BesideStory = None
    display_date: BesideStory = None
    revision: Annotated[_Revision | None, BeforeValidator(object_or_nothing)] = None
    # Elements are of some thirty types, of which a few are read: ``ans_elements`` looks at each by itself.
    content_elements: list[Any] | None = None


def read(source: Source) -> list[ParsedArticle]:
    """Returns the story of an ANS document.

    ``subheadlines.basic`` is the paper's own standfirst; ``description.basic``, a summary for search engines and lists,
    is taken where there is none, unless it is merely the body's first words. ``published_at`` is the first of
    ``first_publish_date``, ``publish_date`` (of this version) and ``display_date``. An active embargo without an
    ``end_time``, or with one that cannot be read, keeps applying (``trait_content_restrictions.json``). A field beside
    the elements that is of the wrong type says nothing.
    Raises InvalidDocument for broken JSON, for an element of the wrong type (naming it) and for anything but a story
    (saying what it is); EmptyDocument for a story without text, DocumentTooLarge for one beyond hope.
    """
    values = expect_object(source.json)
    embargo = _embargo(values)
    with failing_under(embargo):
        item = validated(_Item, values, _NAME)
        _refuse_other_types(item.type)
        if item.content_elements is None:
            raise InvalidDocument("The Arc ANS story has no body: 'content_elements' is missing.")
        found = paragraphs_of(item.content_elements)
        if not found:
            raise EmptyDocument("The Arc ANS story has no text: 'content_elements' holds none that is read.")
    headline = _line(item.headlines)
    paragraphs, standfirst = _apart(tuple(without_marks(found)), headline, item)
    article = ParsedArticle(
        paragraphs=paragraphs,
        headline=headline,
        standfirst=standfirst,
        language=item.language,
        published_at=normalize_timestamp(item.first_publish_date)
        or normalize_timestamp(item.publish_date)
        or normalize_timestamp(item.display_date),
        version=(item.revision.revision_id or None) if item.revision else None,
        embargoed_until=embargo,
        labels=tuple(_labels(values)),
        all_lines=tuple(_lines_of(item.content_elements)),
    )
    return [article]


def _labels(values: Mapping[str, object]) -> Iterator[str]:
    """Yields the subtype, the label and the primary section; the others list a story elsewhere, too."""
    yield from strings_in(values.get("subtype"))
    for holder, name in (("label", "basic"), ("taxonomy", "primary_section"), ("taxonomy", "primary_site")):
        if isinstance(held := values.get(holder), dict):
            yield from strings_in(held.get(name))


def _lines_of(elements: Sequence[object]) -> Iterator[str]:
    for element in elements:
        if not isinstance(element, dict):
            continue
        if element.get("type") in _WITH_LINES and isinstance(content := element.get("content"), str):
            yield from (block.text for block in blocks_of_text(content))
        elif isinstance(items := element.get("items"), list):
            yield from _lines_of([item for item in items if isinstance(item, dict) and "items" not in item])


def _refuse_other_types(kind: str | None) -> None:
    if kind in {None, _STORY}:
        return
    named = _KINDS.get(kind or "", "no story")
    raise InvalidDocument(f"This is {named} (Arc ANS type '{(kind or '')[:40]}'): it holds no text of a story.")


def _line(lines: _Lines | None) -> str | None:
    return one_line(lines.basic) or one_line(lines.native) or one_line(lines.web) if lines else None


def _apart(paragraphs: tuple[str, ...], headline: str | None, item: _Item) -> tuple[tuple[str, ...], str | None]:
    """Returns the body and the paper's own standfirst, which some print as the first paragraph, too."""
    stated = _line(item.subheadlines)
    if stated and len(paragraphs) > 1 and stated.casefold() == paragraphs[0].casefold():
        return paragraphs[1:], stated
    return paragraphs, own_standfirst((stated, _line(item.description)), headline, paragraphs)


def _embargo(values: Mapping[str, object]) -> str | None:
    restrictions = values.get("content_restrictions")
    restrictions = restrictions if isinstance(restrictions, dict) else {}
    embargo = restrictions.get("embargo")
    if not isinstance(embargo, dict):
        return embargo_among({**values, **restrictions})
    if embargo_of(embargo.get("active")):
        return embargo_end(text_or_nothing(embargo.get("end_time")))
    return embargo_among(values)
