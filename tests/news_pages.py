"""News pages in the structures of today's sites, made of our own stories in twelve languages, each with its body.

A structure says how the paragraphs stand in the page; the boilerplate around them changes from page to page.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

STORIES = sorted(Path(__file__).parent.joinpath("stories").glob("*.txt"))
LANGUAGES_APART = 4
"""Every structure is shown in three of the languages."""


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """An article, and what its site prints around it."""

    language: str
    headline: str
    paragraphs: tuple[str, ...]
    blurbs: tuple[tuple[str, str], ...]
    caption: str
    newsletter: str
    comment_rules: str
    read_also: str


@dataclass(frozen=True, slots=True)
class NewsPage:
    """A page and the paragraphs of its article."""

    name: str
    html: str
    paragraphs: tuple[str, ...]


def load(path: Path) -> SampleArticle:
    """Returns the story of a file: headline and paragraphs, other stories' blurbs, and the site's own lines."""
    story, blurbs, site = path.read_text("utf-8").split("==\n")
    headline, *paragraphs = story.splitlines()
    pairs = [line.split(" | ") for line in blurbs.splitlines()]
    caption, newsletter, comment_rules, read_also = site.splitlines()
    others = tuple((title, blurb) for title, blurb in pairs)
    return SampleArticle(path.stem, headline, tuple(paragraphs), others, caption, newsletter, comment_rules, read_also)


def news_pages() -> Iterator[NewsPage]:
    """Yields every structure in three languages, each time with other boilerplate."""
    stories = [load(path) for path in STORIES]
    for number, (name, structure) in enumerate(STRUCTURES.items()):
        for turn in range(len(stories) // LANGUAGES_APART):
            story = stories[(number + turn * LANGUAGES_APART) % len(stories)]
            yield NewsPage(f"{name}-{story.language}", structure(story, number + turn), story.paragraphs)


def _paragraph(text: str, attributes: str = "") -> str:
    return f"<p{' ' if attributes else ''}{attributes}>{escape(text)}</p>"


def _linked(text: str) -> str:
    """Returns the text with a link over several of its words, as papers set them; where there are few, over half."""
    words = text.split()
    start, end = (3, 11) if len(words) > 14 else (1, 1 + len(words) // 2)
    linked = " ".join(words[start:end])
    return escape(text).replace(escape(linked), f'<a href="/topics/more-on-this">{escape(linked)}</a>', 1)


def _joined(texts: Sequence[str], attributes: str = "") -> str:
    return "\n".join(_paragraph(text, attributes) for text in texts)


def _figure(story: SampleArticle) -> str:
    return f'<figure><img src="/a.jpg" alt=""><figcaption>{escape(story.caption)}</figcaption></figure>'


def _cards(story: SampleArticle, tag: str = "article") -> str:
    return "".join(
        f'<{tag} class="card"><a href="/s/{at}"><h3>{escape(title)}</h3></a><p>{escape(blurb)}</p></{tag}>'
        for at, (title, blurb) in enumerate(story.blurbs)
    )


def _newsletter(story: SampleArticle) -> str:
    return f'<div class="signup"><p>{escape(story.newsletter)}</p><button>OK</button></div>'


def _read_also(story: SampleArticle) -> str:
    items = "".join(f'<li><a href="/s/{at}">{escape(title)}</a></li>' for at, (title, _) in enumerate(story.blurbs))
    return f'<div class="more-box"><h4>{escape(story.read_also)}</h4><ul>{items}</ul></div>'


def _page(story: SampleArticle, main: str, turn: int, *, head: str = "", top: str = "") -> str:
    """Returns a page around ``main``; ``turn`` says which boilerplate is on it."""
    links = " ".join(f'<a href="/{at}">{escape(title.split()[0])}</a>' for at, (title, _) in enumerate(story.blurbs))
    title = f"{story.headline} | Orre Post" if turn % 2 else story.headline
    rail = f'<div class="rail"><h2>{escape(story.read_also)}</h2>{_cards(story, "div")}</div>' if turn % 3 == 0 else ""
    consent = (
        '<div class="consent-layer"><p>We use cookies on this site. Accept all?</p></div>' if turn % 4 == 1 else ""
    )
    return (
        f'<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}'
        f"<style>.nav-open{{display:none}}.card{{margin:1em}}</style></head><body>{consent}"
        f"<header><nav>{links}</nav></header>{top}{main}{rail}"
        f"<footer><p>© 2031 Orre Post. {links}</p></footer></body></html>"
    )


def _heading(story: SampleArticle) -> str:
    return f"<h1>{escape(story.headline)}</h1>"


def _halves(story: SampleArticle) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return story.paragraphs[:2], story.paragraphs[2:]


def streamed(story: SampleArticle, turn: int) -> str:
    """React sends the story in a hidden box, which a script moves to its place."""
    main = (
        f'<main>{_heading(story)}<!--$?--><template id="B:0"></template><div class="skeleton">…</div><!--/$--></main>'
        f'<div hidden id="S:0"><article>{_joined(story.paragraphs)}</article></div><script>$RC("B:0","S:0")</script>'
    )
    return _page(story, main, turn)


def before_hydration(story: SampleArticle, turn: int) -> str:
    """The page is out of sight until its script has run, behind a notice that says so."""
    main = (
        f'<div id="shell"><p>{escape(story.newsletter)}.</p></div>'
        f'<div id="root" style="visibility:hidden;position:absolute;left:-9999px"><main>{_heading(story)}'
        f"{_figure(story)}{_joined(story.paragraphs)}{_newsletter(story)}</main></div>"
    )
    return _page(story, main, turn)


def aside_column(story: SampleArticle, turn: int) -> str:
    """The main column is an ``aside``; the promotion beside it is not."""
    promotion = "".join(_paragraph(blurb) for _, blurb in story.blurbs[:2])
    main = (
        f'<div class="row"><div class="col-4"><div class="promo">{promotion}</div></div>'
        f'<aside class="col-8" id="story-column">{_heading(story)}{_joined(story.paragraphs)}</aside></div>'
    )
    return _page(story, main, turn)


def two_boxes(story: SampleArticle, turn: int) -> str:
    """An advertisement divides the body in two boxes of one class."""
    first, second = _halves(story)
    box = '<div class="grid"><div class="story__content article__content">{}</div></div>'
    main = (
        f"<main>{_heading(story)}{box.format(_joined(first))}<aside>Ad</aside>"
        f'<div class="ad full">Advertisement</div>{box.format(_joined(second) + _newsletter(story))}</main>'
    )
    return _page(story, main, turn)


def teaser_and_rest(story: SampleArticle, turn: int) -> str:
    """A metered page: the first paragraphs in one box, the rest in another, both in view."""
    first, second = _halves(story)
    main = (
        f'<article>{_heading(story)}<div class="teaser-content"><div class="article-body">{_joined(first)}</div></div>'
        f'<div class="remainder-content"><div class="article-body">{_joined(second)}</div></div></article>'
    )
    return _page(story, main, turn)


def boxed_paragraphs(story: SampleArticle, turn: int) -> str:
    """Each paragraph in three boxes, and long links in some of them."""
    box = '<div class="sc-9"><div class="sc-c"><div class="sc-8"><p class="sc-1">{}</p></div></div></div>'
    blocks = [box.format(_linked(text) if at % 2 else escape(text)) for at, text in enumerate(story.paragraphs)]
    links = f'<div data-component="links-block" class="sc-9">{_read_also(story)}</div>'
    body = [_figure(story), *blocks[:4], links, *blocks[4:]]
    main = f"<main><article>{_heading(story)}{''.join(body)}</article></main>"
    return _page(story, main, turn)


def declared_paywall(story: SampleArticle, turn: int) -> str:
    """The JSON-LD names the box that waits for the reader's account; the page holds it, hidden."""
    first, second = _halves(story)
    node = {
        "@type": "NewsArticle",
        "headline": story.headline,
        "articleBody": " ".join(story.paragraphs),
        "isAccessibleForFree": False,
        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".members"},
    }
    main = (
        f"<main><article>{_heading(story)}{_joined(first)}"
        f'<div class="members" hidden>{_joined(second)}</div>{_newsletter(story)}</article></main>'
    )
    return _page(story, main, turn, head=_json_ld(node))


def paywall_by_selector(story: SampleArticle, turn: int) -> str:
    """The JSON-LD says no more than which box is for subscribers; a style sheet hides it."""
    first, second = _halves(story)
    node = {
        "@type": "NewsArticle",
        "headline": story.headline,
        "isAccessibleForFree": "False",
        "hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"}],
    }
    head = _json_ld(node) + "<style>.paid{display:none}</style>"
    main = f'<main>{_heading(story)}<div>{_joined(first)}</div><div class="paid">{_joined(second)}</div></main>'
    return _page(story, main, turn, head=head)


def boxes_of_two_names(story: SampleArticle, turn: int) -> str:
    """The first paragraphs and the others stand in boxes of different names, each paragraph of the latter linked."""
    first, second = _halves(story)
    rest = "".join(f"<p>{_linked(text)}</p>" for text in second)
    main = (
        f'<div class="content-wrap">{_heading(story)}<div class="entry-content">{_joined(first)}</div>'
        f'<div class="ad">Advertisement</div><div class="continuation">{rest}</div></div>'
    )
    return _page(story, main, turn)


def body_in_json_ld(story: SampleArticle, turn: int) -> str:
    """The page holds the first paragraphs, the JSON-LD all of them; a script would load the rest."""
    first, _ = _halves(story)
    node = {"@type": "NewsArticle", "headline": story.headline, "articleBody": "\n\n".join(story.paragraphs)}
    main = f'<main><article>{_heading(story)}{_joined(first)}<div id="rest"></div></article></main>'
    return _page(story, main, turn, head=_json_ld(node))


def json_ld_of_another(story: SampleArticle, turn: int) -> str:
    """The JSON-LD is that of another article, as on pages that list several."""
    other = " ".join(blurb for _, blurb in story.blurbs * 6)
    node = {"@type": "NewsArticle", "headline": story.blurbs[0][0], "articleBody": other}
    main = f"<main><article>{_heading(story)}{_joined(story.paragraphs)}</article></main>"
    return _page(story, main, turn, head=_json_ld(node))


def blurbs_below(story: SampleArticle, turn: int) -> str:
    """Headlines and blurbs of other stories stand below the last paragraph, in the same box."""
    blurbs = "".join(
        f'<a href="/{at}"><h2>{escape(title)}</h2></a><p>{escape(blurb)}</p>'
        for at, (title, blurb) in enumerate(story.blurbs)
    )
    body = f'{_joined(story.paragraphs)}<div class="more">{blurbs}</div>'
    main = f"<main><article>{_heading(story)}{body}</article></main>"
    return _page(story, main, turn)


def comment_rules(story: SampleArticle, turn: int) -> str:
    """The rules for comments follow the story as paragraphs of the same box."""
    rules = "".join(_paragraph(text) for text in story.comment_rules.split(". ", 1))
    body = f'{_joined(story.paragraphs)}<div id="respond">{rules}<form></form></div>'
    main = f"<main><article>{_heading(story)}{body}</article></main>"
    return _page(story, main, turn)


def dated_lines(story: SampleArticle, turn: int) -> str:
    """Lines of date and time and crossheads in bold letters stand among the paragraphs."""
    first, second = _halves(story)
    line = f"<p><strong>10.11.2031 17:59</strong><br><strong>{escape(story.blurbs[0][0].upper())}</strong></p>"
    body = f'<p class="date">10.11.2031 09:00</p>{_joined(first)}{line}{_joined(second)}'
    main = f"<main><article>{_heading(story)}{body}</article></main>"
    return _page(story, main, turn)


def credits_in_paragraphs(story: SampleArticle, turn: int) -> str:
    """Captions and credits are paragraphs, in boxes of their own."""
    first, second = _halves(story)
    picture = f'<div class="media"><img src="/a.jpg" alt=""><p class="media__text">{escape(story.caption)}</p></div>'
    main = f"<article>{_heading(story)}{picture}{_joined(first)}{picture}{_joined(second)}</article>"
    return _page(story, main, turn)


def cut_teasers(story: SampleArticle, turn: int) -> str:
    """Cards of other stories between the paragraphs, their text cut in the middle of a sentence."""
    first, second = _halves(story)
    cards = "".join(
        f'<div class="card-in"><a href="/s">{escape(title)}</a>{_paragraph(" ".join(blurb.split()[:9]) + "…")}</div>'
        for title, blurb in story.blurbs[:2]
    )
    main = f"<main><article>{_heading(story)}{_joined(first)}{cards}{_joined(second)}</article></main>"
    return _page(story, main, turn)


def line_breaks(story: SampleArticle, turn: int) -> str:
    """No paragraph has a tag: two line breaks end each."""
    body = "<br><br>\n".join(_linked(text) if at == 1 else escape(text) for at, text in enumerate(story.paragraphs))
    main = f'<div id="wrap"><div class="left">{_heading(story)}<div class="txt">{body}</div></div></div>'
    return _page(story, main, turn)


def paragraphs_as_boxes(story: SampleArticle, turn: int) -> str:
    """Each paragraph is a ``div``, its class a hash."""
    boxes = "".join(
        f'<div class="css-1x{at}"><span>{escape(text)}</span></div>' for at, text in enumerate(story.paragraphs)
    )
    body = f'<div class="css-b2">{_heading(story)}{_figure(story)}{boxes}</div>'
    main = f'<div id="app"><div class="css-a1">{body}</div></div>'
    return _page(story, main, turn)


def card_first(story: SampleArticle, turn: int) -> str:
    """The first ``article`` of the page is a card of another story."""
    main = f'<main>{_heading(story)}<article class="story">{_joined(story.paragraphs)}</article></main>'
    return _page(story, main, turn, top=f'<section class="strip">{_cards(story)}</section>')


def misleading_class(story: SampleArticle, turn: int) -> str:
    """The box of the body has the name of something else: of a slide, a bar, a widget."""
    names = ("slide-content", "sidebar-layout", "text-widget")
    main = (
        f"<main>{_heading(story)}<div class='page-grid'><div class='{names[turn % 3]}'>{_joined(story.paragraphs)}"
        f"</div>{_newsletter(story)}</div></main>"
    )
    return _page(story, main, turn)


def declarative_shadow(story: SampleArticle, turn: int) -> str:
    """The body stands in the shadow root of an element of the site's own."""
    main = (
        f'<main>{_heading(story)}<story-body><template shadowrootmode="open"><section>{_joined(story.paragraphs)}'
        "</section></template></story-body></main>"
    )
    return _page(story, main, turn)


def own_elements(story: SampleArticle, turn: int) -> str:
    """Elements of the site's own around and within the body."""
    blocks = "".join(f"<site-text><p>{_linked(text)}</p></site-text>" for text in story.paragraphs)
    main = f"<site-article>{_heading(story)}<site-body>{blocks}{_read_also(story)}</site-body></site-article>"
    return _page(story, main, turn)


def longer_hidden_text(story: SampleArticle, turn: int) -> str:
    """The page tells its story, and hides another text that is longer."""
    hidden = "".join(_paragraph(blurb) for _, blurb in story.blurbs * 4)
    main = (
        f"<main><article>{_heading(story)}{_joined(story.paragraphs)}</article></main>"
        f'<div style="display:none"><article>{hidden}</article></div>'
    )
    return _page(story, main, turn)


def rows_with_advertisements(story: SampleArticle, turn: int) -> str:
    """Two paragraphs to a row, an advertisement between the rows, a list of facts in one of them."""
    paragraphs = story.paragraphs
    rows = [paragraphs[at : at + 2] for at in range(0, len(paragraphs), 2)]
    boxes = '<div class="ad-slot"><span>Advertisement</span></div>'.join(
        f'<div class="row"><div class="col companion">{_joined(row)}</div></div>' for row in rows
    )
    main = f'<section name="story">{_heading(story)}{boxes}{_read_also(story)}</section>'
    return _page(story, main, turn)


def _json_ld(node: dict[str, object]) -> str:
    text = json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


STRUCTURES: dict[str, Callable[[SampleArticle, int], str]] = {
    structure.__name__: structure
    for structure in (
        streamed, before_hydration, aside_column, two_boxes, teaser_and_rest, boxed_paragraphs, declared_paywall,
        paywall_by_selector, boxes_of_two_names, body_in_json_ld,
        json_ld_of_another, blurbs_below, comment_rules, dated_lines, credits_in_paragraphs,
        cut_teasers, line_breaks, paragraphs_as_boxes, card_first, misleading_class, declarative_shadow, own_elements,
        longer_hidden_text, rows_with_advertisements,
    )
}  # fmt: skip
