"""Single rules of a page, each with the line that would be wrong without it."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article

Read = Callable[..., Article]

FIRST = "Ferries between Dunmere and the islands resumed on Monday after crews accepted a pay deal."
SECOND = "The first boat left the quay at dawn with 84 passengers on board, Norlink said."
THIRD = "Islanders had been cut off for nine weeks, and their shops had run out of flour."
FOURTH = "A joint panel will review the timetable of the ferries in September, both sides said."
BODY = (FIRST, SECOND, THIRD, FOURTH)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Article continues below",
        "Share",
        "Listen to this article 4 min",
        "5 min read",
        "Published 3 March 2025, 10:14 GMT",
        "Updated 2 hours ago",
        "By Jane Doe, Political correspondent",
        "Photo: Ivo Lindqvist/Nordbild",
        "Image caption The quay of Dunmere on Monday",
        "A ferry leaves the quay of Dunmere. [Jane Doe/Reuters]",
        "(AP Photo/Jane Doe)",
        "Getty Images",
        "Read more: Norlink posts a loss",
        "Sign up for our morning newsletter and never miss a story.",
        "We use cookies to make this site work. You can change your settings at any time.",
        "THE LONG WAIT",
        "A long wait",
        "What happens next?",
        "Home > News > Transport",
        "To get more breaking news straight to your phone, join our WhatsApp group.",
        "Want to stay updated? Sign up for the harbour's morning letter.",
        "Anzeige",
        "Lesen Sie auch: Fähren fahren wieder",
        "Lire aussi : Les ferries repartent",
        "Publicidad",
        "Читайте также: Паромы снова ходят",
    ],
)  # fmt: skip
def test_a_line_of_the_page_in_the_middle_of_the_story_goes(read: Read, line: str) -> None:
    """It goes alone: the story before and after it stays."""
    page = f"{FIRST}\n{SECOND}\n{line}\n{THIRD}\n{FOURTH}"

    assert read(page).paragraphs == BODY


@pytest.mark.parametrize(
    "heading",
    [
        "Read next",
        "Most read",
        "You may also like",
        "Trending",
        "Meistgelesen",
        "Les plus lus",
        "Lo más visto",
        "Luetuimmat",
    ],
)
def test_teasers_below_a_foots_heading_go(read: Read, heading: str) -> None:
    """Blurbs are news sentences; that they stand below this heading is what tells."""
    page = "\n".join((*BODY, heading, "A fire broke out in Sarn on Monday night.", "The ferries of Sarn stand still."))

    assert read(page).paragraphs == BODY


@pytest.mark.parametrize(
    "heading", ["Related", "More on this story", "Mehr zum Thema", "Leggi anche", "İlgili Haberler"]
)
def test_the_story_goes_on_after_a_box_of_titles(read: Read, heading: str) -> None:
    """The titles go with their heading, the paragraphs behind them stay."""
    box = (heading, "Crews vote to walk out over rosters", "What the strike means for island schools")
    page = "\n".join((FIRST, SECOND, *box, THIRD, FOURTH))

    assert read(page).paragraphs == BODY


def test_teasers_that_no_heading_announces_go(read: Read) -> None:
    """A time above each is enough."""
    page = "\n".join(
        (*BODY, "05:10", "A fire broke out in Sarn.", "21:47", "Bus drivers in Merrow will strike on Friday.")
    )

    assert read(page).paragraphs == BODY


@pytest.mark.parametrize(
    "ending",
    ["Comments", "What is your opinion on this topic?", "Leave the first comment", "Topics", "© 2025 The Post",
     "ENDS", "###",
     "(Reporting by Jane Doe; Editing by John Roe)", "Tags: ferries, Dunmere", "Kommentare", "Commentaires"],
)  # fmt: skip
def test_nothing_follows_what_ends_a_page(read: Read, ending: str) -> None:
    """Not even a whole paragraph."""
    page = "\n".join((*BODY, ending, "Something else entirely was written down here by somebody."))

    assert read(page).paragraphs == BODY


@pytest.mark.parametrize(
    "dateline",
    ["ISTANBUL, March 3 (Agency) — ", "NEW YORK (AP) - ", "DUBAI, United Arab Emirates — ", "Madrid, 3 mar (EFE).- ",
     "Berlin (dpa) - ", "PARIS/LONDON, March 3 (Reuters) - ", "(ANSA) - ROMA, 03 MAR - ", "BUFFALO, N.Y. — "],
)  # fmt: skip
def test_a_dateline_is_taken_off_its_paragraph(read: Read, dateline: str) -> None:
    """The sentence behind it stays whole."""
    assert read("\n".join((dateline + FIRST, SECOND))).paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    "sentence",
    ["NATO - the alliance of 32 states - will meet in Dunmere on Monday, its spokesman said.",
     "By Monday the ferries were running again, and nobody spoke about the strike any more.",
     "Share prices of the operator Norlink rose by 4 percent after the news became known.",
     "Comments by the minister had caused anger on the islands the week before.",
     "He agreed.", "“Read more books,” she said."],
)  # fmt: skip
def test_a_sentence_that_begins_like_boilerplate_stays(read: Read, sentence: str) -> None:
    """A word at the start does not make boilerplate of a sentence."""
    assert read(f"{FIRST}\n{SECOND}\n{sentence}\n{THIRD}").paragraphs == (FIRST, SECOND, sentence, THIRD)


@pytest.mark.parametrize("mark", ["(MORE)", "MORE", "--more--", "(more)"])
def test_the_mark_of_another_take_does_not_end_the_story(read: Read, mark: str) -> None:
    """Agencies send a long story in takes; it ends with "ends"."""
    page = f"{FIRST}\n{SECOND}\n{mark}\n{THIRD}\n{FOURTH}\n-30-\nNorlink is a company."

    assert read(page).paragraphs == BODY


@pytest.mark.parametrize(
    "notes",
    ["Notes to editors:\nNorlink has 14 boats and 400 crew members.", "EDITOR'S NOTE: This story has been corrected.",
     "EDITOR'S NOTE:\nThis story has been corrected by the agency.",
     "ATTENTION EDITORS - This picture was provided by a third party and is to be used as it is."],
    ids=["notes", "one line", "two lines", "attention"],
)  # fmt: skip
def test_notes_to_editors_are_no_part_of_the_story(read: Read, notes: str) -> None:
    """They are written for the newsroom, not for its readers."""
    assert read("\n".join((*BODY, "", notes))).paragraphs == BODY


@pytest.mark.parametrize(
    "author",
    ["Anna Brandt ist Redakteurin im Ressort Politik.", "Eva Lind är reporter på Norrviks Tidning.",
     "Aino Salmi on Haukisalmen Sanomien toimittaja.", "Анна Лесная — корреспондент отдела политики.",
     "Ayla Demir, Gülpınar gazetesinin muhabiridir.", "Anne Petit est correspondante du journal à Valmorin."],
    ids=["de", "sv", "fi", "ru", "tr", "fr"],
)  # fmt: skip
def test_the_line_about_the_author_goes(read: Read, author: str) -> None:
    """In every language it says who somebody is, below the story."""
    assert read("\n".join((*BODY, author))).paragraphs == BODY


def test_a_first_sentence_is_no_headline(read: Read) -> None:
    """It ends as a sentence does."""
    assert read("\n".join(BODY)).headline is None


def test_the_second_paragraph_that_begins_anew_makes_a_standfirst_of_the_first(read: Read) -> None:
    """Both introduce the same news with the same names."""
    intro = (
        "Ferries between Dunmere and the islands are running again after crews accepted a pay deal. The strike is over."
    )

    article = read("\n".join((intro, *BODY)))

    assert article.standfirst == intro
    assert article.paragraphs == BODY


def test_in_doubt_the_first_paragraph_stays_in_the_body(read: Read) -> None:
    """A lead whose second paragraph goes on is no standfirst."""
    article = read("\n".join(("Ferries return to Dunmere", *BODY)))

    assert article.headline == "Ferries return to Dunmere"
    assert article.standfirst is None
    assert article.paragraphs == BODY


def test_a_lead_with_a_dateline_is_no_standfirst_even_above_the_byline(read: Read) -> None:
    """Agencies put a dateline on the lead; no standfirst has one."""
    article = read("\n".join(("Ferries return to Dunmere", f"DUNMERE (NordWire) — {FIRST}", "By Jane Doe", *BODY[1:])))

    assert article.standfirst is None
    assert article.paragraphs == BODY


@pytest.mark.parametrize(
    "tail",
    [
        ("About Norlink", "Norlink is the largest ferry line between Dunmere and the islands, with 400 employees."),
        ("ABOUT NORLINK", "Founded in 1961, Norlink runs nine ferries between Dunmere and the islands."),
        ("Forward-Looking Statements", "This release contains statements about ferries that involve risks."),
        ("SOURCE Norlink Inc.",),
    ],
    ids=["about", "capitals", "statements", "source"],
)
def test_the_tail_of_a_press_release_goes(read: Read, tail: tuple[str, ...]) -> None:
    """It says who issued the release, and is the same below each of theirs."""
    assert read("\n".join((*BODY, *tail))).paragraphs == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "The dead were named as: Ada Holm, 34; Piet Raas, 51; and Lo Venn, 8.",
        "Seats won: Labour 31; Union 24; Greens 9; Left 5; Centre 1.",
        "About Norlink the minister would say nothing on Monday, however often he was asked.",
    ],
)
def test_what_only_looks_like_a_team_sheet_or_a_tail_stays(read: Read, sentence: str) -> None:
    """A list of names may be the news."""
    assert read("\n".join((*BODY, sentence))).paragraphs == (*BODY, sentence)


@pytest.mark.parametrize(
    "below",
    [("By Ada Holm", "3 March 2025"), ("Ada Holm and Piet Raas", "Tue 3 Mar 2025 18.40 CET"), ("3 March 2025",), ()],
    ids=["byline", "names", "time", "body"],
)
@pytest.mark.parametrize(
    "standfirst",
    ["Norlink's crews say they will accept the panel; islanders call the deal historic", "Will the ferries stay?"],
    ids=["statement", "question"],
)
def test_a_line_below_the_headline_is_the_papers_standfirst(
    read: Read, standfirst: str, below: tuple[str, ...]
) -> None:
    """Many papers print theirs without a full stop."""
    article = read("\n\n".join(("Ferries to the islands resume after pay deal", standfirst, *below, *BODY)))

    assert article.headline == "Ferries to the islands resume after pay deal"
    assert article.standfirst == standfirst
    assert article.paragraphs == BODY


def test_a_story_in_one_paragraph_is_read_though_it_ends_with_who_contributed(read: Read) -> None:
    """As a line of its own that is boilerplate; here it would take the whole story with it."""
    story = " ".join((*BODY, *BODY, "Ann Lee contributed to this report."))

    assert read(story).paragraphs == (story,)
    assert read("\n\n".join((*BODY, "Ann Lee contributed to this report."))).paragraphs == BODY


@pytest.mark.parametrize("dateline", ["(Sports Network) - ", "(New York, NY - October 21) ", "(Dunmere, March 3) -- "])
def test_a_dateline_in_brackets_is_taken_off(read: Read, dateline: str) -> None:
    """Some wires print it so."""
    assert read("\n".join((dateline + FIRST, *BODY[1:]))).paragraphs == BODY


@pytest.mark.parametrize(
    "title",
    ["UPDATE 2-Ferries to the islands resume", "FERRY-DUNMERE (UPDATE 2)\n\nFerries to the islands resume"],
    ids=["prefix", "slug"],
)
def test_what_a_wire_calls_its_takes_is_no_headline(read: Read, title: str) -> None:
    """The slug and the number of the take are for editors."""
    assert read("\n\n".join((title, *BODY))).headline == "Ferries to the islands resume"


@pytest.mark.parametrize("indent", ["", "\u3000"], ids=["blank line", "indent"])
def test_wrapped_japanese_is_joined_without_spaces(read: Read, indent: str) -> None:
    """Its characters are twice as wide as letters, and its words have no spaces between them."""
    first = "島と本土を結ぶフェリーは月曜日、船員が賃上げ案を受け入れたため、九週間ぶりに運航を再開した。"
    second = "第一便は夜明けに岸壁を離れ、八十四人が乗船していた。島の店では小麦粉が底をつき、住民は困っていた。"
    wrapped = [
        "\n".join(text[at : at + 21] for at in range(0, len(text), 21)) for text in (indent + first, indent + second)
    ]

    article = read(("\n" if indent else "\n\n").join(wrapped))

    assert article.paragraphs == (first, second)
