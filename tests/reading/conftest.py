"""One way to read a text, for every test of this package."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article, Document
from standfirst.reading.document import read_single

Read = Callable[..., Article]


@pytest.fixture
def read() -> Read:
    """Read ``content`` (text is sent as UTF-8) as an upload of the given name."""

    def read_upload(content: str | bytes, name: str = "story.txt", **uploaded: str) -> Article:
        raw = content.encode() if isinstance(content, str) else content
        return read_single(Document(name=name, content=raw, **uploaded))  # type: ignore[arg-type]

    return read_upload
