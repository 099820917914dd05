"""What an editor would strike out of a text made of picked sentences."""

import pytest

from standfirst.writing.extractive.self_contained import (
    begins_joined,
    begins_quoted,
    is_fit,
    is_printable,
    leans_on_previous,
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("en", "The board closed the market.", id="a statement"),
        pytest.param("en", "The board said it would “close the market.”", id="ends in a quotation"),
        pytest.param("en", "The board (all nine of them) closed the market!", id="brackets"),
        pytest.param("en", "The board closed the market; traders left.", id="a semicolon"),
        pytest.param("zh", "委员会关闭了这个旧市场。", id="Chinese"),
        pytest.param("en", "Hill, Stone and Ward closed the old market.", id="names that do something"),
        pytest.param("en", "No trader can be charged twice.", id="a no that is no answer"),
        pytest.param("en", "In Aulau, Greyhaven, Sele and Varn, markets closed.", id="a list of places in a statement"),
        pytest.param("hi", "परिषद ने कल पुराना बाज़ार बंद कर दिया।", id="Hindi"),
    ],
)
def test_a_whole_statement_is_printable(language: str, sentence: str) -> None:
    """It begins, ends, and closes what it opens."""
    assert is_printable(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("en", "Will the board really close the market?", id="a question"),
        pytest.param("ar", "هل ستغلق البلدية السوق القديم؟", id="an Arabic question"),
        pytest.param("el", "Θα κλείσει το συμβούλιο την αγορά;", id="a Greek question"),
        pytest.param("en", 'The board "closed the market.', id="a quotation left open"),
        pytest.param("en", "The board (all nine of them closed the market.", id="a bracket left open"),
        pytest.param("en", "Traders at the old fish market in the harbour", id="no end"),
        pytest.param("en", "Scroll down for video of the old fish market.", id="page furniture"),
        pytest.param("en", "It is over.", id="a fragment"),
        pytest.param("en", "Dockers: Marsh 6; Field 5, Brook 6, Dale 7; Fenn 7 (Moor 70).", id="a line-up"),
        pytest.param("en", "Subs not used: Reed, Sallow.", id="a short list of names"),
        pytest.param("de", "Marsch 6; Feld 5; Bach 6; von Tal 7.", id="a list without a label"),
        pytest.param("en", "No. Traders cannot be charged twice.", id="an answer"),
        pytest.param("es", "Sí, el mercado cierra en mayo.", id="a Spanish answer"),
        pytest.param("en", "Here are the answers to the questions of the traders.", id="what follows"),
        pytest.param("en", "Adults £8, under-12s £4.", id="prices"),
        pytest.param("en", "• The fish market closes in May.", id="an item"),
        pytest.param("en", "“The fish market must close in May.”", id="a quotation of nobody"),
        pytest.param("de", "„Der Markt muss im Mai schließen.“", id="a German quotation of nobody"),
    ],
)
def test_what_is_no_whole_statement_is_not_printable(language: str, sentence: str) -> None:
    """It is used only where an article has nothing else."""
    assert not is_printable(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "fit"),
    [
        pytest.param("The board of the US port closed the old fish market on Friday.", True, id="US is no us"),
        pytest.param(
            "The board said “we close the market” after a long meeting on Friday.", True, id="a short quotation"
        ),
        pytest.param("“We have to close the old market for good,” the board said.", False, id="mostly quotation"),
        pytest.param("'We have to close the old market for good,' the board said.", False, id="single marks"),
        pytest.param("On Friday we walked through the old fish market with its traders.", False, id="we"),
        pytest.param("The market closes on Friday.", False, id="a remark"),
        pytest.param("– The old fish market has to close on Friday, says Hale.", False, id="a dash"),
    ],
)
def test_a_sentence_that_a_better_one_should_replace_is_known(sentence: str, *, fit: bool) -> None:
    """It is picked only where no other tells the news."""
    assert is_fit(sentence, "en") is fit


@pytest.mark.parametrize(
    ("language", "sentence", "leans"),
    [
        pytest.param("en", "He closed the market.", True, id="a pronoun"),
        pytest.param("en-GB", "“However, nobody came.”", True, id="a connective in a quotation"),
        pytest.param("en", "The market will close in May, she said.", True, id="said by a pronoun"),
        pytest.param("en", "The market will close in May, Hale said.", False, id="said by a name"),
        pytest.param("de", "Aber niemand kam.", True, id="German"),
        pytest.param("de", "Das beschloss der Stadtrat am Dienstag.", True, id="German das"),
        pytest.param("de", "Das teilte die Stadt am Dienstag mit.", True, id="German das, a verb in -e"),
        pytest.param("de", "Das Gericht sprach ihn frei.", False, id="German das with a noun"),
        pytest.param("de", "Das neue Gesetz gilt ab Mai.", False, id="German das with an adjective"),
        pytest.param("da", "Den nye hal åbner i maj.", False, id="a Danish article"),
        pytest.param("nl", "Het nieuwe station gaat open.", False, id="a Dutch article"),
        pytest.param("zh", "他关闭了市场。", True, id="Chinese"),
        pytest.param("ja", "市は市場を閉じた。", False, id="Japanese"),
        pytest.param("sv", "Det meddelade kommunen.", True, id="Swedish"),
        pytest.param("sv", "Kommunen stängde hallen.", False, id="Swedish that stands"),
        pytest.param("nb", "Han stengte hallen.", True, id="Norwegian"),
        pytest.param("nn", "Ho stengde hallen.", True, id="New Norwegian"),
        pytest.param("da", "Hun lukkede hallen.", True, id="Danish"),
        pytest.param("fi", "Hän sulki hallin.", True, id="Finnish"),
        pytest.param("pl", "Jego firma zamknęła halę.", True, id="Polish"),
        pytest.param("uk", "Він закрив ринок.", True, id="Ukrainian"),
        pytest.param("ru", "Там закрыли рынок.", True, id="Russian"),
        pytest.param("pt", "Além disso, o mercado fechou.", True, id="Portuguese"),
        pytest.param("it", "Tuttavia il mercato chiude.", True, id="Italian"),
        pytest.param("nl", "Daarom sluit de markt.", True, id="Dutch"),
        pytest.param("tr", "Öte yandan pazar kapandı.", True, id="Turkish"),
        pytest.param("en", "On Monday he closed the market.", True, id="behind when"),
        pytest.param("en", "In the long hall by the station, she closed the book.", True, id="behind where"),
        pytest.param("en", "After the vote, the mayor said he would go.", False, id="behind who"),
        pytest.param("en", "On Monday Ruth Ames said she would go.", False, id="behind a name"),
        pytest.param("en", "In her speech, Mayor Ruth Ames closed the market.", False, id="her speech"),
        pytest.param("de", "Am Montag schloss sie die Halle.", True, id="German, behind when"),
        pytest.param("de", "Die Halle bleibe zu, sagte er.", True, id="German, said by a pronoun"),
        pytest.param("fr", "Lundi, il a fermé la halle.", True, id="French, behind when"),
        pytest.param("fr", "La halle est fermée, a-t-elle dit.", True, id="French, said by a pronoun"),
        pytest.param("nl", "Op maandag sloot hij de hal.", True, id="Dutch, behind when"),
        pytest.param("ru", "В понедельник он закрыл рынок.", True, id="Russian, behind when"),
        pytest.param("en", "As a result, the market closes in May.", True, id="several words"),
        pytest.param("en", "“In fact the market closes in May.”", True, id="several words, quoted"),
        pytest.param("en", "In factories along the coast nobody worked.", False, id="a longer word"),
        pytest.param("pl", "Mimo to targ zamknięto w maju.", True, id="several Polish words"),
        pytest.param("fi", "Niissä on yhteensä 97 kauppiasta.", True, id="a Finnish case"),
        pytest.param("xx", "He closed the market.", False, id="an unknown language"),
        pytest.param("en", "2026", False, id="no word at all"),
    ],
)
def test_a_sentence_that_points_back_is_known(language: str, sentence: str, *, leans: bool) -> None:
    """By its first words, or by who says it; in a language without a list nothing points back."""
    assert leans_on_previous(sentence, language) is leans


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        pytest.param('"We were told it was safe," said Hale.', True, id="straight marks"),
        pytest.param("„Wir bleiben“, sagte Hale.", True, id="German marks"),
        pytest.param("« Nous restons », a dit Hale.", True, id="French marks"),
        pytest.param("「残ります」と話した。", True, id="Japanese marks"),
        pytest.param("– Vi stannar, säger Hale.", True, id="a dash"),
        pytest.param("Hale said “we stay” and left.", False, id="a quotation further on"),
    ],
)
def test_a_sentence_that_begins_with_a_quotation_is_known(sentence: str, *, quoted: bool) -> None:
    """In the marks of many languages, and the dash that some write instead."""
    assert begins_quoted(sentence) is quoted


@pytest.mark.parametrize(
    ("language", "sentence", "joined"),
    [
        pytest.param("ar", "وتراجعت أسعار السمك.", True, id="Arabic and"),
        pytest.param("ar", "وزير الزراعة أغلق السوق.", False, id="an Arabic word that begins like and"),
        pytest.param("en", "And nobody came.", False, id="a word of its own"),
    ],
)
def test_a_sentence_that_begins_with_an_and_in_its_word_is_known(language: str, sentence: str, *, joined: bool) -> None:
    """It goes on from any other sentence, and begins no text."""
    assert begins_joined(sentence, language) is joined
    assert not leans_on_previous(sentence, "ar")


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        pytest.param("It was the oldest fish market on the coast.", False, id="it"),
        pytest.param("This market is the oldest on the coast.", False, id="this"),
        pytest.param("Every morning she walks to the market with a basket.", True, id="she"),
        pytest.param("He walks to the market with a basket.", True, id="he"),
    ],
)
def test_the_first_sentence_points_forward_unless_it_leaves_unsaid_who(sentence: str, *, leans: bool) -> None:
    """Nothing comes before it; but a text that ends with it never says who she is."""
    assert leans_on_previous(sentence, "en", is_first=True) is leans
