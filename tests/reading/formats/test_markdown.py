"""Markdown: the story's text without its markup, and what stands around it."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import ArticleTooShort, DocumentTooLarge, InvalidDocument

Read = Callable[..., Article]

FIRST = "Ferries between Dunmere and the islands resumed on Monday after crews accepted a pay deal."
SECOND = "The first boat left the quay at dawn with 84 passengers on board, Norlink said."
THIRD = "Islanders had been cut off for nine weeks, and their shops had run out of flour."


@pytest.fixture
def read_markdown(read: Read) -> Read:
    """Read a text as the upload ``story.md``."""
    return lambda content, **uploaded: read(content, name="story.md", **uploaded)


def test_a_whole_article_is_read_with_what_it_says_of_itself(read_markdown: Read) -> None:
    """Front matter, first heading, crossheads and paragraphs each land where they belong."""
    article = read_markdown(
        "---\ntitle: Ferries return\nsubtitle: Dunmere's islands are no longer cut off\nlang: en-GB\n"
        "date: 2026-03-03T07:00:00Z\ntags: [ferries]\n---\n\n"
        f"# Ferries return\n\n{FIRST}\n\n## A long wait\n\n{SECOND}\n\n{THIRD}\n"
    )

    assert article.headline == "Ferries return"
    assert article.standfirst == "Dunmere's islands are no longer cut off"
    assert article.language == "en-GB"
    assert article.published_at == "2026-03-03T07:00:00Z"
    assert article.paragraphs == (FIRST, SECOND, THIRD)
    assert article.format == "markdown"


@pytest.mark.parametrize(
    "heading",
    ["# Ferries return. At last!", "Ferries return. At last!\n===", "## Ferries return. At last!",
     "# **Ferries** [return](/f). At last! {#top .wide}"],
    ids=["number sign", "underlined", "second level", "with markup"],
)  # fmt: skip
def test_the_first_heading_is_the_headline(read_markdown: Read, heading: str) -> None:
    """Also when it reads like a sentence, and without its own markup."""
    article = read_markdown(f"{heading}\n\n{FIRST}\n\n{SECOND}\n")

    assert article.headline == "Ferries return. At last!"
    assert article.paragraphs == (FIRST, SECOND)


def test_a_lower_heading_right_below_the_headline_is_the_standfirst(read_markdown: Read) -> None:
    """When it is long enough to say something; a short one is a crosshead."""
    below = "Crews accept a pay deal and the islands have flour again"

    assert read_markdown(f"# Ferries return\n\n## {below}\n\n{FIRST}\n\n{SECOND}\n").standfirst == below
    assert read_markdown(f"# Ferries return\n\n## The deal\n\n{FIRST}\n\n{SECOND}\n").standfirst is None


@pytest.mark.parametrize(
    "crosshead", ["## What happened next.", "### Why did it take nine weeks to reach a deal at all?"]
)
def test_a_crosshead_that_reads_like_a_sentence_is_no_paragraph(read_markdown: Read, crosshead: str) -> None:
    """The markup says what it is."""
    article = read_markdown(f"# Ferries return\n\n{FIRST}\n\n{crosshead}\n\n{SECOND}\n")

    assert article.paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("The **harbour** of *Dunmere* has __re__opened, it _said_.",
         "The harbour of Dunmere has __re__opened, it said."),
        ('The [harbour](https://example.org/h "Map") of [Dunmere][d] has reopened.\n\n[d]: /dunmere',
         "The harbour of Dunmere has reopened."),
        ("The harbour[^1] of Dunmere has reopened.[^two]\n\n[^1]: Built in 1911.\n[^two]: https://example.org",
         "The harbour of Dunmere has reopened."),
        ("The harbour![A map](map.png) of Dunmere has reopened.", "The harbour of Dunmere has reopened."),
        ("The harbour of ~~Dunmore~~ Dunmere has `re`opened.", "The harbour of Dunmere has reopened."),
        ("The harbour of Dunmere &amp; Sarn has re\\*opened &mdash; on Monday.",
         "The harbour of Dunmere & Sarn has re*opened — on Monday."),
        ("The harbour of Dunmere\nhas reopened on\nMonday.", "The harbour of Dunmere has reopened on Monday."),
        ("> The harbour of Dunmere has reopened, we hear.", "The harbour of Dunmere has reopened, we hear."),
        ("The <b>harbour</b> of <span hidden>Sarn and of </span>Dunmere has reopened.",
         "The harbour of Dunmere has reopened."),
        ("The harbour of Dunmere <!-- not Sarn --> has reopened.", "The harbour of Dunmere has reopened."),
    ],
    ids=["emphasis", "links", "footnotes", "image", "struck and code", "entities", "wrapped", "quote", "hidden",
         "comment"],
)  # fmt: skip
def test_a_paragraph_keeps_its_words_and_loses_its_markup(read_markdown: Read, markup: str, text: str) -> None:
    """What a reader of the printed page would see."""
    article = read_markdown(f"{FIRST}\n\n{markup}\n\n{THIRD}\n")

    assert article.paragraphs[1] == text


@pytest.mark.parametrize(
    "block",
    [
        "```python\nprint('Nobody reads this sentence in a paper.')\n```",
        "| Boat | Leaves |\n| --- | --- |\n| Selkie | at dawn. |",
        "![The quay of Dunmere on Monday.](quay.jpg)",
        "<!-- The editor wants this to be checked again. -->",
        '<div style="display:none">\n\nThis paragraph was never meant to be seen by anybody.\n\n</div>',
        "<script>\nvar text = 'This is no text of the story at all.';\n</script>",
        "[Norlink posts a loss for the third year](https://example.org/norlink)",
        '{{< figure src="quay.jpg" caption="The quay." >}}',
        "* * *",
        "[^1]: A footnote is read at the foot of the page, if at all.",
        "Advertisement",
    ],
    ids=["code", "table", "image", "comment", "hidden", "script", "link", "shortcode", "rule", "footnote", "advert"],
)  # fmt: skip
def test_what_is_no_text_of_the_story_goes_alone(read_markdown: Read, block: str) -> None:
    """The paragraphs before and after it stay."""
    article = read_markdown(f"# Ferries return\n\n{FIRST}\n\n{SECOND}\n\n{block}\n\n{THIRD}\n")

    assert article.paragraphs == (FIRST, SECOND, THIRD)


def test_the_items_of_a_list_are_paragraphs(read_markdown: Read) -> None:
    """Without their marks and numbers."""
    article = read_markdown(
        f"{FIRST}\n\nThe deal says:\n\n- Crews earn 4 percent *more* from May.\n- Boats sail on Sundays again.\n\n"
        "1. A panel meets in June.\n2. It reports in September.\n"
    )

    assert article.paragraphs[2:] == (
        "Crews earn 4 percent more from May.",
        "Boats sail on Sundays again.",
        "A panel meets in June.",
        "It reports in September.",
    )


def test_the_heads_byline_and_date_are_no_paragraph(read_markdown: Read) -> None:
    """Though Markdown would make one of them with the lead."""
    article = read_markdown(f"# Ferries return\n\nBy Jane Doe\n3 March 2026\n{FIRST}\n\n{SECOND}\n")

    assert article.paragraphs == (FIRST, SECOND)


def test_an_indented_paragraph_is_a_paragraph(read_markdown: Read) -> None:
    """Writers indent paragraphs; they hardly print code in a newspaper."""
    article = read_markdown(f"# Ferries return\n\n    {FIRST}\n\n    {SECOND}\n")

    assert article.paragraphs == (FIRST, SECOND)


def test_a_list_of_other_stories_below_its_heading_goes(read_markdown: Read) -> None:
    """The page's boilerplate goes as it does from any text."""
    article = read_markdown(
        f"# Ferries return\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n## Read next\n\n"
        "- [A fire broke out in Sarn](/1)\n- [Buses stand still](/2)\n\nA fire broke out in Sarn on Monday night.\n"
    )

    assert article.paragraphs == (FIRST, SECOND, THIRD)


def test_lines_of_a_script_without_spaces_are_joined_without_one(read_markdown: Read) -> None:
    """A line end inside a Chinese sentence is no space."""
    story = "市议会星期二决定冬季继续\n开放游泳池。市长表示，\n资金来自道路预算。\n居民们非常高兴，收集了很多人的签名。"

    article = read_markdown(f"# 游泳池继续开放\n\n{story}\n")

    assert article.paragraphs == (story.replace("\n", ""),)


@pytest.mark.parametrize(
    "content", ["# Ferries return\n", "```\ncode\n```\n", "![A quay](quay.jpg)\n"], ids=["headline", "code", "image"]
)
def test_markdown_without_a_story_is_too_short(read_markdown: Read, content: str) -> None:
    """A headline alone is no article."""
    with pytest.raises(ArticleTooShort):
        read_markdown(content)


def test_lists_nested_beyond_reason_are_refused(read_markdown: Read) -> None:
    """Rather than losing what lies below the parser's limit."""
    with pytest.raises(InvalidDocument, match="nested more than"):
        read_markdown(">" * 400 + f" {FIRST}\n")


def test_pictures_inside_the_markdown_do_not_count_for_its_length(read_markdown: Read) -> None:
    """Word processors export them as data; the text beside them is an article still."""
    picture = "data:image/png;base64," + "iVBOR" * 400_000

    article = read_markdown(f"# Ferries return\n\n{FIRST}\n\n![][image1]\n\n{SECOND}\n\n[image1]: <{picture}>\n")

    assert article.paragraphs == (FIRST, SECOND)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["[", "![", "*a ", "![a](", "<b>", "`", "> ", "a\\\n", "- ", "~~", "*_", "&amp;", "[^1]", "<!--", "- a\n", "word "],
    ids=repr,
)
def test_markdown_made_of_one_mark_ends(read_markdown: Read, unit: str) -> None:
    """Whatever the outcome, it is one of ours, and it comes."""
    for length in (9_000, 60_000, 4_000_000):
        try:
            read_markdown(unit * (length // len(unit)))
        except (ArticleTooShort, DocumentTooLarge, InvalidDocument):
            continue
