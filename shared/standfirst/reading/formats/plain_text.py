"""Plain text, with or without front matter."""

from standfirst.reading.boilerplate.page import read_page
from standfirst.reading.boilerplate.paragraphs import split_blocks
from standfirst.reading.formats.front_matter import split_front_matter
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.safety.prompt_injection import is_order


def read(source: Source) -> list[ParsedArticle]:
    """Returns the article of a pasted page or a written text. What the front matter says wins over what the page shows.

    Raises InvalidDocument when the front matter is broken.
    """
    stated, body = split_front_matter(source.text)
    page = read_page(split_blocks(body), stated.headline)
    # Whoever plants an order at the top must not have it taken for the headline.
    orders = tuple(text for text in (page.headline, page.standfirst) if text and is_order(text))
    article = ParsedArticle(
        paragraphs=(*orders, *page.paragraphs),
        headline=stated.headline or (None if page.headline in orders else page.headline),
        standfirst=stated.standfirst or (None if page.standfirst in orders else page.standfirst),
        language=stated.language,
        published_at=stated.published_at,
        embargoed_until=stated.embargoed_until,
        labels=stated.labels,
        lines=page.lines,
    )
    return [article]
