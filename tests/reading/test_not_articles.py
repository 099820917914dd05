"""Pages that hold no article fail with a plain reason; articles about such pages are read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import NotAnArticle

Read = Callable[..., Article]

PAGES = sorted((Path(__file__).parent / "not_articles").glob("*.html"))
ARTICLES = sorted((Path(__file__).parent / "about_notices").glob("*.txt"))

REASONS = {
    "cookie-wall": "cookies",
    "javascript": "JavaScript",
    "adblock": "ad blocker",
    "comment-rules": "comments",
    "section": "front of a section",
    "captcha": "a person",
    "403": "cannot be shown",
    "404": "cannot be shown",
    "503": "cannot be shown",
    "geo": "cannot be shown",
}
"""What is said of each kind of page."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_without_an_article_fails_and_says_what_it_is(read: Read, path: Path) -> None:
    """In twelve languages: nobody is served a summary of a cookie wall."""
    with pytest.raises(NotAnArticle, match=REASONS[path.stem.partition("-")[2]]):
        read(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_about_such_pages_is_read(read: Read, path: Path) -> None:
    """It quotes them, and uses their words."""
    article = read(path.read_bytes(), path.name)

    assert article.headline == path.read_text("utf-8").partition("\n")[0]
    assert article.partial is None


def test_a_pasted_notice_fails_as_a_page_does(read: Read) -> None:
    """Whatever the format."""
    notice = "Access Denied\n\nYou don't have permission to access this page on this server. Please try again later."

    with pytest.raises(NotAnArticle):
        read(notice)


def test_an_invitation_to_subscribe_alone_is_no_article(read: Read) -> None:
    """What is cut is the whole story."""
    with pytest.raises(NotAnArticle, match="invitation to subscribe"):
        read("Fish market to close\n\nThis article is for subscribers only. Subscribe now to read the full article.")


def test_a_page_of_which_nothing_is_left_says_what_it_is(read: Read) -> None:
    """Its notice stands in what is otherwise left out of a body."""
    page = "<body><main><h2>Access denied</h2><h3>You don't have permission to view this page</h3></main></body>"

    with pytest.raises(NotAnArticle, match="cannot be shown"):
        read(f"<html>{page}</html>", "page.html")


CARDS = (
    ("Bus fares to rise by a tenth", "The first rise in four years pays for new drivers, the company says."),
    ("Library opens on Sundays", "A trial until the end of the year will show whether students come."),
    ("Bakery wins prize for rye loaf", "The judges praised a crust like the bark of an old oak."),
    ("Swimmers raise 9,000 crowns", "Sixty of them crossed the bay on New Year's Day for the lifeboat."),
)
TEASERS = "".join(
    f"<div class='card'><h3><a href='/news/{at}'>{title}</a></h3><p>{text}</p></div>"
    for at, (title, text) in enumerate(CARDS)
)
STORY = (
    "<p>The harbour board of Greyhaven will close its old fish market in May, and move forty traders to a new hall.</p>"
    "<p>Board members voted seven to two for the move on Thursday, after cracks were found in two pillars.</p>"
)


@pytest.mark.parametrize(
    "card",
    [
        "<div><div class='title'><a href='/n/{0}'>{1}</a></div><p>{2}</p></div>",
        "<li><a href='/n/{0}'><strong>{1}</strong></a><p>{2}</p></li>",
        "<p><a href='/n/{0}'>{1}</a></p><p>{2}</p>",
        "<h2><a href='/n/{0}'>{1}</a></h2><div>{2} […] <a href='/n/{0}'>Continue reading</a></div>",
        "<div><h3><a href='/n/{0}'>{1}</a></h3><time>2 May</time><p>{2}</p><a href='/n/{0}'>Read more</a></div>",
    ],
)
def test_a_section_front_is_known_whatever_its_teasers_are_made_of(read: Read, card: str) -> None:
    """Many systems mark no titles as headings."""
    cards = "".join(card.format(at, title, text) for at, (title, text) in enumerate(CARDS))

    with pytest.raises(NotAnArticle, match="front of a section"):
        read(f"<html><head><title>News</title></head><body><main><h1>News</h1>{cards}</main></body></html>", "p.html")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            "<article><h1>Fish market to close</h1><a href='/authors/ann'>By Ann Marie Lee</a>"
            f"{STORY.partition('</p>')[0]}</p></article>"
            f"<div>{TEASERS}</div>",
            id="author",
        ),
        pytest.param(
            "<article><h1>Fish market to close</h1>"
            + "".join(
                f"<p>{text}</p><div><a href='/n/{at}'>{title}</a></div>" for at, (title, text) in enumerate(CARDS)
            )
            + "</article>",
            id="links between",
        ),
        pytest.param(f"<article><h1>Fish market to close</h1>{STORY}</article><aside>{TEASERS}</aside>", id="below"),
        pytest.param(
            f"<article><h2><a href='/news/fish'>Fish market to close</a></h2>{STORY}</article><div>{TEASERS}</div>",
            id="headline with a link",
        ),
        pytest.param(
            "<article><h1>Four walks</h1>"
            + "".join(
                f"<h2><a href='/walks/{number}'>Walk {number}</a></h2>{STORY.replace('Greyhaven', f'Bay {number}')}"
                for number in range(4)
            )
            + "</article>",
            id="list",
        ),
        pytest.param(
            "<article><h1>Four kettles</h1>"
            + "".join(
                f"<h2><a href='https://shop.example/{number}'>Kettle number {number}</a></h2>"
                f"<p>The kettle of maker {number} boils a litre in three minutes, and is quiet. Its handle stays cool, "
                "its lid opens with one hand, and the base needs no more room than a saucer. What we liked less is the "
                "short flex, and a lamp that shines all night; it costs 49 crowns, and is made in Lenn.</p>"
                for number in range(4)
            )
            + "</article>",
            id="products",
        ),
    ],
)
def test_an_article_with_headings_that_link_is_no_section_front(read: Read, page: str) -> None:
    """Nor one with teasers of others around it."""
    head = "<title>Fish market to close</title><link rel='canonical' href='https://observer.example/news/a'>"

    assert read(f"<html><head>{head}</head><body><main>{page}</main></body></html>", "page.html").paragraphs


def test_a_section_front_is_one_however_little_of_it_is_taken_for_a_body(read: Read) -> None:
    """Its links may have the site's name."""
    for site in ("", "https://observer.example"):
        cards = TEASERS.replace("href='", f"href='{site}")
        head = "<title>News</title><link rel='canonical' href='https://observer.example/news'>"

        with pytest.raises(NotAnArticle, match="front of a section"):
            read(f"<html><head>{head}</head><body><main><h1>News</h1>{cards}</main></body></html>", "page.html")
