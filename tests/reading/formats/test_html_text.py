"""Pieces of HTML: what a reader sees of them, block by block."""

import pytest

from standfirst.domain.errors import DocumentTooLarge, InvalidDocument
from standfirst.reading.formats.html.text import is_markup, split_html

SEEN = "The harbour reopened on Monday."
UNSEEN = "Nobody may ever see this."


def lines(fragment: str) -> list[str]:
    """The texts of the blocks."""
    return [block.text for block in split_html(fragment)]


@pytest.mark.parametrize(
    "text", ["<p>One.</p>", "One.<br/>Two.", "Fish &amp; chips", "<b>One</b>", "<!-- x -->One"], ids=str
)
def test_html_is_told_from_text(text: str) -> None:
    """By a tag, a comment or a character reference."""
    assert is_markup(text)


@pytest.mark.parametrize("text", ["Fish & chips", "a < b > c", "1 <2, 3> 2", "x &c; y"], ids=str)
def test_text_is_no_html(text: str) -> None:
    """Angle brackets and ampersands are written in text, too."""
    assert not is_markup(text)


def test_blocks_come_in_order() -> None:
    """Paragraphs, items, quotations and lines ended by a break."""
    fragment = "<p>One <b>bold</b>.</p>Two.<br>Three.<ul><li>Four<li>Five</ul><blockquote>Six.</blockquote><div>7</div>"

    assert lines(fragment) == ["One bold.", "Two.", "Three.", "Four", "Five", "Six.", "7"]


def test_one_break_ends_a_line_and_two_a_paragraph() -> None:
    """As a blank line does in text."""
    blocks = split_html("<div>One.<br>Two.<br><br>Three.</div>")

    assert [(block.text, block.gap) for block in blocks] == [("One.", True), ("Two.", False), ("Three.", True)]


def test_a_heading_does_not_look_like_a_sentence() -> None:
    """So that whoever reads the page takes it for a title; a headline keeps its question mark."""
    assert lines("<h1>Open?</h1><h2>What now?</h2><h3>The end.</h3>") == ["Open?", "What now", "The end"]


def test_a_row_of_a_table_is_one_line() -> None:
    """But columns of prose are columns of the page."""
    assert lines("<table><tr><td>Sarn</td><td>12</td></tr></table>") == ["Sarn | 12"]
    assert lines(f"<table><tr><td>{SEEN * 4}</td><td>{SEEN}</td></tr></table>") == [SEEN * 4, SEEN]


def test_blank_lines_count_where_no_tag_ends_a_paragraph() -> None:
    """As content systems store a body."""
    assert lines("One <b>bold</b>.\n\nTwo.") == ["One bold.", "Two."]
    assert lines("<pre>One.\nTwo.</pre>") == ["One.", "Two."]


@pytest.mark.parametrize(
    "hidden",
    [
        f"<p hidden>{UNSEEN}</p>",
        f'<p hidden="until-found">{UNSEEN}</p>',
        f'<div aria-hidden="true"><p>{UNSEEN}</p></div>',
        f'<p style="color:red; DISPLAY : none">{UNSEEN}</p>',
        f'<p style="visibility:hidden">{UNSEEN}</p>',
        f'<p style="font-size:0px">{UNSEEN}</p>',
        f'<span class="sr-only">{UNSEEN}</span>',
        f"<!-- {UNSEEN} -->",
        f'<img alt="{UNSEEN}"><a title="{UNSEEN}"></a>',
        *(
            f"<{tag}>{UNSEEN}</{tag}>"
            for tag in (
                "script", "style", "figure", "aside", "nav", "template", "iframe", "noscript", "svg", "del", "title",
                "figcaption", "button", "textarea", "select",
            )
        ),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_hidden_never_comes_out(hidden: str) -> None:
    """Whatever hides it, and what stands behind it does come out."""
    text = " ".join(lines(f"<p>{SEEN}</p>{hidden} After it.<p>{SEEN}</p>"))

    assert "ever see" not in text
    assert text.count(SEEN) == 2
    assert "After it." in text


def test_invisible_characters_go() -> None:
    """Zero-width ones and those that turn the direction of writing."""
    assert lines("<p>Har&#8203;bour &#x202E;reopened\u200b.</p>") == ["Harbour reopened."]


def test_deep_nesting_is_read_and_bottomless_nesting_refused() -> None:
    """The parser stops at its limit; half an article is worse than none."""
    assert lines("<div>" * 100 + SEEN + "</div>" * 100) == [SEEN]
    with pytest.raises(InvalidDocument, match="nested"):
        split_html("<div>" * 1000 + SEEN)


def test_more_tags_than_any_article_has_are_refused() -> None:
    """Rather than worked at for minutes."""
    with pytest.raises(DocumentTooLarge, match="tags"):
        split_html("<p>x" * 300_001)


@pytest.mark.parametrize("nothing", ["", " ", "<!-- x -->", "<p></p>", "<script>x</script>"], ids=repr)
def test_nothing_to_see_is_no_block(nothing: str) -> None:
    """And no error either."""
    assert split_html(nothing) == []
