"""Checks texts while somebody writes them, as a generated text is checked; nothing is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from standfirst.domain.article import (
    MAX_TEXT_CHARACTERS,
    MIN_TEXT_CHARACTERS,
    Article,
    ArticleId,
    Language,
)
from standfirst.domain.draft import Checks, Draft, Evidence, Finding, TextCount, checks_of
from standfirst.domain.errors import DocumentTooDemanding, DocumentTooLarge, InvalidField, ReadingError
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import TEXTS, Texts
from standfirst.domain.texts_to_check import GivenArticle, TextsToCheck, TypedText
from standfirst.use_cases.article_versions import StyleChoice
from standfirst.use_cases.generate_summary import Check, EvidenceSearch
from standfirst.use_cases.get_article import FindArticle, unreadable

Count = Callable[[str, Texts, HouseStyle], tuple[TextCount, ...]]
"""Counts texts in a language (BCP 47)."""

DetectLanguage = Callable[[str], Language]

Placed = TypeVar("Placed", Finding, Evidence)


@dataclass(frozen=True, slots=True)
class CheckedTexts:
    """What the checks say of texts: errors and warnings, as of a generated text; spans are in the texts as sent."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    checks: Checks
    counts: tuple[TextCount, ...]


@dataclass(frozen=True, slots=True)
class CheckTexts:
    """Checks texts against the article of a revision, or against one that is given."""

    find_article: FindArticle
    choose_style: StyleChoice
    detect_language: DetectLanguage
    check: Check
    find_evidence: EvidenceSearch
    count: Count

    def __call__(self, asked: TextsToCheck) -> CheckedTexts:
        """Returns what is found.

        Raises ``InvalidField`` for texts that are too demanding to check and for an unknown style, ``DocumentTooLarge``
        for a given article that is too long, and as ``FindArticle`` does.
        """
        article, style, texts = self._given(asked) if asked.article else self._of_revision(asked)
        typed = asked.typed
        texts = texts.replaced(**{name: _stored(name, text) for name, text in typed.items()})
        draft = Draft(texts)
        try:
            findings, evidence = tuple(self.check(article, draft, style)), self.find_evidence(article, draft)
            counts = self.count(article.language, texts, style)
        except DocumentTooDemanding as error:
            raise InvalidField("body", "The texts cannot be checked against the article: shorten them.") from error
        return CheckedTexts(
            tuple(_as_sent(finding, typed) for finding in findings),
            tuple(_as_sent(each, typed) for each in evidence),
            checks_of(texts, findings, evidence),
            counts,
        )

    def _of_revision(self, asked: TextsToCheck) -> tuple[Article, HouseStyle, Texts]:
        found = self.find_article(ArticleId(asked.article_id), asked.revision)
        try:
            style = self.choose_style(found.record.article_id, found.style)
        except ReadingError as error:
            raise unreadable(found.record, error) from error
        return found.article, style, found.record.texts

    def _given(self, asked: TextsToCheck) -> tuple[Article, HouseStyle, Texts]:
        given: GivenArticle = asked.article
        article = Article(
            paragraphs=given.paragraphs,
            language=Language(given.language or ""),
            format="text",
            headline=given.headline or None,
            standfirst=given.standfirst or None,
        )
        _check_length(len(article.text))
        if not article.language:
            article = replace(article, language=self.detect_language(article.text))
        try:
            return article, self.choose_style(ArticleId(""), asked.style), Texts()
        except ReadingError as error:
            raise InvalidField("style", str(error)) from error


def _check_length(characters: int) -> None:
    if characters > MAX_TEXT_CHARACTERS:
        raise DocumentTooLarge(f"The article has {characters:,} characters; at most {MAX_TEXT_CHARACTERS:,} are read.")
    if characters < MIN_TEXT_CHARACTERS:
        raise InvalidField(
            "article.paragraphs", f"They have {characters} characters; {MIN_TEXT_CHARACTERS} are needed."
        )


def _stored(name: str, text: TypedText) -> str | tuple[str, ...]:
    is_list = next(kind.is_list for kind in TEXTS if kind.name == name)
    return text.items if is_list else "".join(text.items)


def _as_sent(found: Placed, typed: Mapping[str, TypedText]) -> Placed:
    if found.span is None or found.field not in typed:
        return found
    return replace(found, span=typed[found.field].as_sent(found.span))
