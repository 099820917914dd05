"""What a reader of one format returns: the article as the document states it, before our own limits and overrides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """Paragraphs in order and what the document states about them; None where it states nothing.

    ``language`` is what the document says, unchecked. ``published_at`` and ``embargoed_until`` are RFC 3339 text,
    ``version`` is the provider's own. ``part`` names the item in a format that can hold several, ``is_listed`` says
    that it is one of a list of the latest articles. ``lines`` are the body's lines before any of them was left out,
    where the reader knows them. ``partial`` is how the document shows that the paragraphs are not the whole article.
    ``labels`` are what the document calls its kind: types, genres and sections, the most exact first. ``all_lines`` are
    the body's lines by which its kind is known, headings and figures with them, where ``lines`` does not have them.
    """

    paragraphs: tuple[str, ...]
    headline: str | None = None
    standfirst: str | None = None
    language: str | None = None
    published_at: str | None = None
    version: str | None = None
    embargoed_until: str | None = None
    part: str | None = None
    lines: tuple[str, ...] = ()
    partial: str | None = None
    is_listed: bool = False
    labels: tuple[str, ...] = ()
    all_lines: tuple[str, ...] = ()
