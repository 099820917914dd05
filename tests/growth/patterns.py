"""Every pattern of the package, and the texts that could make each of them slow, which are made from its parse tree."""

import functools
import gc
import importlib
import inspect
import pkgutil
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import standfirst
from standfirst.safety.lexicon import languages

Node = Any
"""Of a parse tree, to which the standard library gives no types."""

Tokens = Sequence[tuple[Node, Node]]

_FOREIGN = ("aws_", "boto", "httpx", "logging", "openai", "pydantic", "threading", "weakref")
_POOL = " \na.A9-,\"'_:/;(<[{*#&@=“«—я会!?\t\\)>]}|~\u0301€"
"""A character of each kind that a pattern may ask for, the likeliest first."""
_LONG = 40
"""A repeat of at least so many may take long."""
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


@functools.cache
def modules() -> list[types.ModuleType]:
    """Returns every module of the package."""
    found = pkgutil.walk_packages(standfirst.__path__, "standfirst.")
    return [importlib.import_module(module.name) for module in found]


def patterns() -> Mapping[re.Pattern[Any], Sequence[str]]:
    """Returns every pattern that a module of the package holds, however deep, with the names it is found by."""
    found: dict[re.Pattern[Any], list[str]] = {}
    for module in modules():
        for name, pattern in patterns_in(vars(module), module.__name__.removeprefix("standfirst.")):
            found.setdefault(pattern, []).append(name)
    return found


def patterns_in(held: Mapping[str, object], owner: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yields the patterns in what ``held`` names: values, containers, instances, closures and caches."""
    for name, value in held.items():
        if not name.startswith("__"):
            yield from ((f"{owner}.{name}", pattern) for pattern in _patterns_in(value))


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if id(value) in seen or isinstance(value, str | bytes | int | float | types.ModuleType):
            continue
        seen.add(id(value))
        if isinstance(value, re.Pattern):
            yield value
        else:
            waiting += _parts(value)


def _parts(value: object) -> Sequence[object]:
    """Returns what ``value`` holds; patterns that are compiled when they are needed are compiled now."""
    if isinstance(value, types.FunctionType):
        return value.__closure__ or ()
    if isinstance(value, type):
        return list(vars(value).values()) if value.__module__.startswith("standfirst") else ()
    if type(value).__module__.startswith(_FOREIGN):
        return ()
    made: list[object] = []
    if isinstance(value, functools._lru_cache_wrapper):  # noqa: SLF001 - the type has no public name
        made += _called(value)
    for descriptor in vars(type(value)).values():
        if isinstance(descriptor, functools.cached_property) and _is_of_pattern(descriptor.func):
            made.append(descriptor.__get__(value))
    return [*made, *gc.get_referents(value)]


def _called(cached: Callable[..., object]) -> Iterator[object]:
    """Yields what a cached function without arguments, or of a language, returns, if it is made for patterns."""
    arguments = list(inspect.signature(cached).parameters)
    if not arguments and _is_of_pattern(cached):
        yield cached()
    elif arguments == ["language"]:
        yield from map(cached, languages())


def _is_of_pattern(function: Callable[..., object]) -> bool:
    return "Pattern" in str(inspect.signature(function).return_annotation)


def use_of(pattern: re.Pattern[Any], names: Iterable[str]) -> Callable[[Any], object]:
    """Returns how the package uses ``pattern``: from the beginning only, if nobody searches with it, else anywhere."""
    found = {method for name in names for method in _methods(name)}
    if found and found <= {"match", "fullmatch"}:
        return getattr(pattern, found.pop())  # type: ignore[no-any-return]
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _methods(name: str) -> Iterator[str]:
    """Yields what is called on the pattern of this name, or on those that it holds, which a loop names anew."""
    owner, _, short = name.rpartition(".")
    for module in modules():
        source = inspect.getsource(module)
        if module.__name__ == f"standfirst.{owner}" or re.search(rf"import .*\b{short}\b", source):
            looped = re.findall(rf"\bfor (\w+) in {short}\b", source)
            for each in (short, *looped):
                yield from re.findall(rf"\b{each}\.([a-z]+)\(", source)
                yield from re.findall(rf"\b{each}\.([a-z]+)[,)]", source)


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Yields a beginning, a unit to repeat, and an end of texts that may take long.

    The unit is what a repeat takes, behind the shortest text that leads to it; an end lets the match fail. A unit that
    has the beginning in it makes the search start anew from each.
    """
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    found: dict[tuple[str, str, str], None] = {}
    for lead, unit in _repeats(tree, ""):
        if unit:
            found |= dict.fromkeys([(lead, unit, "\0"), ("", lead + unit, "\0")])
            if lead:
                found |= dict.fromkeys([("", lead, "\0"), ("", lead + unit * 3, "\0")])
    yield from found


def _repeats(tokens: Tokens, lead: str) -> Iterator[tuple[str, str]]:
    """Yields for each long repeat what stands before it, and each unit that it may take."""
    for kind, value in tokens:
        if kind in _REPEATS:
            _, most, body = value
            if most >= _LONG:
                yield from ((lead, unit) for unit in _units(body))
            yield from _repeats(body, lead)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, lead)
        elif kind is op.SUBPATTERN:
            yield from _repeats(value[-1], lead)
        elif kind is op.ATOMIC_GROUP:
            yield from _repeats(value, lead)
        elif kind in {op.ASSERT, op.ASSERT_NOT}:
            yield from _repeats(value[1], lead)
        lead += _shortest([(kind, value)])


def _units(tokens: Tokens) -> list[str]:
    """Returns texts that ``tokens`` match: one for each kind of character or branch it begins with."""
    if len(tokens) == 1:
        kind, value = tokens[0]
        if kind in {op.IN, op.ANY, op.NOT_LITERAL, op.CATEGORY}:
            return _characters(kind, value)
        if kind is op.BRANCH:
            return [unit for branch in value[1] for unit in _units(branch)]
        if kind is op.SUBPATTERN:
            return _units(value[-1])
    shortest = _shortest(tokens)
    longer = "".join(_shortest([token], least=1) for token in tokens)
    return list(dict.fromkeys([shortest, longer]))


def _shortest(tokens: Tokens, least: int = 0) -> str:
    """Returns a short text that ``tokens`` match, with each repeat at least ``least`` times."""
    text = ""
    for kind, value in tokens:
        if kind is op.LITERAL:
            text += chr(value)
        elif kind in {op.IN, op.ANY, op.NOT_LITERAL}:
            text += next(iter(_characters(kind, value)), "")
        elif kind in _REPEATS:
            text += _shortest(value[2]) * max(value[0], min(least, value[1]))
        elif kind is op.BRANCH:
            text += min((_shortest(branch) for branch in value[1]), key=len)
        elif kind is op.SUBPATTERN:
            text += _shortest(value[-1])
        elif kind is op.ATOMIC_GROUP:
            text += _shortest(value)
    return text


def _characters(kind: Node, value: Node) -> list[str]:
    """Returns the characters of the pool, and the first of each range, that a class takes."""
    if kind is op.ANY:
        return list(_POOL)
    if kind is op.NOT_LITERAL:
        return [each for each in _POOL if ord(each) != value]
    named = [chr(what) for how, what in value if how is op.LITERAL] + [
        chr(what[0]) for how, what in value if how is op.RANGE
    ]
    return [each for each in dict.fromkeys([*_POOL, *named[:8]]) if _takes(value, each)]


def _takes(items: Tokens, character: str) -> bool:
    negated = bool(items) and items[0][0] is op.NEGATE
    return negated != any(_is(how, what, character) for how, what in items)


def _is(how: Node, what: Node, character: str) -> bool:
    if how is op.LITERAL:
        return ord(character) == what
    if how is op.RANGE:
        return bool(what[0] <= ord(character) <= what[1])
    if how is op.CATEGORY:
        return bool(re.match(_CATEGORIES[what], character))
    return False


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}
