"""Text that a page holds and nobody sees when it opens: what hides it becomes the attribute ``hidden``.

People see what is left out of none of these: what is not displayed, transparent, of no size, cut off, far outside the
page, of the colour of what is behind it, or in a closed ``details``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from lxml import etree

from standfirst.domain.errors import InvalidDocument
from standfirst.reading.formats.html.colors import BLACK, FAINT, WHITE, Color, color_of, is_near
from standfirst.reading.formats.html.style_rules import COLORS, Styles, declared_styles
from standfirst.reading.formats.html.tree import UNSEEN_TAGS, WHOLE_PAGE, local_name

_CLASSES = re.compile(r"(?<!\S)(?:hidden|invisible|d-none|is-hidden|u-hidden|hide)(?!\S)")
"""What the customary style sheets hide; they have a file of their own."""
_SHOWN_AGAIN = re.compile(
    r"(?<!\S)(?:(?:sm|md|lg|xl|2xl):(?:block|inline\S*|flex|grid|contents|table\S*|visible)"
    r"|d-(?:sm|md|lg|xl|xxl)-(?:block|inline\S*|flex|grid|table\S*))(?!\S)"
)

_MAY_HIDE = etree.XPath(
    "descendant-or-self::*[@hidden or @popover or self::details or self::font"
    " or @class[contains(., 'hid') or contains(., 'd-none') or contains(., 'invisible')]]"
)

_OUTERMOST = etree.XPath("descendant-or-self::*[@hidden][not(ancestor::*[@hidden])]")
_TEXTS = etree.XPath(
    "descendant::text()[not(parent::script or parent::style or parent::noscript or parent::template)]",
    smart_strings=False,
)

_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)([a-z]{1,4}|%)?")
_PIXELS = {
    None: 1.0, "px": 1.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0,
    "cm": 37.8, "mm": 3.78, "q": 0.945, "vw": 12.8, "vh": 8.0, "vmin": 8.0, "vmax": 12.8, "%": 12.8,
}  # fmt: skip
_FAR = 1000.0
"""So many pixels outside, nothing of a text is left in the window."""
_TINY = 2.0
"""The largest box or letters, in pixels, in which nobody reads."""

_FUNCTION = re.compile(r"([\w-]{1,20})\(([^()]{0,200})\)")
_NO_BACKGROUND = frozenset({"none", "transparent", "initial", "unset", "inherit", "revert", "currentcolor"})
_PICTURES = ("img", "picture", "video", "canvas", "svg")
_FONT_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "smaller": 13.0, "medium": 16.0, "initial": 16.0,
               "large": 18.0, "larger": 19.0, "x-large": 24.0, "xx-large": 32.0}  # fmt: skip

_BACKGROUNDS = frozenset({"background", "background-color", "background-image"})
_PASSED_ON = frozenset({None, "inherit", "unset"})

Painted = tuple[Color | None, float]
T = TypeVar("T")


def mark_hidden(tree: etree._Element, among: Collection[etree._Element] | None = None) -> int:
    """Set ``hidden`` on the elements of ``tree`` that show nothing, and empty text hidden among what is seen.

    Where ``among`` is given, what is declared is looked at for those elements and what is around them alone.
    Returns how many characters that are. An element that a rule shows in spite of its attribute loses the attribute.
    Raises DocumentTooLarge for more style rules than can be compared with the elements, and InvalidDocument for rules
    that are nested too deeply.
    """
    try:
        styles = declared_styles(tree, among)
    except RecursionError as error:
        raise InvalidDocument("The style rules of the HTML are nested too deeply.") from error
    _add_attributes(_MAY_HIDE(tree) if among is None else among, styles)
    if styles:
        _add_backgrounds(_COLORED(tree), styles)
    if not styles:
        return 0
    page = _Visibility(tree, styles)
    hidden = [element for element, style in styles.items() if page.shows_nothing(element, style)]
    # A stronger rule, or what is in it, may show what its own attribute hides: that has been looked at.
    for element in styles:
        element.attrib.pop("style", None)
    for element in hidden:
        element.set("hidden", "")
    return (_hidden_characters(tree) if hidden else 0) + sum(map(page.empty_unseen_text, [*styles]))


def mark_hidden_by_attributes(tree: etree._Element) -> None:
    """Set ``hidden`` on the elements of ``tree`` that attributes and tags hide, whatever style sheets say."""
    styles: Styles = {}
    _add_attributes(_MAY_HIDE(tree), styles)
    for element, style in styles.items():
        if style.get("display") == "none":
            element.set("hidden", "")


def _hidden_characters(tree: etree._Element) -> int:
    """Returns how much text is in hidden elements, outside what is never text."""
    return sum(len(text) for outermost in _OUTERMOST(tree) for text in _TEXTS(outermost))


def _add_attributes(elements: Iterable[etree._Element], styles: Styles) -> None:
    """Add what attributes and tags of ``elements`` hide to ``styles``, where no rule says otherwise."""
    for element in elements:
        name = local_name(element)
        classes = element.get("class") or ""
        if name == "details" and element.get("open") is None:
            for child in _behind_summary(element):
                styles.setdefault(child, {})["display"] = "none"
        elif (
            element.get("hidden") is not None
            or element.get("popover") is not None
            or (_CLASSES.search(classes) and not _SHOWN_AGAIN.search(classes))
        ):
            style = styles.setdefault(element, {})
            if style.setdefault("display", "none") != "none" and (element.get("hidden") or "").lower() != "until-found":
                element.attrib.pop("hidden", None)
        elif name == "font" and (color := element.get("color")):
            styles.setdefault(element, {}).setdefault("color", color.strip().lower())


def _add_backgrounds(elements: Iterable[etree._Element], styles: Styles) -> None:
    """Add the backgrounds that attributes of ``elements`` paint."""
    for element in elements:
        styles.setdefault(element, {}).setdefault("background-color", (element.get("bgcolor") or "").strip().lower())


_COLORED = etree.XPath("descendant-or-self::*[@bgcolor]")


def _behind_summary(details: etree._Element) -> Iterator[etree._Element]:
    """Yields all in ``details`` but the first summary; text that stands between them goes."""
    summary = next((child for child in details if local_name(child) == "summary"), None)
    details.text = None
    for child in details:
        child.tail = None
        if child is not summary:
            yield child


class _Visibility:
    """What can be seen in a page, given what is declared for its elements."""

    def __init__(self, tree: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._emptied: set[etree._Element] = set()
        self._sizes: dict[etree._Element, float] = {}
        self._known: defaultdict[str, dict[etree._Element, Any]] = defaultdict(dict)
        self._with_letters: dict[etree._Element, bool] = {}
        self._has_pictures = next(tree.iter(*_PICTURES), None) is not None
        self._has_sheets = any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))

    def shows_nothing(self, element: etree._Element, style: Mapping[str, str]) -> bool:
        """Returns whether nothing in ``element`` is seen, whatever is declared for what is in it."""
        if local_name(element) in WHOLE_PAGE:
            return False
        return style.get("display") == "none" or any(hides(style) for hides in _WAYS)

    def empty_unseen_text(self, element: etree._Element) -> int:
        """Empty the text of ``element``, and of what inherits from it, where it is invisible: returns its length."""
        style = self._styles[element]
        if local_name(element) in WHOLE_PAGE or not self._is_text_unseen(element, style):
            return 0
        total, queue = 0, [element]
        while queue:
            inner = queue.pop()
            if inner in self._emptied or local_name(inner) in UNSEEN_TAGS:
                continue
            self._emptied.add(inner)
            total += sum(map(len, [inner.text or "", *(child.tail or "" for child in inner)]))
            inner.text = None
            for child in inner:
                child.tail = None
                if not (own := self._styles.get(child)) or self._is_text_unseen(child, own):
                    queue.append(child)
        return total

    def _is_text_unseen(self, element: etree._Element, style: Mapping[str, str]) -> bool:
        return (
            self._inherited(element, "visibility") in {"hidden", "collapse"}
            or self._font_size(element) <= _TINY
            or self._is_of_its_background(element, style)
        )

    def _is_of_its_background(self, element: etree._Element, style: Mapping[str, str]) -> bool:
        if style.keys().isdisjoint(COLORS):
            return False
        if self._inherited(element, "text-shadow") not in {None, "none"} or _is_clipped_to_text(style):
            return False
        value = self._inherited(element, "-webkit-text-fill-color") or self._inherited(element, "color")
        if value is None and self._has_sheets:
            return False
        color, alpha = color_of(value) if value else (BLACK, 1.0)
        if color is None or alpha <= FAINT:
            return color is not None
        behind = self._background(element)
        if behind is None and (not self._has_sheets or self._stands_in_text(element)):
            behind = (WHITE, 1.0)
        if behind is None or behind[0] is None or behind[1] < 1 - FAINT:
            return False
        return is_near(color, behind[0])

    def _inherited(self, element: etree._Element, name: str) -> str | None:
        """Returns the value that is declared for the element, or for the nearest one around it."""
        return self._nearest(element, name, lambda style: None if style.get(name) in _PASSED_ON else style.get(name))

    def _font_size(self, element: etree._Element) -> float:
        """Returns the size of letters in pixels; 16 where it cannot be told."""
        path: list[tuple[etree._Element, float]] = []
        size = 16.0
        for each in (element, *element.iterancestors()):
            if (known := self._sizes.get(each)) is not None:
                size = known
                break
            value, is_relative = _declared_size(self._styles.get(each, {})) or (1.0, True)
            path.append((each, value))
            if not is_relative:
                size = 1.0
                break
        for each, value in reversed(path):
            size *= value
            self._sizes[each] = size
        return size

    def _background(self, element: etree._Element) -> Painted | None:
        """Returns what is painted behind ``element``: no colour where it cannot be told, None where nothing is."""

        def painted(style: Mapping[str, str]) -> Painted | None:
            found = _background_of(style)
            is_over = style.get("position") in {"absolute", "fixed", "sticky"} and self._has_pictures
            return found or ((None, 1.0) if is_over else None)

        return self._nearest(element, "behind", painted)

    def _nearest(self, element: etree._Element, name: str, find: Callable[[Mapping[str, str]], T | None]) -> T | None:
        """Returns what ``find`` returns for the nearest element, from ``element`` outwards."""
        known = self._known[name]
        path: list[etree._Element] = []
        result: Any = None
        for each in (element, *element.iterancestors()):
            if each in known:
                result = known[each]
                break
            path.append(each)
            if (style := self._styles.get(each)) and (result := find(style)) is not None:
                break
        known.update(dict.fromkeys(path, result))
        return cast("T | None", result)

    def _stands_in_text(self, element: etree._Element) -> bool:
        """Returns whether ``element``, which no class names, has letters of another colour beside it."""
        parent = element.getparent()
        if parent is None or element.get("class") or element.get("id"):
            return False
        if parent not in self._with_letters:
            beside = [parent.text or "", *(child.tail or "" for child in parent)]
            beside += [child.text or "" for child in parent if "color" not in self._styles.get(child, {})]
            self._with_letters[parent] = any(map(str.strip, beside))
        return self._with_letters[parent]


def _background_of(style: Mapping[str, str]) -> Painted | None:
    """Returns what an element paints behind its text: no colour for a picture, None for nothing."""
    for name in reversed([each for each in style if each in _BACKGROUNDS]):
        value = style[name]
        if value in _NO_BACKGROUND:
            continue
        if "(" in value and not value.startswith(("rgb", "hsl")):
            return None, 1.0
        found = color_of(value)
        if found[0] is None or found[1] > FAINT:
            return found
    return None


def _is_faint(style: Mapping[str, str]) -> bool:
    opacity = _number(style.get("opacity"))
    filtered = [_number(value) for name, value in _FUNCTION.findall(style.get("filter", "")) if name == "opacity"]
    return any(value is not None and value <= FAINT for value in [opacity, *filtered])


def _is_skipped(style: Mapping[str, str]) -> bool:
    return style.get("content-visibility") == "hidden"


def _is_clipped(style: Mapping[str, str]) -> bool:
    """Returns whether ``clip`` or ``clip-path`` leaves nothing."""
    for name, value in _FUNCTION.findall(style.get("clip", "")):
        sides = [_pixels(side) for side in re.split(r"[\s,]+", value.strip())]
        if name == "rect" and len(sides) == 4 and None not in sides:  # noqa: PLR2004
            top, right, bottom, left = (side or 0 for side in sides)
            if bottom - top <= _TINY or right - left <= _TINY:
                return True
    for name, value in _FUNCTION.findall(style.get("clip-path", "")):
        sides = value.partition("round")[0].split()
        sizes = [_number(side) for side in sides if side.endswith("%")]
        if name == "inset" and sides:
            top, right, bottom, left = (sides * 4)[:4] if len(sides) != 3 else [*sides, sides[1]]  # noqa: PLR2004
            if any(_percent(one) + _percent(other) >= 1 for one, other in ((top, bottom), (right, left))):
                return True
        elif (
            (name in {"circle", "ellipse"} and sides and _pixels(sides[0]) == 0)
            or (name == "polygon" and _is_flat(value))
            or (name == "rect" and sizes == [0.0] * 4)
        ):
            return True
    return False


def _is_flat(polygon: str) -> bool:
    points = [point.split() for point in polygon.split(",")]
    points = [point for point in points if len(point) == 2]  # noqa: PLR2004
    return bool(points) and any(len({_pixels(point[axis]) for point in points}) == 1 for axis in (0, 1))


def _is_outside(style: Mapping[str, str]) -> bool:
    """Returns whether the text is moved out of the window to the left or upwards, or out of its own box."""
    # A column whose margin is its row's whole width stands at the side of another one.
    offsets = [style.get("text-indent"), *(each for each in _margins(style) if each and not each.endswith("%"))]
    if style.get("position") in {"absolute", "fixed", "relative"}:
        inset = _sides(style.get("inset", ""))
        offsets += [style.get(side, inset.get(side)) for side in ("left", "right", "top", "bottom")]
    moved = [
        part
        for name, value in _FUNCTION.findall(style.get("transform", ""))
        if name.startswith("translate")
        for part in value.split(",")
    ]
    moved += style.get("translate", "").split()
    # A share is one of the text's own box, which may be smaller than the window.
    moved = [part for part in moved if not part.strip().endswith("%")]
    return any((pixels := _pixels(offset)) is not None and pixels <= -_FAR for offset in [*offsets, *moved])


def _margins(style: Mapping[str, str]) -> list[str | None]:
    margin = _sides(style.get("margin", ""))
    return [style.get(f"margin-{side}", margin.get(side)) for side in ("left", "top")]


def _sides(shorthand: str) -> dict[str, str]:
    values = shorthand.split()
    if not 1 <= len(values) <= 4:  # noqa: PLR2004
        return {}
    top, right, bottom, left = (values * 4)[:4] if len(values) != 3 else [*values, values[1]]  # noqa: PLR2004
    return {"top": top, "right": right, "bottom": bottom, "left": left}


def _is_shrunk(style: Mapping[str, str]) -> bool:
    """Returns whether a transformation leaves no width or no height."""
    scales = [*style.get("scale", "").split(), style.get("zoom")]
    for name, value in _FUNCTION.findall(style.get("transform", "")):
        arguments = [part.strip() for part in value.split(",")]
        if name.startswith("scale"):
            scales += arguments[:2]
        elif name == "matrix" and len(arguments) == 6:  # noqa: PLR2004
            scales += [arguments[0], arguments[3]]
        elif name in {"rotatex", "rotatey"} and arguments[0] in {"90deg", "-90deg", "270deg", ".25turn", "0.25turn"}:
            return True
    return any((number := _number(scale)) is not None and abs(number) <= FAINT for scale in scales)


def _is_boxed(style: Mapping[str, str]) -> bool:
    """Returns whether the text overflows a box without width or height that cuts it off."""
    overflow = style.get("overflow", "").split()
    for axis, sizes, at in (("overflow-x", ("width", "max-width"), 0), ("overflow-y", ("height", "max-height"), -1)):
        cut = style.get(axis) or (overflow[at] if overflow else "visible")
        if cut not in {"hidden", "clip"} or not any(_is_tiny(style.get(size)) for size in sizes):
            continue
        if axis == "overflow-y" and _is_padded(style):
            continue  # the box of a picture or a film, which keeps its shape so
        if _is_tiny(style.get(f"max-{sizes[0]}")) or not _grows(style, sizes[0]):
            return True
    return False


def _is_tiny(value: str | None) -> bool:
    return value is not None and (pixels := _pixels(value)) is not None and 0 <= pixels < _TINY


def _grows(style: Mapping[str, str], size: str) -> bool:
    """Returns whether a box gets its size from the boxes around it, or has a least one."""
    least = _pixels(style.get(f"min-{size}"))
    grow = _number((style.get("flex-grow") or style.get("flex") or "0").split()[0])
    return (least is not None and least > _TINY) or bool(grow) or style.get("flex") == "auto"


def _is_padded(style: Mapping[str, str]) -> bool:
    padding = _sides(style.get("padding", ""))
    values = [style.get(f"padding-{side}", padding.get(side)) for side in ("top", "bottom")]
    return any((pixels := _pixels(value)) is not None and pixels > _TINY for value in values)


_WAYS = (_is_faint, _is_skipped, _is_clipped, _is_outside, _is_shrunk, _is_boxed)


def _is_clipped_to_text(style: Mapping[str, str]) -> bool:
    """Returns whether the letters show the background: a picture or a gradient."""
    clips = (style.get(name, "") for name in ("background-clip", "-webkit-background-clip", "background"))
    return any("text" in clip.split() for clip in clips)


def _declared_size(style: Mapping[str, str]) -> tuple[float, bool] | None:
    """Returns the size of letters, and whether it is a share of that around; None where none is declared or known."""
    value = style.get("font-size")
    for name in style:  # the stronger one stands later
        if name == "font":
            sizes = [word.partition("/")[0] for word in style["font"].split()]
            value = next(
                (size for size in sizes if size in _FONT_SIZES or re.match(r"\.?\d.*(?:[a-z%]|^0)$|0$", size)), None
            )
        elif name == "font-size":
            value = style[name]
    if value is None or value in {"inherit", "unset"}:
        return None
    if value in _FONT_SIZES:
        return _FONT_SIZES[value], False
    found = _LENGTH.fullmatch(_plain(value))
    if found is None or found[2] not in _PIXELS:
        return 16.0, False
    if found[2] in {"em", "%"}:
        return float(found[1]) / (100 if found[2] == "%" else 1), True
    return float(found[1]) * _PIXELS[found[2]], False


def _pixels(value: str | None) -> float | None:
    """Returns a length in pixels, a share as one of the window's width; None where it is no plain length."""
    found = _LENGTH.fullmatch(_plain(value or ""))
    return float(found[1]) * _PIXELS[found[2]] if found and found[2] in _PIXELS else None


def _plain(value: str) -> str:
    value = value.strip()
    return value[5:-1].strip() if value.startswith("calc(") and value.endswith(")") else value


def _number(value: str | None) -> float | None:
    found = _LENGTH.fullmatch(_plain(value or ""))
    if found is None or found[2] not in {None, "%"}:
        return None
    return float(found[1]) / (100 if found[2] else 1)


def _percent(value: str) -> float:
    """Returns a share of 1; that of a length in pixels is that of a long paragraph's box."""
    if value.endswith("%"):
        return _number(value) or 0
    pixels = _pixels(value)
    return pixels / _FAR if pixels is not None else 0
