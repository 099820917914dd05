"""What the style sheets inside a page, and its ``style`` attributes, declare for its elements (CSS Cascading 5).

Only what can hide text is looked at, as a wide screen shows it. Sheets of their own files, custom properties,
``@container`` and ``:has()`` are not: what hangs on them counts as seen.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast

import tinycss2
from lxml import etree
from tinycss2 import ast

from standfirst.reading.formats.html.colors import BLACK, FAINT, WHITE, cell_of, color_of, is_near_any
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
_PASSED_ON = frozenset({"visibility", "font", "font-size"})


class _Group(NamedTuple):
    """Properties, a sign of a value that may hide, and what finds a declaration of one of them.

    ``around`` are those that count for a text whatever element around it they are declared for.
    """

    sign: re.Pattern[str]
    names: frozenset[str]
    matters: re.Pattern[str]
    around: frozenset[str]

    @classmethod
    def of(cls, sign: str, properties: str) -> "_Group":
        names = frozenset(properties.split())
        matters = re.compile(rf"(?<![\w-])(?:animation[\w-]*|{'|'.join(sorted(names))})\s*:", re.IGNORECASE)
        return cls(re.compile(sign), names, matters, names if "color" in names else names & _PASSED_ON)


_ANIMATION = frozenset({"animation", "animation-name", "animation-fill-mode"})
_GROUPS = tuple(_Group.of(sign, properties) for sign, properties in _HIDING.items())
PROPERTIES = _ANIMATION.union(*(group.names for group in _GROUPS))
_COLOR = re.compile(r"(?<![\w-])(background(?:-color)?|color|-webkit-text-fill-color)\s*:\s*([^;{}!]{1,80})")
_ODD = re.compile(r"\\|/\*")

# A rule that the parser need not see: nothing in it is an escape, a comment or a rule. CSS is parsed at 1.5 MB/s, and
# some pages bring 800 KB of it, nearly all for other pages.
_PIECE = r"(?:[^{}'\"\\/;@]++|/(?!\*)|\"[^\"{}\\\n]*+\"|'[^'{}\\\n]*+')"
_PLAIN_RULE = re.compile(rf"(?:(?<=[{{}};])|(?<=\*/)|\A)({_PIECE}*+)\{{((?:{_PIECE}|;)*+)\}}")
# What is left of the rules around them, and fonts, which may be a hundred KB of base64.
_IDLE = re.compile(r"@[\w-]++[^{}'\"\\/;@]*+\{\s*+\}|@font-face\s*+\{[^{}'\"\\]*+(?:['\"][^{}'\"\\]*+)*+\}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BESIDE = re.compile(r"[+~]")
# No element is in these states, or such a part of one, when a page opens.
_UNMET = re.compile(r"::|:(?:hover|focus|active|visited|target|before|after|first-l|placeholder)", re.IGNORECASE)
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


def declared_styles(tree: etree._Element, among: Collection[etree._Element] | None = None) -> Styles:
    """Returns what matters of all that is declared in ``tree``; nothing for a page in which nothing can hide.

    Where ``among`` is given, only for those elements and what is around them.
    Raises DocumentTooLarge where sheets have more rules, and the page more elements, than can be brought together.
    """
    sheets = [text for style in tree.iter("style", "{*}style") if (text := _sheet_text(style))]
    inline = [
        (element, text)
        for element in _STYLED(tree)
        if (text := element.get("style") or "") and (among is None or element in among)
    ]
    plain = [_plain(text) for text in (*sheets, *dict.fromkeys(text for _, text in inline))]
    groups = [group for group in _GROUPS if any(map(group.sign.search, plain))]
    if not groups:
        return {}
    backgrounds = (f"background-color:{color}" for color in dict.fromkeys(_BACKGROUNDS(tree)))
    hiding = _Hiding([*plain, *backgrounds], groups)
    styled = [(element, _inline(text)) for element, text in inline]
    found: defaultdict[etree._Element, dict[str, _Declaration]] = defaultdict(dict)
    for element, declarations in styled:
        if (ways := hiding.ways(declarations)) and _has_text(element):
            found[element] = {}
            hiding.met.update(ways)
    sheet = _apply_sheets(sheets, tree, hiding, found, among) if sheets else _Sheet([], {})
    around = hiding.around
    for element, declarations in styled if found else ():
        if element in found or not around.isdisjoint(declarations):
            for name, (value, is_important) in declarations.items():
                _declare(found[element], name, _Declaration((is_important, 2, (), 0), value))
    return {element: _final(declared, sheet) for element, declared in found.items()}


def _has_text(element: etree._Element) -> bool:
    return any(map(str.strip, element.itertext()))


class _Hiding:
    """Which declarations of a page may hide text; ``met`` are the groups of those that text stands in."""

    def __init__(self, texts: Iterable[str], groups: Sequence[_Group]) -> None:
        """``texts`` are all that is declared, ``groups`` those of which a sign is in them."""
        self._groups = groups
        self.met: set[_Group] = set()
        letters, behind = {cell_of(BLACK)}, {cell_of(WHITE)}
        if any("color" in group.names for group in groups):
            for name, value in {pair for text in texts for pair in _COLOR.findall(text)}:
                if color := color_of(value.strip())[0]:
                    (letters if name in _LETTERS else behind).add(cell_of(color))
        self._letters, self._behind = letters, behind

    @property
    def around(self) -> frozenset[str]:
        """Returns the properties that count for a text whatever element around it they are declared for."""
        return frozenset[str]().union(*(group.around for group in self.met))

    def is_in(self, block: str) -> bool:
        """Returns whether a declaration in ``block``, a piece of a sheet, may hide."""
        lowered = block.lower()
        return "animation" in lowered or any(
            any(self._is_unseen(name, value.strip()) for name, value in _COLOR.findall(lowered))
            if "color" in group.names
            else group.sign.search(lowered)
            for group in self._groups
        )

    def ways(self, declarations: Mapping[str, tuple[str, bool]]) -> list[_Group]:
        """Returns the groups of which one of ``declarations`` may hide."""
        return [
            group
            for group in _GROUPS
            if any(
                self._is_unseen(name, value) if "color" in group.names else group.sign.search(f"{name}:{value}")
                for name, (value, _) in declarations.items()
                if name in group.names
            )
        ]

    def _is_unseen(self, name: str, value: str) -> bool:
        color, alpha = color_of(value) if name in COLORS else (None, 1.0)
        if color is None:
            return False
        is_of_letters = name in _LETTERS
        return (alpha <= FAINT and is_of_letters) or is_near_any(
            color, self._behind if is_of_letters else self._letters
        )


_NAMES = etree.XPath("descendant-or-self::*/@class | descendant-or-self::*/@id", smart_strings=False)
_STYLED = etree.XPath("descendant-or-self::*[@style]")
_BACKGROUNDS = etree.XPath("descendant-or-self::*/@bgcolor", smart_strings=False)


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


def _plain(css: str) -> str:
    """Returns ``css`` in small letters, with escapes undone and without comments: good enough to look for signs in."""
    css = css.lower()
    if not _ODD.search(css):
        return css
    css = re.sub(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)", "", css)
    return re.sub(r"\\([0-9a-f]{1,6})\s?", lambda code: chr(min(int(code[1], 16), 0x10FFFF)), css)


def _sheet_of(
    sheets: Iterable[str], matters: Callable[[str], bool], names: frozenset[str], subjects: frozenset[str]
) -> _Sheet:
    """Returns the rules of ``sheets``, of the plain ones those whose declarations matter and that match something.

    The page has the classes and ids ``names``, the elements that are looked for and all around them ``subjects``.
    """

    def kept(rule: re.Match[str]) -> str:
        selectors, block = rule.groups()
        is_possible = any(_is_possible(each, names, subjects) for each in _bare(selectors).split(","))
        return rule[0] if is_possible and matters(block) else ""

    sheet = _Sheet([], {})
    for text in sheets:
        needed = _IDLE.sub("", _PLAIN_RULE.sub(kept, text))
        rules = tinycss2.parse_stylesheet(needed, skip_comments=True, skip_whitespace=True)
        _read_rules(rules, sheet, (), is_layered=False)
    return sheet


def _is_possible(selector: str, names: frozenset[str], subjects: frozenset[str]) -> bool:
    """Returns whether ``selector``, without brackets, may match an element that is or stands in what has ``subjects``.

    What stands before such an element has the ``names``.
    """
    named = _NAME.findall(selector)
    is_known = subjects.issuperset(named) or (bool(_BESIDE.search(selector)) and names.issuperset(named))
    return is_known and not (":" in selector and _UNMET.search(selector))


def _bare(selectors: str) -> str:
    """Returns ``selectors`` without what stands in brackets."""
    return _BRACKETS.sub("", selectors) if "(" in selectors or "[" in selectors else selectors


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


def _apply_sheets(
    sheets: Sequence[str],
    tree: etree._Element,
    hiding: _Hiding,
    found: defaultdict[etree._Element, dict[str, _Declaration]],
    among: Collection[etree._Element] | None,
) -> _Sheet:
    """Add what the sheets declare for the elements that they, or a key of ``found``, may hide; returns the sheets."""
    names = frozenset(name for value in _NAMES(tree) for name in value.split())
    sought = None if among is None else frozenset(among)
    subjects = names if sought is None else _names_of(sought)
    sheet = _sheet_of(sheets, hiding.is_in, names, subjects)
    ways = [(rule, found_ways) for rule in sheet.rules if (found_ways := hiding.ways(rule.declarations))]
    ways += [
        (rule, list(_GROUPS)) for rule in sheet.rules if sheet.animations and rule.declarations.keys() & _ANIMATION
    ]
    if not ways and not found:
        return sheet
    page = Page(tree)
    for selector, groups in dict.fromkeys((text, tuple(groups)) for rule, groups in ways for text in rule.selectors):
        if "\\" not in selector and not _is_possible(_bare(selector), names, subjects):
            continue
        hidden = [element for element in page.matching(selector, sought) if element in found or _has_text(element)]
        if hidden:
            hiding.met.update(groups)
            found.update((element, {}) for element in hidden)
    if not found:
        return sheet
    hidden_ones = frozenset(found)
    around = page.around(found)
    subjects = _names_of(around)
    matter = [group.matters.search for group in hiding.met]
    sheet = _sheet_of(sheets, lambda block: any(search(block) for search in matter), names, subjects)
    selectors: dict[str, list[tuple[_Rule, int]]] = {}
    for order, rule in enumerate(sheet.rules):
        for text in rule.selectors:
            selectors.setdefault(text, []).append((rule, order))
    for text, uses in selectors.items():
        if "\\" not in text and not _is_possible(_bare(text), names, subjects):
            continue
        counts_around = any(not hiding.around.isdisjoint(rule.declarations) for rule, _ in uses)
        _declare_all([*page.matching(text, around if counts_around else hidden_ones)], page, text, uses, found)
    return sheet


def _names_of(elements: Iterable[etree._Element]) -> frozenset[str]:
    """Returns the classes and ids of ``elements``."""
    return frozenset(
        name for element in elements for key in ("class", "id") for name in (element.get(key) or "").split()
    )


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
