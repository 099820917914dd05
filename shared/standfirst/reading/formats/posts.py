"""Posts of a content system, of which each says whether it is published: WordPress and Ghost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from standfirst.domain.article import UnreadPart
from standfirst.domain.errors import ArticleKilled, EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.embargo import embargo_among, failing_under
from standfirst.reading.formats.json_body import blocks_of_text, one_line, read_body
from standfirst.reading.formats.json_validation import refuse_many
from standfirst.reading.formats.parts import with_distinct_parts
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE, embargo_end, normalize_timestamp

_MOST_POSTS = 200
"""In one document; both systems send at most a hundred at once."""

_PUBLISHED = frozenset({"publish", "published", "sent"})
_SCHEDULED = frozenset({"future", "scheduled"})
_WITHDRAWN = frozenset({"private", "trash"})


@dataclass(frozen=True, slots=True)
class Post:
    """What a post states. ``standfirst`` is its editor's, ``excerpt`` may be merely the first words of the body.

    ``published`` is also when a scheduled post will be. ``body`` is None where the post has no such field.
    """

    name: str
    body: str | None
    part: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    excerpt: str | None = None
    language: str | None = None
    published: str | None = None
    modified: str | None = None
    status: str | None = None


def read_posts(
    posts: Iterable[Mapping[str, object]], read: Callable[[Mapping[str, object]], Post], *, is_list: bool
) -> list[ParsedArticle | UnreadPart]:
    """Returns the article of each of ``posts``, or why it cannot be read; raises DocumentTooLarge for very many.

    ``is_list`` says that they are a list of the latest ones.
    """
    posts = list(posts)
    refuse_many(len(posts), _MOST_POSTS, "posts", "JSON")
    return with_distinct_parts([_article_or_failure(values, read, is_list) for values in posts])


def _article_or_failure(
    values: Mapping[str, object],
    read: Callable[[Mapping[str, object]], Post],
    is_listed: bool,  # noqa: FBT001 - carried along
) -> ParsedArticle | UnreadPart:
    part = text_of(values, "id")
    embargo = embargo_among(values)
    try:
        with failing_under(embargo):
            article = _article(read(values))
        return replace(article, is_listed=is_listed, embargoed_until=article.embargoed_until or embargo)
    except ReadingError as error:
        return UnreadPart(part, error, is_listed)


def _article(post: Post) -> ParsedArticle:
    """Returns the article of ``post``.

    Raises ArticleKilled as ``embargo_of_status``, InvalidDocument for one without a body, EmptyDocument.
    """
    embargo = embargo_of_status(post.name, post.status, post.published)
    if post.body is None:
        raise InvalidDocument(f"The {post.name} has no body.").under_embargo(embargo)
    headline = one_line(post.headline)
    page = read_body(blocks_of_text(post.body), headline, [post.standfirst], [post.excerpt])
    if not page.paragraphs:
        raise EmptyDocument(f"The body of the {post.name} is empty.").under_embargo(embargo)
    return ParsedArticle(
        paragraphs=page.paragraphs,
        headline=page.headline,
        standfirst=page.standfirst,
        lines=page.lines,
        language=post.language,
        published_at=normalize_timestamp(post.published),
        version=post.modified,
        embargoed_until=embargo,
        part=post.part,
    )


def embargo_of_status(name: str, status: str | None, published: str | None) -> str | None:
    """Returns the end of the embargo on a post with ``status``; None for one that is published, or does not say.

    A scheduled post is held back until it is ``published``, any other without an end: content systems have drafts, and
    newsrooms add steps before publication with names of their own. Raises ArticleKilled for one that is private or in
    the trash.
    """
    status = (status or "").strip().lower()
    if status in _WITHDRAWN:
        raise ArticleKilled(f"The {name} is not for the public (status '{status}').")
    if status in _SCHEDULED:
        return embargo_end(published)
    return None if not status or status in _PUBLISHED else UNTIL_FURTHER_NOTICE


def text_of(values: Mapping[str, object], *names: str) -> str | None:
    """Returns the first of the fields ``names`` that holds a text or a number, as text; None without one."""
    for name in names:
        value = values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            return value
    return None
