"""What makes two summaries the same."""

from dataclasses import replace

from builders import a_style, an_article
from standfirst.domain.article import ArticleKind
from standfirst.domain.fingerprint import content_hash, of_article, of_unreadable
from standfirst.domain.ports import WriterIdentity

WRITER = WriterIdentity("fake")


def test_equal_articles_have_equal_fingerprints() -> None:
    """Whatever else is known of them: when it was published does not change what is written."""
    dated = replace(an_article(), published_at="2026-03-03T09:00:00Z")

    assert of_article(an_article(), a_style().label, WRITER) == of_article(dated, a_style().label, WRITER)


def test_the_papers_own_standfirst_counts() -> None:
    """A model sees it, and the checks take it for a source."""
    other = replace(an_article(), standfirst="The council has decided.")

    assert of_article(an_article(), a_style().label, WRITER) != of_article(other, a_style().label, WRITER)


def test_a_kind_counts_unless_it_is_news() -> None:
    """A column that was taken for news is looked at again; what was made of news before kinds were known stays."""
    column, news = (replace(an_article(), kind=kind) for kind in (ArticleKind.OPINION, ArticleKind.NEWS))

    assert of_article(column, a_style().label, WRITER) != of_article(news, a_style().label, WRITER)
    assert content_hash(column) == content_hash(news)


def test_where_one_paragraph_ends_and_the_next_begins_counts() -> None:
    """No two lists of parts run together."""
    apart, together = an_article("a", "bc"), an_article("ab", "c")

    assert of_article(apart, a_style().label, WRITER) != of_article(together, a_style().label, WRITER)


def test_an_unreadable_document_is_known_by_its_bytes_and_its_reason() -> None:
    """A reader that has learnt more gives another reason, or none."""
    marks = {of_unreadable("why", b"a"), of_unreadable("why", b"b"), of_unreadable("how", b"a")}

    assert len(marks) == 3
