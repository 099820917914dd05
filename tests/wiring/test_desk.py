"""What the desk's function serves of the page's files."""

import pytest

from standfirst.wiring.desk import LIBRARY, without_comments


@pytest.mark.parametrize(
    ("source", "served"),
    [
        pytest.param(b"// One.\nrun();\n", b"run();\n", id="a line"),
        pytest.param(b"/** One.\n * Two. */\nrun();\n", b"run();\n", id="several lines"),
        pytest.param(b"  /* One. */\nrun();\n", b"run();\n", id="indented"),
        pytest.param(b"/* One.\n */ run();\n", b" run();\n", id="code behind it"),
        pytest.param(b'const url = "https://a"; // One.\n', b'const url = "https://a"; // One.\n', id="behind code"),
        pytest.param(b'const glob = "/*";\nrun();\n', b'const glob = "/*";\nrun();\n', id="in a string"),
    ],
)
def test_comments_that_begin_their_line_are_not_served(source: bytes, served: bytes) -> None:
    """Nothing else changes."""
    assert without_comments("page.js", source) == served


@pytest.mark.parametrize("name", [LIBRARY, "index.html"])
def test_other_files_are_served_as_they_are(name: str) -> None:
    """The library's comments hold its licence."""
    assert without_comments(name, b"/* A licence. */\nrun();\n") == b"/* A licence. */\nrun();\n"
