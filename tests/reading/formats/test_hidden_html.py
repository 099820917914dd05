"""What a page's style sheets and attributes hide is no text, and what they show is."""

from collections.abc import Iterator

import pytest

from standfirst.domain.errors import DocumentTooLarge
from standfirst.reading.formats.html import selectors
from standfirst.reading.formats.html.page import read
from standfirst.reading.source import Source

FIRST = "The ferry across the Sele will return on 1 June after two years of repairs, the council said on Tuesday."
LAST = "The first boat leaves at six in the morning; the last one returns from the eastern bank at half past ten."
TEXT = "Ruth Ames, who runs the bakery beside the pier, said her sales had fallen by a third since the boats stopped."

HIDING = """
display:none; display:none!important; DISPLAY : NONE; dis\\70lay:none; display:/**/none; visibility:hidden;
visibility:collapse; content-visibility:hidden; opacity:0; opacity:.01; opacity:0%; filter:opacity(0);
position:absolute;left:-9999px | position:fixed;top:-200vh | position:absolute;right:-5000px |
position:absolute;inset:-9999px auto auto -9999px | margin-left:-9999px | text-indent:-999em |
transform:translateX(-9999px) | translate:-9999px | transform:scale(0) | scale:0 | transform:rotateX(90deg) | zoom:.01 |
position:absolute;clip:rect(0,0,0,0) | position:absolute;clip:rect(1px 1px 1px 1px) | clip-path:inset(100%) |
clip-path:inset(50%) | clip-path:circle(0) | clip-path:polygon(0 0,0 0,0 0) | height:0;overflow:hidden |
max-height:0;overflow:hidden | width:1px;height:1px;overflow:hidden | width:0;overflow-x:clip | font-size:0 |
font-size:1px | font:0/0 a | font-size:calc(0px) | color:transparent | color:#0000 | color:rgba(0,0,0,0) |
color:hsl(0 0% 0% / 0%) | -webkit-text-fill-color:transparent | color:#fff | color:#fefefe;background:white |
background:#000
"""

SHOWING = """
display:block | display:initial | visibility:visible | opacity:.6 | position:absolute;left:0 | text-indent:-1em |
margin-left:-100% | transform:scale(1) translateY(20px) | clip:auto;clip-path:none | max-height:300px;overflow:hidden |
height:0;padding-bottom:56.25%;overflow:hidden | width:0;flex:1;overflow:hidden | min-width:0;overflow:hidden |
display:-webkit-box;-webkit-line-clamp:3;overflow:hidden | font-size:.9em | color:#333 | color:#fff;background:#111 |
color:#fff;background:var(--brand) | color:#fff;background:url(a.jpg) | color:transparent;text-shadow:0 0 1px #000 |
color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text
"""


def listed(styles: str) -> list[str]:
    """The declarations of each way in ``styles``."""
    ways: list[str] = []
    for line in styles.split("|"):
        apart = line.replace("\n", " ").split("; ") if " | " not in line and "; " in line else [line]
        ways += [way.strip() for way in apart if way.strip()]
    return ways


def paragraphs(head: str, body: str) -> tuple[str, ...]:
    """What is read of a page with ``body`` between two paragraphs."""
    page = f"<!DOCTYPE html><html><head>{head}</head><body><p>{FIRST}</p>{body}<p>{LAST}</p></body></html>"
    (story,) = read(Source(page.encode(), "page.html"))
    assert story.paragraphs[0] == FIRST
    assert story.paragraphs[-1] == LAST
    return story.paragraphs[1:-1]


@pytest.mark.parametrize("style", listed(HIDING))
def test_what_a_declaration_hides_is_not_read(style: str) -> None:
    """In a rule, in an attribute, and of an element around."""
    assert paragraphs(f"<style>.x{{{style}}}</style>", f"<p class=x>{TEXT}</p>") == ()
    assert paragraphs("", f'<p style="{style}">{TEXT}</p>') == ()
    assert paragraphs(f"<style>.x{{{style}}}</style>", f"<div class=x><section><p>{TEXT}</p></section></div>") == ()


@pytest.mark.parametrize("style", listed(SHOWING))
def test_what_a_declaration_shows_is_read(style: str) -> None:
    """Nothing that people see is lost."""
    assert paragraphs(f"<style>.x{{{style}}}</style>", f"<p class=x>{TEXT}</p>") == (TEXT,)
    assert paragraphs("", f'<div style="{style}"><p>{TEXT}</p></div>') == (TEXT,)


def matching(*selectors: str) -> Iterator[tuple[str, str]]:
    """The head and body of pages in which a selector matches the text."""
    body = f"<div class='a b' id=c><h3>The vote in detail</h3><p class='d e' data-k=z>{TEXT}</p></div>"
    for selector in selectors:
        yield f"<style>{selector}{{display:none}}</style>", body


@pytest.mark.parametrize(
    ("head", "body"),
    [
        *matching(
            ".d", "p.d.e", "#c .d", "#c *", ".a>.d", ".a > p:nth-child(2)", "h3+p", "h3 ~ .e", "[data-k]",
            ".d:not(.f)", ":is(.f,.e)", ":where(#c) p", "body div p", ".f, .d", "P.d",
            ".d:last-of-type", "html .a .d:nth-of-type(1)",
        ),
        ("<style>@media screen{.x{display:none}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>@media only screen and (min-width:600px){.x{display:none}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>@media (width >= 40em){.x{display:none}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>.x{display:none}@media print{.x{display:block}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style media=screen>.x{display:none}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>@supports (display:grid){.x{display:none}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>@layer a{.x{display:none}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>.x{& p{display:none}}</style>", f"<div class=x><p>{TEXT}</p></div>"),
        ("<style><!-- .x{display:none} --></style>", f"<p class=x>{TEXT}</p>"),
        ("<style>.x{display:block}.x{display:none}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>#x{display:none}.x{display:block}</style>", f"<p class=x id=x>{TEXT}</p>"),
        ("<style>.x{display:none!important}</style>", f"<p class=x style='display:block'>{TEXT}</p>"),
        ("<style>.x{animation:out 1s forwards}@keyframes out{to{opacity:0}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>body{background:#123456}</style>", f"<p style='color:rgb(18,52,86)'>{TEXT}</p>"),
        ("", f"<details><summary>More</summary><p>{TEXT}</p></details>"),
        ("", f"<div popover><p>{TEXT}</p></div>"),
        ("", f"<p class=hidden>{TEXT}</p>"),
        ("", f"<p class=invisible>{TEXT}</p>"),
        ("", f"<table bgcolor=black><tr><td><p style='color:#000'>{TEXT}</p></td></tr></table>"),
        ("", f"<p><font color=white>{TEXT}</font></p>"),
    ],
)  # fmt: skip
def test_what_a_rule_hides_is_not_read(head: str, body: str) -> None:
    """Whatever selects it, and whichever rule is the stronger one."""
    assert TEXT not in paragraphs(head, body)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        *matching(".f", "p.f", ".d .d", "p>p", ".e+p", "p:hover", "p::before",
            ".d:nth-child(3)", ".a > .b p", "p:unknown", "q"),
        ("<style>body{overflow:hidden;opacity:0;visibility:hidden}</style>", f"<p>{TEXT}</p>"),
        ("<style>@media print{p{display:none}}</style>", f"<p>{TEXT}</p>"),
        ("<style>@media (max-width:600px){.hide{display:none}}</style>", f"<p class=wide>{TEXT}</p>"),
        ("<style>.x{display:none}@media (min-width:768px){.x{display:block}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>@media (prefers-color-scheme:dark){p{color:#fff}}</style>", f"<p>{TEXT}</p>"),
        ("<style media=print>p{display:none}</style>", f"<p>{TEXT}</p>"),
        ("<style type=text/less>p{display:none}</style>", f"<p>{TEXT}</p>"),
        ("<style>@supports not (display:grid){p{display:none}}</style>", f"<p>{TEXT}</p>"),
        ("<style>@container (width < 9px){p{display:none}}</style>", f"<p>{TEXT}</p>"),
        ("<style>.tab{display:none}.tab.active{display:block}</style>", f"<div class='tab active'><p>{TEXT}</p></div>"),
        ("<style>.x{display:none}</style>", f"<p class=x style='display:block'>{TEXT}</p>"),
        ("<style>.x{display:block!important}#x{display:none}</style>", f"<p class=x id=x>{TEXT}</p>"),
        ("<style>.x{visibility:hidden}.y{visibility:visible}</style>", f"<div class=x><p class=y>{TEXT}</p></div>"),
        ("<style>.x{display:block!important}</style>", f"<p class=x style='display:none'>{TEXT}</p>"),
        ("", f"<div style='visibility:hidden'><p style='visibility:visible'>{TEXT}</p></div>"),
        ("<style>q{top:0}</style>", f"<div style='visibility:hidden'><p style='visibility:visible'>{TEXT}</p></div>"),
        ("", f"<p class='invisible md:visible'>{TEXT}</p>"),
        ("", f"<table bgcolor=black><tr><td><p style='color:#fff'>{TEXT}</p></td></tr></table>"),
        ("<style>.x{font-size:0}.x p{font-size:1rem}</style>", f"<div class=x><p>{TEXT}</p></div>"),
        ("<style>.x{opacity:0;animation:in 1s both}@keyframes in{to{opacity:1}}</style>", f"<p class=x>{TEXT}</p>"),
        ("<style>.x{background:#111;color:#fff}</style>", f"<div class=x><section><p>{TEXT}</p></section></div>"),
        ("<style>body{background:#000}p{color:#fff}</style>", f"<p>{TEXT}</p>"),
        ("<link rel=stylesheet href=a.css>", f"<div class=dark style='color:#fff'><p>{TEXT}</p></div>"),
        ("<style>.y{display:none;;}}} .z{ }} @media{ p{color:red</style>", f"<p>{TEXT}</p>"),
        ("<template><style>p{display:none}</style></template>", f"<p>{TEXT}</p>"),
        ("", f"<details open><summary>More</summary><p>{TEXT}</p></details>"),
        ("", f"<p class='hidden md:block'>{TEXT}</p>"),
    ],
)  # fmt: skip
def test_what_no_rule_hides_is_read(head: str, body: str) -> None:
    """On paper, on a telephone, before or after a click, or with a stronger rule, the text is another."""
    assert TEXT in paragraphs(head, body)


@pytest.mark.parametrize(
    ("rule", "style"),
    [("display:block!important", "display:none"), ("visibility:visible!important", "visibility:hidden")],
)
def test_what_an_attribute_hides_and_a_rule_shows_is_read_in_a_longer_article(rule: str, style: str) -> None:
    """Though the rest of it would be an article by itself."""
    head = f"<title>Ferry across the Sele will return on 1 June</title><style>.x{{{rule}}}</style>"
    rest = "".join(
        f"<p>Boat number {number} of the ferry sails at noon, and carries forty cars.</p>" for number in "3456"
    )

    assert TEXT in paragraphs(head, f"{rest}<p class=x style='{style}'>{TEXT}</p>")


def test_of_a_paragraph_only_the_hidden_words_go() -> None:
    """And the others stay as they are."""
    head = "<style>.x{display:none}</style>"

    for span in ("<span class=x>", "<span style='color:#fff'>", "<span style='font-size:0'>"):
        assert paragraphs(
            head, f"<p>The clerk read it aloud. {span}{TEXT}</span> Nobody objected to any of it.</p>"
        ) == ("The clerk read it aloud. Nobody objected to any of it.",)


@pytest.mark.parametrize(
    "hides",
    [
        "<style>article{opacity:0}</style><article>",
        "<style>.reveal{visibility:hidden}</style><article class=reveal>",
        "<article hidden>",
        "<div hidden id='S:0'><article>",
        "<div style='visibility:hidden;position:absolute;top:-9999px'><article>",
        "<details><summary>Read it</summary><article>",
    ],
)
def test_a_story_that_waits_for_its_script_is_read(hides: str) -> None:
    """Where what is seen is no article, the page has only just been opened."""
    page = (
        f"<html><body><p>Please wait, it is loading.</p>{hides}<p>{FIRST}</p><p>{TEXT}</p><p>{LAST}</p></body></html>"
    )
    (story,) = read(Source(page.encode(), "page.html"))

    assert story.paragraphs[-3:] == (FIRST, TEXT, LAST)


def test_paragraphs_that_fade_in_one_by_one_are_read() -> None:
    """All of them together are the article."""
    page = f"<style>.fade{{opacity:0}}</style>{''.join(f'<p class=fade>{text}</p>' for text in (FIRST, TEXT, LAST))}"
    (story,) = read(Source(page.encode(), "page.html"))

    assert story.paragraphs == (FIRST, TEXT, LAST)


def test_more_rules_than_can_be_compared_with_the_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than worked at for minutes, or left out."""
    monkeypatch.setattr(selectors, "MOST_TESTS", 1_000)
    rules = "".join(f"p:not(.y{number}){{display:none}}" for number in range(100))

    with pytest.raises(DocumentTooLarge, match="style rules"):
        paragraphs(f"<style>{rules}</style>", f"<p>{TEXT}</p>" * 100)
