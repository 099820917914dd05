"""The lexicon is for people who know a language: a file each, in sections, sorted."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from standfirst.reading.boilerplate import classify, phrases

FILES = sorted(Path(phrases.__file__).with_name("lexicon").glob("*.txt"))
SECTION = re.compile(r"\[([a-z ]+)\]\n(.*?)(?:\n\n|\n?\Z)", re.DOTALL)


def sections(file: Path) -> dict[str, list[str]]:
    """The phrases of each section, in the order of the file."""
    return {
        name: [phrase.strip() for phrase in re.split(r";\s*", text)]
        for name, text in SECTION.findall(file.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_is_a_sorted_file_that_says_where_it_came_from(file: Path) -> None:
    """Whoever adds a phrase sees where it goes, and that it is not there yet."""
    first = file.read_text(encoding="utf-8").splitlines()[0]

    assert re.match(r"# [A-Z][a-z]+\. .+", first)
    for name, listed in sections(file).items():
        assert all(before < after for before, after in pairwise(listed)), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_section_is_one_that_a_rule_looks_at(file: Path) -> None:
    """A misspelled heading would be a table that does nothing."""
    rules = Path(classify.__file__).read_text(encoding="utf-8")

    assert all(f'"{name}"' in rules for name in sections(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_phrases_are_spelled_as_lines_are_compared(file: Path) -> None:
    """In small letters and with straight apostrophes; others would never be found."""
    listed = [phrase for section in sections(file).values() for phrase in section]

    assert listed
    assert all(phrase == phrase.casefold().replace("’", "'") for phrase in listed)
