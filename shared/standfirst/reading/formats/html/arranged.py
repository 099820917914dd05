"""A page as a browser shows it: what its source keeps elsewhere is put where people see it."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree

_STREAMED = etree.XPath("//*[@hidden][starts-with(@id, 'S:')]")
_PLACES = etree.XPath("//template[starts-with(@id, 'B:')]")
_SHADOW_ROOTS = etree.XPath("//template[@shadowrootmode='open' or @shadowrootmode='closed']")
_MOVED = re.compile(r"\$R\w{1,3}\(\"(B:[\w-]{1,20})\",\"(S:[\w-]{1,20})\"")
_MOST_MOVED = 500

_MOST_SELECTORS = 10
_PLAIN_SELECTOR = re.compile(r"([.#])([\w-]{1,100})")
_OF_CLASS = etree.XPath("//body//*[contains(concat(' ', normalize-space(@class), ' '), $name)]")
_OF_ID = etree.XPath("//body//*[@id = $name]")

_ASIDES = etree.XPath("//aside[not(ancestor::aside)]")
_PROSE = etree.XPath(
    "descendant::*[not(self::a or self::noscript or self::script or self::style or self::textarea or self::title)]"
    "/text()[string-length(normalize-space(.)) > 40]",
    smart_strings=False,
)
_MOSTLY = 1.5


def arrange(tree: etree._Element) -> None:
    """Move the text of ``tree`` to where it is seen, and make a ``div`` of an ``aside`` that is the main column.

    React streams a part into ``<div hidden id="S:0">``, and a script puts it in the place of ``<template id="B:0">``;
    a template that is the shadow root of an element is displayed (HTML Living Standard, section 4.12.3).
    """
    _move_streamed(tree)
    for template in _SHADOW_ROOTS(tree):
        template.tag = "div"
    _show_main_asides(tree)


def show_for_subscribers(tree: etree._Element, selectors: Iterable[str]) -> None:
    """Take off ``tree`` what hides the parts of its article that it says are for subscribers.

    Raises nothing for selectors that are more than a class or an id: they name nothing.
    """
    for selector in islice(selectors, _MOST_SELECTORS):
        if found := _PLAIN_SELECTOR.fullmatch(selector.strip()):
            kind, name = found.groups()
            for element in _OF_CLASS(tree, name=f" {name} ") if kind == "." else _OF_ID(tree, name=name):
                for hiding in ("hidden", "style", "aria-hidden"):
                    element.attrib.pop(hiding, None)


def _move_streamed(tree: etree._Element) -> None:
    parts = {part.get("id"): part for part in _STREAMED(tree)}
    if not parts:
        return
    scripts = " ".join(script.text or "" for script in tree.iter("script") if "$R" in (script.text or ""))
    places = {place.get("id"): place for place in _PLACES(tree)}
    for place_id, part_id in _MOVED.findall(scripts)[:_MOST_MOVED]:
        part, place = parts.pop(part_id, None), places.pop(place_id, None)
        if part is None:
            continue
        part.attrib.pop("hidden", None)
        if place is not None and part not in {*place.iterancestors()}:
            place.addprevious(part)


def _show_main_asides(tree: etree._Element) -> None:
    """Show the asides that hold the page's first headline, or most of its text, in paragraphs or not."""
    asides = _ASIDES(tree)
    if not asides:
        return
    headline = next(tree.iter("h1"), None)
    around = {*headline.iterancestors("aside")} if headline is not None else set()
    everything = _prose_length(tree)
    for aside in asides:
        length = _prose_length(aside)
        if length > _MOSTLY * (everything - length) or (length and aside in around):
            aside.tag = "div"


def _prose_length(element: etree._Element) -> int:
    return sum(len(" ".join(text.split())) for text in _PROSE(element))
