"""Ghost: posts of its Content and Admin API, or the post of a webhook (docs.ghost.org/content-api, /webhooks)."""

from collections.abc import Mapping

from standfirst.domain.article import UnreadPart
from standfirst.domain.errors import ArticleKilled, InvalidDocument
from standfirst.reading.formats.json_validation import expect_object, json_name
from standfirst.reading.formats.posts import Post, read_posts, text_of
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

_NAME = "Ghost post"


def read(source: Source) -> list[ParsedArticle | UnreadPart]:
    """Returns the article of each post or page, whose ``part`` is its ``id``.

    The standfirst is ``custom_excerpt``, else ``excerpt`` where that is not merely the body's first words;
    ``updated_at`` is the version. A webhook that has no ``current`` post says that it was deleted.
    Raises InvalidDocument for broken JSON and for a list without a post.
    """
    values = expect_object(source.json)
    listed = [post for name in ("posts", "pages") for post in _dicts(values.get(name))]
    sent = [_current(event) for name in ("post", "page") for event in _dicts([values.get(name)])]
    if not listed and not sent:
        raise InvalidDocument("The Ghost JSON holds no posts.")
    return read_posts([*listed, *sent], _post, is_list=bool(listed))


def _dicts(values: object) -> list[dict[str, object]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _current(event: Mapping[str, object]) -> dict[str, object]:
    """Returns the post of a webhook as it is now; of a deleted one its name alone, marked as deleted."""
    current, previous = event.get("current"), event.get("previous")
    if isinstance(current, dict) and current:
        return current
    if "current" in event or "previous" in event:
        return {"id": previous.get("id") if isinstance(previous, dict) else None, "status": "deleted"}
    return dict(event)


def _post(values: Mapping[str, object]) -> Post:
    if values.get("status") == "deleted":
        raise ArticleKilled("The Ghost post was deleted.")
    if values.get("access") is False:
        raise InvalidDocument(
            f"The {_NAME} is for members, and only its preview was sent: send it as the Admin API has it."
        )
    html = values.get("html")
    if html is not None and not isinstance(html, str):
        raise InvalidDocument(f"The field 'html' of the {_NAME} must be a string, not {json_name(html)}.")
    return Post(
        _NAME,
        text_of(values, "html", "plaintext") or html,
        part=text_of(values, "id"),
        headline=text_of(values, "title"),
        standfirst=text_of(values, "custom_excerpt"),
        excerpt=text_of(values, "excerpt"),
        language=text_of(values, "locale"),
        published=text_of(values, "published_at"),
        modified=text_of(values, "updated_at"),
        status=text_of(values, "status"),
    )
