"""Which elements of a page a selector matches (Selectors 4), each part of it tested by cssselect2.

The parts are brought together here, because a browser's pages have selectors whose combinations take the library a time
that grows with a power of the depth.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import tinycss2
from cssselect2 import ElementWrapper, SelectorError, compile_selector_list
from cssselect2.compiler import CompiledSelector
from lxml import etree
from tinycss2 import ast

from standfirst.domain.errors import DocumentTooLarge
from standfirst.reading.formats.html.tree import UNSEEN_TAGS

MOST_TESTS = 400_000
"""Tests of an element against a part of a selector; the pages with the largest sheets need some thousands."""
_MOST_PARTS = 12
_MOST_SIBLINGS = 300
_COUNTING = ("of-type", "nth-")
# What a page can be in and is not when it opens.
_NEVER = re.compile(
    r":(?:popover-open|modal|fullscreen|autofill|-webkit-autofill|defined|placeholder-shown|invalid|picture-in-picture)\b"
)
_PLAIN_END = re.compile(
    r"(?:^|[\s>+~])([a-zA-Z][\w-]*+)?((?:[.#]-?[a-zA-Z_][\w-]*+)*+)(?::[a-z-]++(?!\())*+$(?<=[\w-])"
)


class _Part(NamedTuple):
    """One compound selector, and how the one before it stands to it: " ", ">", "+", "~"."""

    combinator: str
    compiled: CompiledSelector
    counts: bool


def _parts(text: str) -> list[_Part]:
    """Returns the parts of a selector, the last one first; none for a selector that matches nothing or is unknown."""
    compounds = _compounds(text)
    if "::" in text or ":has(" in text or _NEVER.search(text) or len(compounds) > _MOST_PARTS:
        return []
    parts = []
    for combinator, tokens in compounds:
        if any(token.type == "function" and _is_complex(token) for token in tokens):
            return []
        try:
            [compiled] = compile_selector_list(tokens)
        except (SelectorError, ValueError, NotImplementedError):
            return []
        if compiled.never_matches or compiled.pseudo_element:
            return []
        parts.append(_Part(combinator, compiled, any(each in tinycss2.serialize(tokens) for each in _COUNTING)))
    return parts[::-1]


def _compounds(text: str) -> list[tuple[str, list[ast.Node]]]:
    """Returns the compound selectors in ``text``, each with the combinator in front of it."""
    compounds: list[tuple[str, list[ast.Node]]] = [("", [])]
    combinator = ""
    for token in tinycss2.parse_component_value_list(text, skip_comments=True):
        if token.type == "whitespace":
            combinator = combinator or (" " if compounds[-1][1] else "")
        elif token.type == "literal" and token.value in {">", "+", "~"}:
            combinator = token.value
        else:
            if combinator:
                compounds.append((combinator, []))
                combinator = ""
            compounds[-1][1].append(token)
    return compounds


def _is_complex(function: ast.FunctionBlock) -> bool:
    """Returns whether the selectors in ``:is()`` and the like have combinators: they may be slow to match."""
    arguments = tinycss2.serialize(function.arguments)
    return "nth" not in function.lower_name and bool(re.search(r"[^\s,][\s>+~]+[^\s,]", arguments.strip()))


def _key(selector: str) -> str | None:
    """Returns a class, an id or a tag that all elements have which ``selector`` matches; None if it is not plain."""
    found = _PLAIN_END.search(selector)
    if found is None:
        return None
    tag, names = found.groups()
    return re.findall(r"[.#][^.#]+", names)[-1] if names else tag and tag.lower()


class Page:
    """The elements of a page, by what selectors ask for."""

    def __init__(self, tree: etree._Element) -> None:
        """What stands in an element that is never part of the text is left out."""
        self._wrapped = {tree: ElementWrapper.from_html_root(tree)}
        self._all: list[etree._Element] = []
        self._by_name: defaultdict[str, list[etree._Element]] = defaultdict(list)
        self._selectors: dict[str, Sequence[_Part]] = {}
        self._tests = 0
        walker = etree.iterwalk(tree, events=("start",))
        for _, element in walker:
            if not isinstance(element.tag, str) or element.tag in UNSEEN_TAGS:
                walker.skip_subtree()
                continue
            self._all.append(element)
            self._by_name[element.tag.rpartition("}")[2].lower()].append(element)
            if classes := element.get("class"):
                for name in {*classes.split()}:
                    self._by_name["." + name].append(element)
            if name := element.get("id"):
                self._by_name["#" + name].append(element)

    def around(self, elements: Iterable[etree._Element]) -> frozenset[etree._Element]:
        """Returns ``elements``, what is in them and what they are in."""
        found: set[etree._Element] = set()
        for element in elements:
            if element not in found:
                found.update(element.iter(etree.Element))
                for outer in element.iterancestors():
                    if outer in found:
                        break
                    found.add(outer)
        return frozenset(found)

    def specificity(self, selector: str) -> tuple[int, ...]:
        """Returns that of a selector that has been matched."""
        return tuple(map(sum, zip(*(part.compiled.specificity for part in self._selectors[selector]), strict=True)))

    def matching(self, selector: str, among: frozenset[etree._Element] | None) -> Iterator[etree._Element]:
        """Yields the elements, of those ``among`` which they are looked for, that ``selector`` matches.

        Raises DocumentTooLarge.
        """
        key = _key(selector)
        elements: Sequence[etree._Element] = self._by_name.get(key, ()) if key else self._all
        if among is not None:
            elements = [element for element in elements if element in among]
        if not elements:
            return
        if selector not in self._selectors:
            self._selectors[selector] = _parts(selector)
        parts = self._selectors[selector]
        known: dict[tuple[int, etree._Element], bool] = {}
        for element in elements if parts else ():
            if self._matches(parts, 0, self._wrapper(element), known):
                yield element

    def _matches(
        self, parts: Sequence[_Part], at: int, element: ElementWrapper, known: dict[tuple[int, etree._Element], bool]
    ) -> bool:
        self._tests += 1
        if self._tests > MOST_TESTS:
            raise DocumentTooLarge("The HTML page has more style rules than can be compared with its elements.")
        part = parts[at]
        if part.counts and len(element.etree_siblings) > _MOST_SIBLINGS:
            return False
        if not part.compiled.test(element):
            return False
        if at + 1 == len(parts):
            return True
        if part.combinator in {">", "+"}:
            other = element.parent if part.combinator == ">" else element.previous
            return other is not None and self._matches(parts, at + 1, other, known)
        return self._any_before(parts, at, element, known)

    def _any_before(
        self, parts: Sequence[_Part], at: int, element: ElementWrapper, known: dict[tuple[int, etree._Element], bool]
    ) -> bool:
        """Returns whether an ancestor, or an earlier sibling, matches what stands left of the part ``at``."""
        passed = []
        is_ancestor = parts[at].combinator == " "
        result = False
        other = element
        while True:
            if (before := known.get((at, other.etree_element))) is not None:
                result = before
                break
            passed.append(other.etree_element)
            following = other.parent if is_ancestor else other.previous
            if following is None:
                break
            other = following
            if self._matches(parts, at + 1, other, known):
                result = True
                break
        known.update(dict.fromkeys(((at, each) for each in passed), result))
        return result

    def _wrapper(self, element: etree._Element) -> ElementWrapper:
        """Returns what the selectors are tested against, made for an element and its siblings when it is asked for."""
        line = [element]
        while line[-1] not in self._wrapped:
            line.append(line[-1].getparent())
        for parent in line[:0:-1]:
            wrapper = self._wrapped[parent]
            self._wrapped.update((child.etree_element, child) for child in wrapper.iter_children())
        return self._wrapped[element]
