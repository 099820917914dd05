"""The Markdown files of the project, and what stands in them."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")])


def page(name: str) -> str:
    """Returns the text of a page, such as ``docs/api.md``."""
    return (PROJECT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Returns the code blocks of a page that are in ``language``, without the indent they have in a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", page(name), flags=re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def code_spans(text: str) -> list[str]:
    """Returns what stands between backticks within a line, outside code blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE))


def anchors(text: str) -> set[str]:
    """Returns the names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
