"""The words of the kinds are for people who know a language: a file each, in sections, sorted."""

from itertools import pairwise
from pathlib import Path

import pytest

from standfirst.domain.article import ArticleKind
from standfirst.reading.kinds import labels, structure
from standfirst.text.phrase_files import sections_by_language

FILES = sorted(Path(labels.__file__).with_name("lexicon").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_is_a_file_of_sections_that_are_looked_at(file: Path) -> None:
    """A misspelled heading would be a list that does nothing."""
    sections = sections_by_language("standfirst.reading.kinds.lexicon")[file.stem]
    rules = Path(structure.__file__).read_text(encoding="utf-8")

    assert file.read_text(encoding="utf-8").startswith("# ")
    assert sections
    assert all(name in {*ArticleKind} or f'"{name}"' in rules for name in sections)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_phrases_are_sorted_and_in_small_letters(file: Path) -> None:
    """Whoever adds a phrase sees where it goes; one with capitals would never be found."""
    blocks = file.read_text(encoding="utf-8").split("\n\n")[1:]

    for block in blocks:
        heading, _, body = block.partition("\n")
        phrases = [phrase.strip() for phrase in body.replace("\n", " ").split(";")]
        assert all(before < after for before, after in pairwise(phrases)), heading
        assert all(phrase == phrase.casefold().replace("’", "'") for phrase in phrases)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_zodiac_is_whole(file: Path) -> None:
    """Twelve signs, and the second names that some of them have."""
    assert len(sections_by_language("standfirst.reading.kinds.lexicon")[file.stem]["signs"]) in range(12, 17)
