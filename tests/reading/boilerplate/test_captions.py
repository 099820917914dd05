"""Captions: sentences that belong to a picture."""

import pytest

from standfirst.domain.article import Document
from standfirst.reading.document import read_single

LEAD = "The ferry across the Sele is to return in June, the council of Brackenford said on Tuesday."
NEXT = "It stopped in 2019, when a flood washed its landing stage away, and nobody had paid for another."
CAPTION = "Passengers wait for the last ferry of the evening in 2018."


@pytest.mark.parametrize(
    "credit",
    ["Photograph: Ida Marrow/The Sele Post", "Foto: Ida Marrow", "© Ida Marrow", "Photograph by Ida Marrow"],
)
@pytest.mark.parametrize("share", ["", "By Ann Hollis\n3 March 2026\nShare\nSave for later\n"], ids=["body", "head"])
def test_a_sentence_above_the_credit_of_a_picture_is_its_caption(credit: str, share: str) -> None:
    """In the head of a page, below its buttons, and between two paragraphs."""
    page = f"{share}{CAPTION}\n{credit}\n\n{LEAD}\n\n{CAPTION}\n{credit}\n\n{NEXT}\n"

    article = read_single(Document(name="page.txt", content=page.encode()))

    assert article.paragraphs == (LEAD, NEXT)


def test_a_paragraph_above_a_credit_stays_where_no_blank_lines_tell_them_apart() -> None:
    """Losing a paragraph is worse than keeping a caption."""
    page = f"{LEAD}\n{NEXT}\nPhotograph: Ida Marrow\n{LEAD.replace('June', 'July')}\n"

    article = read_single(Document(name="page.txt", content=page.encode()))

    assert article.paragraphs[:2] == (LEAD, NEXT)
