"""Posts of WordPress and Ghost: one or a list of them, published or not."""

import json
from collections.abc import Callable

import pytest

from standfirst.domain.article import Article, Document, UnreadPart
from standfirst.domain.errors import ArticleKilled, DocumentTooLarge, EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.document import read_document
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

Read = Callable[..., Article]

FIRST = "The ferry between Dunmere and the island of Sall will run again from Monday, the port authority said."
SECOND = "It had lain in the yard since a winter storm tore off part of its bow door in January."
EXCERPT = "After nine weeks in the yard the island’s only link to the mainland is repaired."
BODY = (
    f"\n<p class='lead'>{FIRST}</p>\n<figure class='wp-block-image kg-card'><img src='f.jpg' alt='The ferry'/>"
    f"<figcaption>The ferry in the yard.</figcaption></figure>\n<p>{SECOND}</p>\n"
)
GMT, LATER = "2026-05-02T09:00:00", "2026-05-02T11:30:00"


def wordpress(**fields: object) -> dict[str, object]:
    """A published post as ``/wp-json/wp/v2/posts/7`` gives it, and whatever else is said."""
    values: dict[str, object] = {
        "id": 7,
        "date": "2026-05-02T10:00:00",
        "date_gmt": GMT,
        "modified_gmt": LATER,
        "slug": "ferry",
        "status": "publish",
        "type": "post",
        "link": "https://paper.example/ferry",
        "title": {"rendered": "Ferry to Sall runs again &#8211; at last"},
        "content": {"rendered": BODY, "protected": False},
        "excerpt": {"rendered": f"<p>{EXCERPT}</p>\n", "protected": False},
    }
    return values | fields


def ghost(**fields: object) -> dict[str, object]:
    """A published post as the APIs of Ghost give it, and whatever else is said."""
    values: dict[str, object] = {
        "id": "5ddc9141c35e7700383b2937",
        "uuid": "a5aa9bd8-ea31-415c-b452-3040dae1e730",
        "title": "Ferry to Sall runs again – at last",
        "slug": "ferry",
        "html": BODY,
        "custom_excerpt": EXCERPT,
        "excerpt": EXCERPT,
        "status": "published",
        "visibility": "public",
        "published_at": f"{GMT}.000Z",
        "updated_at": f"{LATER}.000Z",
    }
    return values | fields


def in_posts(post: dict[str, object]) -> dict[str, object]:
    """Returns what the Content API answers."""
    return {"posts": [post], "meta": {"pagination": {"page": 1}}}


def in_webhook(post: dict[str, object]) -> dict[str, object]:
    """Returns what a webhook sends."""
    return {"post": {"current": post, "previous": {"updated_at": "2026-05-01T08:00:00.000Z"}}}


FORMS = pytest.mark.parametrize(
    ("post", "wrapped"),
    [(wordpress, dict), (wordpress, lambda post: [post]), (ghost, in_posts), (ghost, in_webhook)],
    ids=["WordPress", "WordPress list", "Ghost", "Ghost webhook"],
)
Post = Callable[..., dict[str, object]]
Wrapped = Callable[[dict[str, object]], object]


@FORMS
def test_every_form_tells_the_same_story(read: Read, post: Post, wrapped: Wrapped) -> None:
    """The body is HTML without what stands in its figures."""
    article = read(json.dumps(wrapped(post())), name="post.json")

    assert article.format == post.__name__
    assert article.headline == "Ferry to Sall runs again – at last"
    assert article.standfirst == EXCERPT
    assert article.paragraphs == (FIRST, SECOND)
    assert (article.published_at or "").startswith(GMT)
    assert (article.published_at or "").endswith("Z")
    assert (article.version or "").startswith(LATER)
    assert article.embargoed_until is None
    assert article.part == str(post()["id"])


@pytest.mark.parametrize(
    "document",
    [
        wordpress(excerpt={"rendered": f"<p>{FIRST[:60]} [&hellip;]</p>"}),
        wordpress(excerpt={"rendered": f"<p>{FIRST[:60]}&hellip; <a href='/ferry'>Continue reading</a></p>"}),
        wordpress(excerpt={"rendered": ""}),
        wordpress(excerpt="none"),
        in_posts(ghost(custom_excerpt=None, excerpt=f"{FIRST} {SECOND[:30]}")),
    ],
    ids=["cut", "with a link", "empty", "no object", "Ghost's own"],
)
def test_an_excerpt_cut_from_the_body_is_no_standfirst(read: Read, document: object) -> None:
    """Both systems make one where the editor wrote none."""
    assert read(json.dumps(document), name="post.json").standfirst is None


@pytest.mark.parametrize(
    ("document", "until"),
    [
        (wordpress(status="draft"), UNTIL_FURTHER_NOTICE),
        (wordpress(status="pending"), UNTIL_FURTHER_NOTICE),
        (wordpress(status="Draft"), UNTIL_FURTHER_NOTICE),
        (wordpress(status="in-progress"), UNTIL_FURTHER_NOTICE),
        (wordpress(status="inherit", type="revision"), UNTIL_FURTHER_NOTICE),
        (wordpress(status="publish"), None),
        (wordpress(status="future"), f"{GMT}Z"),
        (wordpress(status="future", date_gmt=None), "2026-05-02T10:00:00"),
        (in_posts(ghost(status="draft", published_at=None)), UNTIL_FURTHER_NOTICE),
        (in_webhook(ghost(status="scheduled")), f"{GMT}.000Z"),
        (in_webhook(ghost(status="scheduled", published_at=None)), UNTIL_FURTHER_NOTICE),
        (in_posts(ghost(status="sent")), None),
    ],
)
def test_what_is_not_published_yet_is_under_embargo(read: Read, document: object, until: str | None) -> None:
    """A scheduled post until its date, a draft until a version comes that is none."""
    assert read(json.dumps(document), name="post.json").embargoed_until == until


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (wordpress(status="private"), "'private'"),
        (wordpress(status="trash"), "'trash'"),
        (wordpress(content={"rendered": "", "protected": True}), "password"),
        (wordpress(content={"rendered": BODY, "protected": True}), "password"),
        ({"post": {"current": {}, "previous": ghost()}}, "deleted"),
    ],
)
def test_what_is_taken_off_the_site_is_withdrawn(document: object, reason: str) -> None:
    """As an item is that an agency kills."""
    with pytest.raises(ArticleKilled, match=reason):
        read_document(Document("post.json", json.dumps(document).encode()))


@pytest.mark.parametrize(
    ("document", "error", "reason"),
    [
        (wordpress(content=None), InvalidDocument, "WordPress post has no body"),
        (wordpress(content={"rendered": ""}), EmptyDocument, "WordPress post is empty"),
        (wordpress(type="attachment"), InvalidDocument, "attachment"),
        (in_posts(ghost(html=None, lexical="{}")), InvalidDocument, "Ghost post has no body"),
        (in_posts(ghost(html="")), EmptyDocument, "Ghost post is empty"),
        (in_posts(ghost(html=["a"])), InvalidDocument, "'html' .* must be a string, not an array"),
        (in_posts(ghost(access=False)), InvalidDocument, "for members"),
        ({"posts": []}, InvalidDocument, "holds no posts"),
        ({"posts": [ghost()] * 300}, DocumentTooLarge, "300 posts"),
    ],
)
def test_a_post_without_a_story_says_why(document: object, error: type[ReadingError], reason: str) -> None:
    """In the words of the system that it came from."""
    with pytest.raises(error, match=reason):
        read_document(Document("post.json", json.dumps(document).encode()))


def test_a_draft_without_a_body_is_still_under_embargo() -> None:
    """What is served of its earlier version is then held back."""
    with pytest.raises(EmptyDocument) as error:
        read_document(Document("post.json", json.dumps(wordpress(status="draft", content={"rendered": ""})).encode()))

    assert error.value.embargoed_until == UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize(
    ("posts", "names"),
    [
        ([wordpress(), wordpress(id=8, content={"rendered": ""}), wordpress(id=9)], ["7", "8", "9"]),
        ({"posts": [ghost(id="a"), ghost(id="b", html=None), ghost(id="c")]}, ["a", "b", "c"]),
    ],
    ids=["WordPress", "Ghost"],
)
def test_each_post_of_a_list_stands_or_fails_alone(posts: object, names: list[str]) -> None:
    """Under the name that it has in its system, wherever it stands in the list."""
    found = read_document(Document("posts.json", json.dumps(posts).encode()))

    assert [each.part for each in found] == names
    assert [isinstance(each, UnreadPart) for each in found] == [False, True, False]
    assert all(each.is_listed for each in found if isinstance(each, Article))


@pytest.mark.parametrize("ids", [(3, 3, 1), (None, 1, 2), (2, None, 1), (7, 7, 7)], ids=str)
def test_no_two_posts_of_a_list_have_one_name(ids: tuple[int | None, ...]) -> None:
    """One without an id, or with another's, goes by its place, which may be the id of a third."""
    found = read_document(Document("posts.json", json.dumps([wordpress(id=each) for each in ids]).encode()))

    assert len({each.part for each in found}) == len(ids)


@pytest.mark.parametrize("value", [3, None, [], {"a": 1}], ids=str)
@pytest.mark.parametrize(
    "field",
    ["id", "date", "date_gmt", "modified_gmt", "excerpt", "lang", "custom_excerpt", "updated_at", "locale"],
)
@FORMS
def test_no_field_beside_the_story_refuses_it(
    read: Read, post: Post, wrapped: Wrapped, field: str, value: object
) -> None:
    """Of a wrong type it says nothing."""
    article = read(json.dumps(wrapped(post(**{field: value}))), name="post.json")

    assert article.paragraphs == (FIRST, SECOND)
