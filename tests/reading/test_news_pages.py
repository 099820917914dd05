"""Pages in the structures of today's sites: the whole story is read, and little else."""

import re
from collections import Counter

import pytest

from news_pages import NewsPage, news_pages
from standfirst.domain.article import Document
from standfirst.domain.errors import ReadingError
from standfirst.reading.document import read_single

PAGES = list(news_pages())
SHINGLE = 4


def read(html: str) -> tuple[str, ...]:
    """The paragraphs of a page, the standfirst in front if it has one."""
    article = read_single(Document(name="page.html", content=html.encode()))
    return (article.standfirst, *article.paragraphs) if article.standfirst else article.paragraphs


def shingles(paragraphs: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """The runs of four words in the paragraphs."""
    words = re.findall(r"\w+", " ".join(paragraphs))
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def f1(wanted: tuple[str, ...], found: tuple[str, ...]) -> float:
    """How well the words that were found agree with those of the story."""
    ours, theirs = shingles(found), shingles(wanted)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_is_read_as_its_story(page: NewsPage) -> None:
    """Whatever boxes it stands in, whoever puts them in view, and whatever is printed around them."""
    assert f1(page.paragraphs, read(page.html)) > 0.9


def test_nearly_all_of_the_pages_are_read_to_the_word() -> None:
    """On average a page loses or gains no more than a line."""
    scores = [f1(page.paragraphs, read(page.html)) for page in PAGES]

    assert sum(scores) / len(scores) > 0.98


PARAGRAPHS = PAGES[0].paragraphs
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
BLURBS = (
    "The harbour office counts fewer boats than in any summer since it began to count them.",
    "Nine schools will serve fish from the harbour once a week from the autumn onwards.",
    "Forty hand bells were stolen from the church on Sunday night, police told the parish.",
)
CARDS = "".join(
    f'<div class="item"><h3><a href="/{at}">Another story of the week</a></h3><p>{blurb}</p></div>'
    for at, blurb in enumerate(BLURBS)
)


def test_a_page_that_lists_stories_tells_none() -> None:
    """Each has its title, which is a link, and its blurb: together they are no story."""
    with pytest.raises(ReadingError):
        read(f"<html><body><main><h1>News of the valley</h1>{CARDS}</main></body></html>")


def test_a_list_under_linked_titles_with_more_to_read_is_a_story() -> None:
    """A guide links each of its titles, and goes on for longer than a blurb."""
    parts = "".join(f'<h3><a href="/{at}">Where to walk on day {at}</a></h3>{STORY}' for at in range(3))

    assert len(read(f"<html><body><article><h1>Three walks</h1>{parts}</article></body></html>")) >= len(PARAGRAPHS)


def test_an_article_below_the_article_is_not_read() -> None:
    """Some pages load the next one while one reads; it has a headline of its own."""
    following = (
        f'<article class="story"><h1>Another story</h1>{"".join(f"<p>{blurb}</p>" for blurb in BLURBS)}</article>'
    )
    page = f'<html><body><article class="story"><h1>The ferry</h1>{STORY}</article>{following}</body></html>'

    assert read(page) == PARAGRAPHS


def test_a_stated_body_of_another_story_is_not_read() -> None:
    """Only one that tells what the page shows, and more."""
    stated = '{"@type":"NewsArticle","articleBody":"' + " ".join(BLURBS * 9) + '"}'
    head = f'<script type="application/ld+json">{stated}</script>'
    page = f"<html><head>{head}</head><body><main>{STORY}</main></body></html>"

    assert read(page) == PARAGRAPHS


def test_titles_of_other_stories_between_the_paragraphs_are_not_read() -> None:
    """A line that is a link from end to end, and no sentence, is none of the story's."""
    title = "Harbour office counts fewer boats than ever this summer"
    link = f'<ul><li><a href="/a">{title}</a></li><li><a href="/b">{title}, and fewer ferries</a></li></ul>'
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

    assert read(f"<html><body><article>{first}{link}{''.join(rest)}</article></body></html>") == PARAGRAPHS
