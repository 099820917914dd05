"""WordPress: a post of its REST API, or a list of them (developer.wordpress.org/rest-api/reference/posts)."""

from collections.abc import Mapping

from standfirst.domain.article import UnreadPart
from standfirst.domain.errors import ArticleKilled, InvalidDocument
from standfirst.reading.formats.posts import Post, read_posts, text_of
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

_NAME = "WordPress post"


def read(source: Source) -> list[ParsedArticle | UnreadPart]:
    """Returns the article of each post, whose ``part`` is the post's ``id``.

    Title, body and excerpt are ``rendered``, else ``raw``. ``modified_gmt`` is the version. A post under a password is
    withdrawn, as one is that is private or in the trash. Raises InvalidDocument for broken JSON.
    """
    values = source.json
    posts = values if isinstance(values, list) else [values]
    return read_posts((post for post in posts if isinstance(post, dict)), _post, is_list=isinstance(values, list))


def _post(values: Mapping[str, object]) -> Post:
    if values.get("type") == "attachment":
        raise InvalidDocument("This is a WordPress attachment: it holds no text of an article.")
    content = values.get("content")
    if isinstance(content, dict) and content.get("protected") is True:
        raise ArticleKilled("The WordPress post is not for the public: it is protected by a password.")
    return Post(
        _NAME,
        _rendered(values, "content"),
        part=text_of(values, "id"),
        headline=_rendered(values, "title"),
        excerpt=_rendered(values, "excerpt"),
        language=text_of(values, "lang", "language"),
        published=_timestamp(values, "date"),
        modified=_timestamp(values, "modified"),
        status=text_of(values, "status"),
    )


def _rendered(values: Mapping[str, object], name: str) -> str | None:
    field = values.get(name)
    if not isinstance(field, dict):
        return None
    empty = "" if "rendered" in field or "raw" in field else None
    return text_of(field, "rendered", "raw") or empty


def _timestamp(values: Mapping[str, object], name: str) -> str | None:
    """Returns ``date_gmt``, which is written without its zone, else ``date``, in the site's own."""
    if stated := text_of(values, f"{name}_gmt"):
        return stated if stated.endswith("Z") else f"{stated}Z"
    return text_of(values, name)
