"""What each table, rule and word list of the checks brings: every draft is checked again without it.

The difference a part makes is that of balanced accuracy with and without it, on the same drafts. Drafts of one article
are alike, so its standard error comes from the articles: the linearised estimate for ratios of cluster totals
(Cochran, Sampling Techniques, chapter 11), paired, because with and without are of the same drafts.
"""

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules

from standfirst.checking import check_draft, lexicon
from standfirst.checking.lexicon.english import Lexicon, lexicon_of

EMPTY = {frozenset: frozenset(), re.Pattern: re.compile(r"(?!)")}
"""What a word list is replaced by, for each type a list may have."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled draft: its article, whether it is wrong, and whether an error was found in it."""

    article: str
    is_wrong: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares, 0 to 1: of the wrong drafts that are flagged, and of the right ones."""

    caught: float
    alarms: float

    @property
    def balanced_accuracy(self) -> float:
        """0.5 is chance."""
        return (self.caught + 1 - self.alarms) / 2


def rates(outcomes: Sequence[Outcome]) -> Rates:
    """The rates of ``outcomes``; 0 for a label that none has."""
    shares = []
    for label in (True, False):
        flags = [each.is_flagged for each in outcomes if each.is_wrong == label]
        shares.append(sum(flags) / max(1, len(flags)))
    return Rates(*shares)


def standard_error(outcomes: Sequence[Outcome], without: Sequence[Outcome]) -> float:
    """The standard error of the difference in balanced accuracy, by article; 0 when there is one article only."""
    gained = [one.is_flagged - other.is_flagged for one, other in zip(outcomes, without, strict=True)]
    influence: dict[str, float] = defaultdict(float)
    for label, sign in ((True, 0.5), (False, -0.5)):
        chosen = [(each.article, gain) for each, gain in zip(outcomes, gained, strict=True) if each.is_wrong == label]
        mean = sum(gain for _, gain in chosen) / max(1, len(chosen))
        for article, gain in chosen:
            influence[article] += sign * (gain - mean) / len(chosen)
    clusters = len(influence)
    return math.sqrt(clusters / (clusters - 1) * sum(each**2 for each in influence.values())) if clusters > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """A table, a rule or a word list of the checks: the object that holds it, and what the checks do without it."""

    name: str
    original: object
    substitute: object


def parts() -> Iterator[Part]:
    """Every table of the lexicon, every rule, and every public word list of ``checking/lexicon``."""
    english = lexicon_of("en")
    for table in fields(Lexicon):
        emptied = replace(english, **{table.name: type(getattr(english, table.name))()})
        yield Part(f"table {table.name}", lexicon_of, lambda _language, it=emptied: it)
    rules = check_draft.GROUNDING
    for rule in rules:
        yield Part(f"rule {rule.__name__}", rules, tuple(other for other in rules if other is not rule))
    yield Part("rule check_leaks", check_draft.check_leaks, lambda _comparison: iter(()))
    for module in iter_modules(lexicon.__path__):
        for name, value in vars(import_module(f"{lexicon.__name__}.{module.name}")).items():
            if name.isupper() and not name.startswith("_") and type(value) in EMPTY:
                yield Part(f"words {name}", value, EMPTY[type(value)])


@contextmanager
def without(part: Part) -> Iterator[None]:
    """The checks without ``part``."""
    with _replaced(part.original, part.substitute):
        _forget()
        yield
    _forget()


@contextmanager
def _replaced(original: object, substitute: object) -> Iterator[None]:
    """``substitute`` wherever a module of ours knows ``original``."""
    places = [
        (module, name)
        for module in [module for key, module in sys.modules.items() if key.startswith("standfirst.")]
        for name, value in vars(module).items()
        if value is original
    ]
    for module, name in places:
        setattr(module, name, substitute)
    try:
        yield
    finally:
        for module, name in places:
            setattr(module, name, original)


def _forget() -> None:
    """Empty the caches of the checks, which hold what was found with other tables."""
    modules = [module for key, module in sys.modules.items() if key.startswith("standfirst.checking")]
    for value in chain.from_iterable(vars(module).values() for module in modules):
        if hasattr(value, "cache_clear"):
            value.cache_clear()
