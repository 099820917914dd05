"""Paragraphs to sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        pytest.param("en", ["Mr. Hale met Gen. Orr in the U.S. on Monday.", "They shook hands."], id="titles"),
        pytest.param("en", ["The vote is at 5 p.m. Monday.", "It is open."], id="a clock and a day"),
        pytest.param("en", ["The court ruled.", "(Reporting by Ann Lee.)", "The case goes on."], id="a closed bracket"),
        pytest.param("en", ['She said "no."', 'He said "yes."'], id="a closed quotation"),
        pytest.param("en", ["“We will go. It is late,” she said.", "Then he left."], id="points inside a quotation"),
        pytest.param("en", ["1. Boil the water.", "2. Add the salt."], id="an enumeration"),
        pytest.param("en", ["the mayor spoke.", "nobody was hurt."], id="text without capitals"),
        pytest.param("en", ["The firm denied it.", "eBay said so.", "They settled."], id="a name that begins small"),
        pytest.param(
            "en",
            ["Traders at the old fish market in the harbour", "The mayor spoke on Monday."],
            id="a caption that lost its line end",
        ),
        pytest.param("en", ["Mayor Hale told The editor of the paper that he would go."], id="no caption"),
        pytest.param("de", ["Das war im 19. Jahrhundert so.", "Am 3. Mai nicht."], id="German ordinals"),
        pytest.param("fr", ["« Nous irons », a dit M. Dupré.", "Mme. Petit est partie."], id="French titles"),
        pytest.param("tr", ["Toplantı 3. katta yapılacak.", "Bitti."], id="Turkish ordinals"),
        pytest.param("sv", ["Han gick.", "”Vi går. Nu”, sade Eva Lind.", "Alla gick."], id="a Swedish quotation"),
        pytest.param("fi", ["Hän meni.", "”Menemme.”", "”Nyt.”"], id="Finnish quotations"),
        pytest.param("da", ["Han gik.", "»Vi går. Nu,« sagde hun.", "Alle gik."], id="a Danish quotation"),
        pytest.param("pl", ["Poszedł.", "„Idziemy. Teraz” – powiedziała.", "Koniec."], id="a Polish quotation"),
        pytest.param("pl", ["Powiedział: „Idziemy.", "Koniec.", "Nikt nie wie."], id="a quotation that never ends"),
        pytest.param("he", ["הוא הלך.", "״נלך. עכשיו״, אמרה.", "צה״ל אישר."], id="a Hebrew quotation"),
        pytest.param("ar", ["هل ستنجح المحادثات؟", "لا أحد يعرف."], id="an Arabic question mark"),
        pytest.param("hi", ["मंत्री ने कहा।", "बैठक होगी।"], id="a danda"),
        pytest.param("xx", ["The ferry left.", "The port closed."], id="a language nobody knows"),
    ],
)
def test_a_paragraph_falls_into_its_sentences(language: str, sentences: list[str]) -> None:
    """Sentences that were put together with spaces come out as they were."""
    assert split_sentences(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        pytest.param("zh", ["会议将于周四举行！", "真的吗？", "是的。"], id="Chinese"),
        pytest.param("zh", ["“我们走。现在走。”市长说。", "会议结束了。"], id="a Chinese speaker"),
        pytest.param("zh", ["“我们走。”", "会议结束了。"], id="a Chinese quotation alone"),
        pytest.param("ja", ["市長は「急がない。待つ」と述べた。", "会議は木曜日だ。"], id="Japanese"),
        pytest.param("ja", ["『「行く。」』と市長は述べた。", "会議は木曜日だ。"], id="a quotation in a quotation"),
        pytest.param("ja", ["市長は「行く！」と述べた。", "会議は木曜日だ。"], id="a quotation that goes on"),
    ],
)
def test_sentences_without_spaces_between_them_are_told_apart(language: str, sentences: list[str]) -> None:
    """Ideographic points end a sentence, except inside a quotation."""
    assert split_sentences("".join(sentences), language) == sentences


def test_the_region_of_a_language_does_not_matter() -> None:
    """A BCP 47 tag counts by its first part."""
    text = "Die Fähre fährt am 3. Mai. Das Wetter ist gut."

    assert split_sentences(text, "de-AT") == split_sentences(text, "de")


@pytest.mark.parametrize(
    "space", ["\u00a0", "\u0085", "\u2028", "\u3000"], ids=["no-break", "next line", "line", "wide"]
)
def test_any_white_space_before_a_point_is_survived_and_kept(space: str) -> None:
    """``sentencex`` panics on some of these, with an error that ``except Exception`` does not catch."""
    assert split_sentences(f"Plan A{space}. It failed.", "fr") == [f"Plan A{space}. It failed."]


@given(st.text(max_size=400), st.sampled_from(["en", "de", "zh", "und", ""]))
def test_every_sentence_stands_in_the_text_and_nothing_is_lost(text: str, language: str) -> None:
    """Sentences are verbatim, in order, and all characters but white space are in one of them."""
    sentences = split_sentences(text, language)

    assert all(sentence in text and sentence == sentence.strip() for sentence in sentences)
    assert "".join("".join(sentences).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit",
    ["他们说。", "„Ja ", "”Ja. Nein.” ", "“去。”他说。", "a. ", "Sie kam am 3. Mai. ", "Mme. "],
    ids=["ideographic", "quotes", "same quotes", "speakers", "a", "ordinals", "Mme"],
)
def test_a_very_long_paragraph_loses_nothing(unit: str) -> None:
    """Long text is split in blocks; the blocks together are the text."""
    text = unit * (60_000 // len(unit))

    sentences = split_sentences(text, "de")

    assert "".join("".join(sentences).split()) == "".join(text.split())
