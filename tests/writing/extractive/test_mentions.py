"""Who is named by surname alone."""

import pytest

from standfirst.writing.extractive.mentions import introductions


@pytest.mark.parametrize(
    ("language", "sentences", "needed"),
    [
        pytest.param(
            "en",
            ("Councillor Ruth Ames opened the hall.", "The hall is new.", "Ames said the roof leaks."),
            [set(), set(), {0}],
            id="a surname",
        ),
        pytest.param("en", ("Ruth Ames won.", "Mrs Ames's boat sank."), [set(), {0}], id="with a title"),
        pytest.param("en", ("Ruth Ames won.", "Ruth Ames sailed on."), [set(), set()], id="in full again"),
        pytest.param("en", ("Ames won.", "Ames sailed on."), [set(), set()], id="never in full"),
        pytest.param("en", ("The Sele froze.", "The ice on the Sele broke."), [set(), set()], id="a river"),
        pytest.param(
            "de",
            ("Kreisrätin Ruth Ames sprach.", "Fünf Millionen Euro fehlen.", "Der Euro fällt.", "Ames schwieg."),
            [set(), set(), set(), {0}],
            id="German nouns",
        ),
        pytest.param("fr", ("Le maire Jean Ledoux a parlé.", "M. Ledoux part."), [set(), {0}], id="French"),
        pytest.param("ja", ("市は市場を閉じた。", "市は喜んだ。"), [set(), set()], id="no capitals"),
    ],
)
def test_a_surname_needs_the_sentence_with_the_whole_name(
    language: str, sentences: tuple[str, ...], needed: list[set[int]]
) -> None:
    """Whoever reads the later sentence alone could not know who is meant."""
    assert introductions(sentences, language) == needed
