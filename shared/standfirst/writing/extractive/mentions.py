"""Which sentences name somebody by surname alone, whom an earlier sentence named in full."""

import re
from collections.abc import Iterator, Sequence

from standfirst.text.sentences import primary_subtag

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLES = (
    "dame dr fr fru frau herr hr lady lord m madame mevrouw miss mme monsieur mr mrs ms pan pani prof señor señora "
    "signor signora sir sr sra"
)
_HONORIFICS = frozenset(_TITLES.split())
_CAPITALS_FOR_EVERY_NOUN = frozenset({"de", "lb"})
"""Languages in which a noun looks like a name: there a surname is known only as the first word of a sentence."""


def introductions(sentences: Sequence[str], language: str) -> list[set[int]]:
    """Returns for each sentence the indexes of those that name in full whom it names by one word only.

    "Ames said …" needs "Councillor Ruth Ames said …" before it in a text. In scripts without capitals names are not
    known, and no sentence needs another one.
    """
    words_of = [[*_WORD.finditer(sentence)] for sentence in sentences]
    small = {text for words in words_of for word in words if (text := word.group())[0].islower()}
    first_only = primary_subtag(language) in _CAPITALS_FOR_EVERY_NOUN
    named: dict[str, int] = {}
    needed = []
    for at, words in enumerate(words_of):
        names = list(_names_in(words, small))
        full = {name[-1] for name, _ in names if len(name) > 1}
        short = {name[0] for name, is_first in names if len(name) == 1 and (is_first or not first_only)}
        needed.append({named[name] for name in short - full if name in named})
        for name in full:
            named.setdefault(name, at)
    return needed


def _names_in(words: Sequence[re.Match[str]], small: set[str]) -> Iterator[tuple[list[str], bool]]:
    """Yields the runs of ``words`` with capitals, without titles such as "Mr", and whether one begins the sentence.

    ``small`` are words that the article also writes without a capital: at the head of a sentence they are no names.
    """
    run: list[str] = []
    is_first = True
    end = -1
    for at, word in enumerate(words):
        text = word.group()
        is_name = text[0].isupper() and not (at == 0 and text[0].lower() + text[1:] in small)
        if run and not (is_name and word.string[end : word.start()] == " "):
            yield run, is_first
            run = []
        if is_name and text.casefold() not in _HONORIFICS:
            is_first = is_first if run else at == 0
            run.append(_POSSESSIVE.sub("", text))
        end = word.end()
    if run:
        yield run, is_first
