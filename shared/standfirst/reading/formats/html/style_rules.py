"""What the style sheets inside a page, and its ``style`` attributes, declare for its elements (CSS Cascading 5).

Only what can hide text is looked at, as a wide screen shows it. Sheets of their own files, custom properties,
``@container`` and ``:has()`` are not: what hangs on them counts as seen.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast

import tinycss2
from lxml import etree
from tinycss2 import ast

from standfirst.reading.formats.html.colors import BLACK, FAINT, WHITE, color_of, is_near
from standfirst.reading.formats.html.media_queries import is_for_screens
from standfirst.reading.formats.html.selectors import Page

Styles: TypeAlias = "dict[etree._Element, dict[str, str]]"  # noqa: SLF001 - lxml's only name for the type
"""By element, what is declared for it: values in small letters by property, shorthands as they are written."""

COLORS = frozenset({"color", "-webkit-text-fill-color", "background", "background-color"})
"""The properties whose values are, or hold, colours."""

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
    r"(?<![\w-])color\s*:|text-fill-color|background(?:-color)?\s*:\s*(?:#0|black|rgba?\(\s*0|hsl)":
        "color background background-color background-image background-clip -webkit-background-clip "
        "-webkit-text-fill-color text-shadow position",
}  # fmt: skip
"""Values that may hide text, and the properties that then matter: another rule may set them otherwise."""

_LETTERS = frozenset({"color", "-webkit-text-fill-color"})
_LETTERLESS = frozenset({"background-clip", "-webkit-background-clip", "background-image", "text-shadow"})
_INHERITED = frozenset({"visibility", "font", "font-size", "position"}) | COLORS | _LETTERLESS


class _Group(NamedTuple):
    """Properties, a sign of a value that may hide, and what finds a declaration of one of them."""

    sign: re.Pattern[str]
    names: frozenset[str]
    matters: re.Pattern[str]


_ANIMATION = frozenset({"animation", "animation-name", "animation-fill-mode"})
_GROUPS = tuple(
    _Group(
        re.compile(sign),
        frozenset(names.split()),
        re.compile(rf"(?<![\w-])(?:animation[\w-]*|{'|'.join(names.split())})\s*:", re.IGNORECASE),
    )
    for sign, names in _HIDING.items()
)
PROPERTIES = _ANIMATION.union(*(group.names for group in _GROUPS))
_ODD = re.compile(r"\\|/\*")

# A rule that the parser need not see: nothing in it is an escape, a comment or a rule. CSS is parsed at 1.5 MB/s, and
# some pages bring 800 KB of it, nearly all for other pages.
_PIECE = r"(?:[^{}'\"\\/;@]++|/(?!\*)|\"[^\"{}\\\n]*+\"|'[^'{}\\\n]*+')"
_PLAIN_RULE = re.compile(rf"(?:(?<=[{{}};])|(?<=\*/)|\A)({_PIECE}*+)\{{((?:{_PIECE}|;)*+)\}}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NAME = re.compile(r"[.#](-?[a-zA-Z_][\w-]*)")

_MOST_SELECTORS = 64
_LONGEST_SELECTOR = 1000
"""In rules within rules, whose selectors multiply."""


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
    inline = [(element, text) for element in _STYLED(tree) if (text := element.get("style") or "")]
    groups = _groups_that_matter([*sheets, *dict.fromkeys(text for _, text in inline)])
    if not groups:
        return {}
    sheet = _Sheet([], {})
    page = Page(tree) if sheets else None
    if page:
        for text in sheets:
            needed = _without_idle_rules(text, page.names, groups)
            rules = tinycss2.parse_stylesheet(needed, skip_comments=True, skip_whitespace=True)
            _read_rules(rules, sheet, (), is_layered=False)
    styled = [(element, _inline(text)) for element, text in inline]
    hiding = _Hiding([*(rule.declarations for rule in sheet.rules), *(style for _, style in styled)])
    found: defaultdict[etree._Element, dict[str, _Declaration]] = defaultdict(dict)
    found.update({element: {} for element, declarations in styled if hiding.may(declarations) and _has_text(element)})
    if page and sheet.rules:
        _apply(sheet, page, hiding, found)
    if not found:
        return {}
    for element, declarations in styled:
        if element in found or not hiding.inherited.isdisjoint(declarations):
            for name, (value, is_important) in declarations.items():
                _declare(found[element], name, _Declaration((is_important, 2, (), 0), value))
    return {element: _final(declared, sheet) for element, declared in found.items()}


def _has_text(element: etree._Element) -> bool:
    return any(map(str.strip, element.itertext()))


class _Hiding:
    """Which of all the ``declarations`` of a page may hide text.

    ``inherited`` are the properties that then count whatever element they are declared for.
    """

    def __init__(self, declarations: Iterable[Mapping[str, tuple[str, bool]]]) -> None:
        colors, backgrounds = {BLACK}, {WHITE}
        for each in declarations:
            for name, (value, _) in each.items():
                if name in COLORS and (color := color_of(value)[0]):
                    (colors if name in _LETTERS else backgrounds).add(color)
        self._colors, self._backgrounds = colors, backgrounds
        self.inherited: frozenset[str] = frozenset()

    def may(self, declarations: Mapping[str, tuple[str, bool]]) -> bool:
        """Returns whether one of ``declarations`` may hide, and takes note of what then is inherited."""
        found = False
        for name, (value, _) in declarations.items():
            for group in _GROUPS:
                if name in group.names and self._may_hide(name, value, group.sign):
                    found = True
                    self.inherited |= group.names & _INHERITED
        return found

    def _may_hide(self, name: str, value: str, sign: re.Pattern[str]) -> bool:
        if name not in COLORS:
            return name not in _LETTERLESS and bool(sign.search(f"{name}:{value}"))
        color, alpha = color_of(value)
        if color is None:
            return False
        others = self._backgrounds if name in _LETTERS else self._colors
        return (alpha <= FAINT and name in _LETTERS) or any(is_near(color, other) for other in others)


_STYLED = etree.XPath("descendant-or-self::*[@style]")


def _sheet_text(style: etree._Element) -> str | None:
    """Returns the sheet if it is CSS for screens, outside what is no part of the page."""
    if (style.get("type") or "text/css").strip().lower() != "text/css":
        return None
    if any(each.tag in {"template", "noscript", "svg"} for each in style.iterancestors()):
        return None
    media = style.get("media")
    if media and not is_for_screens(tinycss2.parse_component_value_list(media, skip_comments=True)):
        return None
    return cast("str | None", style.text)


def _groups_that_matter(texts: Iterable[str]) -> list[_Group]:
    """Returns the groups of which a value that may hide is in ``texts``."""
    plain = [_plain(lowered) if _ODD.search(lowered := text.lower()) else lowered for text in texts]
    return [group for group in _GROUPS if any(map(group.sign.search, plain))]


def _plain(css: str) -> str:
    """Returns ``css`` with its escapes undone and without comments: good enough to look for signs in."""
    css = re.sub(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)", "", css)
    return re.sub(r"\\([0-9a-f]{1,6})\s?", lambda code: chr(min(int(code[1], 16), 0x10FFFF)), css)


def _without_idle_rules(css: str, names: frozenset[str], groups: Sequence[_Group]) -> str:
    """Returns ``css`` without plain rules that declare nothing of ``groups`` or can match nothing with ``names``."""
    matter = [group.matters.search for group in groups]

    def kept(rule: re.Match[str]) -> str:
        selectors, block = rule.groups()
        if not any(matters(block) for matters in matter):
            return ""
        plain = _BRACKETS.sub("", selectors)
        if not any(names.issuperset(_NAME.findall(each)) for each in plain.split(",")):
            return ""
        return rule[0]

    return _PLAIN_RULE.sub(kept, css)


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
        if len(selectors) * len(parents) > _MOST_SELECTORS:
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
    if within and max(map(len, selectors), default=0) <= _LONGEST_SELECTOR:
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


def _apply(
    sheet: _Sheet, page: Page, hiding: _Hiding, found: defaultdict[etree._Element, dict[str, _Declaration]]
) -> None:
    """Add what the rules declare for the elements that one of them, or a key of ``found``, may hide."""
    may = {id(rule) for rule in sheet.rules if hiding.may(rule.declarations) or rule.declarations.keys() & _ANIMATION}
    if not may and not found:
        return
    selectors: dict[str, list[tuple[_Rule, int]]] = {}
    for order, rule in enumerate(sheet.rules):
        for text in rule.selectors:
            selectors.setdefault(text, []).append((rule, order))
    others = []
    for text, uses in selectors.items():
        if may.isdisjoint(id(rule) for rule, _ in uses):
            others.append((text, uses))
            continue
        elements = [each for each in page.matching(text, None) if each in found or _has_text(each)]
        _declare_all(elements, page, text, uses, found)
    hidden, around = frozenset(found), page.around(found) if hiding.inherited else frozenset()
    for text, uses in others if found else ():
        is_inherited = any(not hiding.inherited.isdisjoint(rule.declarations) for rule, _ in uses)
        _declare_all([*page.matching(text, around if is_inherited else hidden)], page, text, uses, found)


def _declare_all(
    elements: Sequence[etree._Element],
    page: Page,
    selector: str,
    uses: Iterable[tuple[_Rule, int]],
    found: defaultdict[etree._Element, dict[str, _Declaration]],
) -> None:
    """Add what ``uses``, the rules of one selector, declare for the ``elements`` that it matches."""
    if not elements:
        return
    declarations: dict[str, _Declaration] = {}
    specificity = page.specificity(selector)
    for rule, order in uses:
        layer = not rule.is_layered
        for name, (value, is_important) in rule.declarations.items():
            rank = (is_important, int(layer != is_important), specificity, order)
            _declare(declarations, name, _Declaration(rank, value))
    for element in elements:
        for name, declaration in declarations.items():
            _declare(found[element], name, declaration)
