"""What the style sheets inside a page, and its ``style`` attributes, declare for its elements (CSS Cascading 5).

Only what can hide text is looked at, as a wide screen shows it. Sheets of their own files, custom properties,
``@container`` and ``:has()`` are not: what hangs on them counts as seen.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import tinycss2
from cssselect2 import ElementWrapper, SelectorError, compile_selector_list
from cssselect2.compiler import CompiledSelector
from lxml import etree
from tinycss2 import ast

from standfirst.domain.errors import DocumentTooLarge
from standfirst.reading.formats.html.media_queries import is_for_screens

Styles = dict[etree._Element, dict[str, str]]
"""By element, what is declared for it: values in small letters by property, shorthands as they are written."""

_BOX = "display position overflow overflow-x overflow-y padding padding-top padding-bottom"
_SIDES = "left right top bottom inset margin margin-left margin-right margin-top"
_SIZES = "width max-width min-width height max-height min-height flex flex-grow"
_LARGE = r"(?<=[:\s(])-(?:\d{3,}|\d{2,}(?:\.\d+)?(?:r?em|v[wh]|%|in|cm|pc))"
_HIDING = {
    r"display\s*:\s*none": "display",
    r"visibility\s*:\s*(?:hidden|collapse)": "visibility content-visibility",
    r"opacity\s*:\s*(?:0+(?![.\d])|0*\.0)|opacity\(": "opacity filter",
    r"clip(?:-path)?\s*:": "clip clip-path position",
    rf"{_LARGE}": f"position {_SIDES} text-indent transform translate",
    r"(?:scale|rotate|zoom|matrix)": "transform scale zoom",
    r"font(?:-size)?\s*:[^;}]{0,60}?(?<![\w.#])(?:0(?![.\d])|0*\.[01]|[012](?:\.\d+)?p[xt]|calc)": "font font-size",
    r"(?:width|height)\s*:\s*[01](?:\.0+)?(?:px|em|rem|%|v[wh])?\s*[;}!]|(?:width|height)\s*:\s*[01]\w{0,3}$":
        f"{_BOX} {_SIZES}",
    r"(?<![\w-])color\s*:|text-fill-color":
        "color background background-color background-image background-clip -webkit-background-clip "
        "-webkit-text-fill-color text-shadow position",
}  # fmt: skip
"""Values that may hide text, and the properties that then matter: another rule may set them otherwise."""

_SIGNS = tuple((re.compile(sign), frozenset(names.split())) for sign, names in _HIDING.items())
_ANIMATION = frozenset({"animation", "animation-name"})
PROPERTIES = frozenset[str]().union(_ANIMATION, *(names for _, names in _SIGNS))
_ODD = re.compile(r"\\|/\*")

# A rule that the parser need not see: nothing in it is an escape, a comment or a rule. CSS is parsed at 1.5 MB/s, and
# some pages bring 800 KB of it, nearly all for other pages.
_PIECE = r"(?:[^{}'\"\\/;@]++|/(?!\*)|\"[^\"{}\\\n]*+\"|'[^'{}\\\n]*+')"
_PLAIN_RULE = re.compile(rf"(?:(?<=[{{}};])|(?<=\*/)|\A)({_PIECE}*+)\{{((?:{_PIECE}|;)*+)\}}")
_NAME = re.compile(r"[.#](-?[a-zA-Z_][\w-]*)")

_MOST_TESTS = 400_000
"""Tests of an element against a part of a selector; the pages with the largest sheets need some thousands."""
_MOST_PARTS = 12
_MOST_SELECTORS = 64
_DEEPEST = 3
_MOST_SIBLINGS = 300
_COUNTING = ("of-type", "nth-")
# What a page can be in and is not when it opens.
_NEVER = re.compile(
    r":(?:popover-open|modal|fullscreen|autofill|-webkit-autofill|defined|placeholder-shown|invalid|picture-in-picture)\b"
)


class _Declaration(NamedTuple):
    rank: tuple[bool, int, tuple[int, ...], int]
    value: str


class _Rule(NamedTuple):
    selectors: tuple[str, ...]
    declarations: Mapping[str, tuple[str, bool]]
    is_layered: bool


class _Sheet(NamedTuple):
    rules: list[_Rule]
    animations: dict[str, Mapping[str, tuple[str, bool]]]


def declared_styles(tree: etree._Element) -> Styles:
    """Returns what matters of all that is declared in ``tree``; nothing for a page in which nothing can hide.

    Raises DocumentTooLarge where sheets have more rules, and the page more elements, than can be brought together.
    """
    sheets = [text for style in tree.iter("style", "{*}style") if (text := _sheet_text(style))]
    inline = [(element, element.get("style") or "") for element in _STYLED(tree)]
    properties = _properties_that_matter([*sheets, *dict.fromkeys(text.lower() for _, text in inline)])
    if not properties:
        return {}
    found: defaultdict[etree._Element, dict[str, _Declaration]] = defaultdict(dict)
    sheet = _Sheet([], {})
    if sheets:
        names = frozenset(name for value in _NAMES(tree) for name in str(value).split())
        for text in sheets:
            _read_rules(_parsed(_without_idle_rules(text, names, properties)), sheet, (), is_layered=False)
        _apply(sheet.rules, tree, found)
    for element, text in inline:
        for name, (value, is_important) in _inline(text).items():
            _declare(found[element], name, _Declaration((is_important, 2, (), 0), value))
    return {element: _final(declared, sheet) for element, declared in found.items()}


_STYLED = etree.XPath("//*[@style]")
_NAMES = etree.XPath("//@class | //@id", smart_strings=False)


def _sheet_text(style: etree._Element) -> str | None:
    """Returns the sheet if it is CSS for screens, outside what is no part of the page."""
    if (style.get("type") or "text/css").strip().lower() != "text/css":
        return None
    if any(each.tag in {"template", "noscript", "svg"} for each in style.iterancestors()):
        return None
    media = style.get("media")
    if media and not is_for_screens(tinycss2.parse_component_value_list(media, skip_comments=True)):
        return None
    return style.text


def _properties_that_matter(texts: Iterable[str]) -> frozenset[str]:
    found = frozenset[str]()
    for text in texts:
        lowered = text.lower()
        if _ODD.search(lowered) and not lowered.isspace():
            lowered = _plain(lowered)
        found = found.union(*(names for sign, names in _SIGNS if not names <= found and sign.search(lowered)))
    return found | _ANIMATION if found else found


def _plain(css: str) -> str:
    """Returns ``css`` with its escapes undone and without comments: good enough to look for signs in."""
    css = re.sub(r"/\*(?:[^*]|\*(?!/))*+\*/", "", css)
    return re.sub(r"\\([0-9a-f]{1,6})\s?", lambda code: chr(min(int(code[1], 16), 0x10FFFF)), css)


def _without_idle_rules(css: str, names: frozenset[str], properties: frozenset[str]) -> str:
    """Returns ``css`` without the plain rules that declare no such property or can match nothing with ``names``."""
    matters = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(properties))})\s*:", re.IGNORECASE)

    def kept(rule: re.Match[str]) -> str:
        selectors, block = rule.groups()
        if not matters.search(block):
            return ""
        is_simple = "(" not in selectors and "[" not in selectors
        if is_simple and not any(names.issuperset(_NAME.findall(each)) for each in selectors.split(",")):
            return ""
        return rule[0]

    return _PLAIN_RULE.sub(kept, css)


def _parsed(css: str) -> list[ast.Node]:
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def _read_rules(nodes: Iterable[ast.Node], sheet: _Sheet, parents: Sequence[str], *, is_layered: bool) -> None:
    """Add the rules among ``nodes`` to ``sheet``; those within a rule apply below its selectors, ``parents``."""
    for node in nodes:
        if node.type == "qualified-rule":
            _read_rule(node, sheet, parents, is_layered=is_layered)
        elif node.type == "at-rule" and node.content is not None:
            name = node.lower_at_keyword
            if name.endswith("keyframes"):
                _read_animation(node, sheet)
            elif _applies(name, node.prelude):
                layered = is_layered or name == "layer"
                if parents:
                    _read_block(node.content, sheet, parents, is_layered=layered)
                else:
                    within = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                    _read_rules(within, sheet, (), is_layered=layered)


def _applies(name: str, prelude: Sequence[ast.Node]) -> bool:
    if name == "media":
        return is_for_screens(prelude)
    if name == "supports":
        first = next((token for token in prelude if token.type not in {"whitespace", "comment"}), None)
        return not (first is not None and first.type == "ident" and first.lower_value == "not")
    return name == "layer"


def _read_rule(rule: ast.QualifiedRule, sheet: _Sheet, parents: Sequence[str], *, is_layered: bool) -> None:
    selectors = tuple(_split(rule.prelude))
    if parents:
        if len(selectors) * len(parents) > _MOST_SELECTORS or any(len(each) > 1000 for each in parents):
            return
        selectors = tuple(
            each.replace("&", parent) if "&" in each else f"{parent} {each}" for parent in parents for each in selectors
        )
    _read_block(rule.content, sheet, selectors, is_layered=is_layered)


def _read_block(content: Sequence[ast.Node], sheet: _Sheet, selectors: Sequence[str], *, is_layered: bool) -> None:
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if declarations := _declarations(nodes):
        sheet.rules.append(_Rule(tuple(selectors), declarations, is_layered))
    within = [node for node in nodes if node.type in {"qualified-rule", "at-rule"}]
    if within and max(map(len, selectors), default=0) <= 1000:  # noqa: PLR2004
        _read_rules(within, sheet, selectors, is_layered=is_layered)


def _read_animation(rule: ast.AtRule, sheet: _Sheet) -> None:
    """Note what an animation ends with, by its name."""
    name = tinycss2.serialize(rule.prelude).strip().strip("\"'").lower()
    for frame in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
        if frame.type == "qualified-rule" and {"to", "100%"} & {each.lower() for each in _split(frame.prelude)}:
            nodes = tinycss2.parse_blocks_contents(frame.content, skip_comments=True, skip_whitespace=True)
            sheet.animations[name] = _declarations(nodes)


def _split(tokens: Sequence[ast.Node]) -> Iterator[str]:
    """Yields the texts between the commas of ``tokens``."""
    piece: list[ast.Node] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            if text := tinycss2.serialize(piece).strip():
                yield text
            piece = []
        elif token.type != "comment":
            piece.append(token)


def _declarations(nodes: Iterable[ast.Node]) -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for node in nodes:
        if node.type == "declaration" and (name := node.lower_name) in PROPERTIES:
            values = [token for token in node.value if token.type != "comment"]
            if node.important or not found.get(name, ("", False))[1]:
                found.pop(name, None)  # so that the order is that of the sheet: a shorthand sets what is before it
                found[name] = (" ".join(_unescaped(values).lower().split()), node.important)
    return found


def _unescaped(tokens: Iterable[ast.Node]) -> str:
    return "".join(token.value if token.type == "ident" else token.serialize() for token in tokens)


@lru_cache(maxsize=256)
def _inline(text: str) -> Mapping[str, tuple[str, bool]]:
    return _declarations(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))


def _declare(declared: dict[str, _Declaration], name: str, declaration: _Declaration) -> None:
    if (known := declared.get(name)) is None or declaration.rank >= known.rank:
        declared.pop(name, None)
        declared[name] = declaration


def _final(declared: Mapping[str, _Declaration], sheet: _Sheet) -> dict[str, str]:
    """Returns the values, the strongest last; what a finished animation leaves is stronger than what is declared."""
    style = {name: each.value for name, each in sorted(declared.items(), key=lambda item: item[1].rank)}
    animation = " ".join(style.get(name, "") for name in _ANIMATION).split()
    if {"forwards", "both", "infinite"} & {*animation, *(style.get("animation-fill-mode", "").split())}:
        for name in animation:
            style |= {each: value for each, (value, _) in sheet.animations.get(name.strip(","), {}).items()}
    return style


class _Part(NamedTuple):
    """One compound selector, and how the one before it stands to it: " ", ">", "+", "~"."""

    combinator: str
    compiled: CompiledSelector
    counts: bool


def _apply(rules: Sequence[_Rule], tree: etree._Element, found: dict[etree._Element, dict[str, _Declaration]]) -> None:
    page = _Page(tree)
    selectors: dict[str, list[tuple[_Rule, int]]] = {}
    for order, rule in enumerate(rules):
        for text in rule.selectors:
            selectors.setdefault(text, []).append((rule, order))
    for text, uses in selectors.items():
        if not (parts := _parts(text)):
            continue
        specificity = tuple(map(sum, zip(*(part.compiled.specificity for part in parts), strict=True)))
        declarations: dict[str, _Declaration] = {}
        for rule, order in uses:
            for name, (value, is_important) in rule.declarations.items():
                layer = rule.is_layered if is_important else not rule.is_layered
                _declare(declarations, name, _Declaration((is_important, int(layer), specificity, order), value))
        for element in page.matching(parts):
            for name, declaration in declarations.items():
                _declare(found[element], name, declaration)


def _parts(text: str) -> list[_Part]:
    """Returns the parts of a selector, the last one first; none for a selector that matches nothing or is unknown."""
    if "::" in text or ":has(" in text or _NEVER.search(text):
        return []
    compounds: list[tuple[str, list[ast.Node]]] = [("", [])]
    combinator: str | None = None
    for token in tinycss2.parse_component_value_list(text, skip_comments=True):
        if token.type == "whitespace":
            combinator = combinator or (" " if compounds[-1][1] else None)
        elif token.type == "literal" and token.value in {">", "+", "~"}:
            combinator = token.value
        else:
            if combinator:
                compounds.append((combinator, []))
                combinator = None
            compounds[-1][1].append(token)
    if len(compounds) > _MOST_PARTS:
        return []
    parts = []
    for joined, tokens in compounds:
        if any(token.type == "function" and _is_complex(token) for token in tokens):
            return []
        try:
            [compiled] = compile_selector_list(tokens)
        except (SelectorError, ValueError, NotImplementedError):
            return []
        if compiled.never_matches or compiled.pseudo_element:
            return []
        parts.append(_Part(joined, compiled, any(each in tinycss2.serialize(tokens) for each in _COUNTING)))
    return parts[::-1]


def _is_complex(function: ast.FunctionBlock) -> bool:
    """Returns whether the selectors in ``:is()`` and the like have combinators: they may be slow to match."""
    arguments = tinycss2.serialize(function.arguments)
    return "nth" not in function.lower_name and bool(re.search(r"[^\s,][\s>+~]+[^\s,]", arguments.strip()))


class _Page:
    """The elements of a page, by what selectors ask for."""

    def __init__(self, tree: etree._Element) -> None:
        self._root = tree.getroottree().getroot()
        self._wrapped = {self._root: ElementWrapper.from_html_root(self._root)}
        self._by_name = defaultdict[str, list[etree._Element]](list)
        self._tests = 0
        for element in self._root.iter(etree.Element):
            self._by_name[element.tag.rpartition("}")[2].lower()].append(element)
            for name in dict.fromkeys((element.get("class") or "").split()):
                self._by_name["." + name].append(element)
            if name := element.get("id"):
                self._by_name["#" + name].append(element)

    def matching(self, parts: Sequence[_Part]) -> Iterator[etree._Element]:
        """Yields the elements that the selector matches.

        Raises DocumentTooLarge.
        """
        last = parts[0].compiled
        key = f"#{last.id}" if last.id else f".{last.class_name}" if last.class_name else last.lower_local_name
        elements = self._root.iter(etree.Element) if key is None else self._by_name.get(key, ())
        known: dict[tuple[int, etree._Element], bool] = {}
        for element in elements:
            if self._matches(parts, 0, self._wrapper(element), known):
                yield element

    def _matches(
        self, parts: Sequence[_Part], at: int, element: ElementWrapper, known: dict[tuple[int, etree._Element], bool]
    ) -> bool:
        self._tests += 1
        if self._tests > _MOST_TESTS:
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
