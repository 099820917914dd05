"""A draft held against an article, in as few words as a test needs."""

from builders import a_draft
from standfirst.checking.check_draft import check_grounding
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import Finding


def an_article_in(language: str, *paragraphs: str) -> Article:
    """An article in ``language``."""
    return Article(paragraphs=paragraphs, language=Language(language), format="text")


def findings(article: str, draft: str, language: str = "en") -> list[Finding]:
    """What is found in ``draft`` as a summary of ``article``, whose paragraphs are lines."""
    return list(check_grounding(an_article_in(language, *article.split("\n")), a_draft(standfirst="", summary=draft)))


def errors(article: str, draft: str, language: str = "en") -> list[tuple[str, str]]:
    """The check and the text of each error in it."""
    found = findings(article, draft, language)
    return [(finding.check, finding.text) for finding in found if finding.severity == "error"]
