"""``CheckTexts`` over fakes, and how a text that is typed leads back to what was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from builders import STORY, a_record, a_style, an_object, save
from fakes import FakeArticles, FakeSummaries
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import CountLimits, Draft, Evidence, Finding, TextCount
from standfirst.domain.errors import ArticleUnreadable, DocumentTooDemanding, InvalidField
from standfirst.domain.record import ArticleSource
from standfirst.domain.review import SummaryPatch
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import Texts
from standfirst.domain.texts_to_check import TextsToCheck, TypedText
from standfirst.use_cases.check_texts import CheckedTexts, CheckTexts
from standfirst.use_cases.get_article import FindArticle
from standfirst.use_cases.read_version import ReadVersion
from use_case import choose_default, find_no_evidence, read_lines

ID = "politics/ferry.txt"
COUNT = TextCount("standfirst", 1, 2, 3, CountLimits())
TYPED = st.text(st.sampled_from("ab .é\u00ad\u200b\u200d\u2003\t"), max_size=12)


def find_all(article: Article, draft: Draft, style: HouseStyle) -> list[Finding]:
    """A check that finds something in the whole of each text, and says what it was shown."""
    shown = f"{article.language} {article.paragraphs[0]} {style.label}"
    return [
        Finding("claim", name, draft.texts.as_one(name), shown, "error", (0, len(draft.texts.as_one(name))))
        for name in draft.texts
        if draft.texts[name]
    ]


def checks(articles: FakeArticles | None = None, summaries: FakeSummaries | None = None) -> CheckTexts:
    """The use case."""
    read_version = ReadVersion(articles or FakeArticles(), read_lines, prefix="")
    return CheckTexts(
        find_article=FindArticle(summaries or FakeSummaries(), read_version),
        choose_style=choose_default,
        detect_language=lambda _: Language("sv"),
        check=find_all,
        find_evidence=find_no_evidence,
        count=lambda *_: (COUNT,),
    )


def check(**asked: object) -> CheckedTexts:
    """Texts against an article that is given."""
    return checks()(TextsToCheck.model_validate({"article": {"paragraphs": [STORY]}, **asked}))


def test_a_finding_stays_an_error_whoever_types() -> None:
    """A decision makes it a warning; here an editor sees what would block a generated text."""
    found = check(standfirst="It is back.")

    assert [(each.severity, each.text, each.span) for each in found.findings] == [("error", "It is back.", (0, 11))]
    assert (found.checks.errors, found.checks.second_reader, found.counts) == (1, "off", (COUNT,))


def test_a_language_is_detected_only_where_none_is_said() -> None:
    """The caller knows it better."""
    of = {"paragraphs": [STORY], "language": "en-GB"}

    assert check(summary="It is back.").findings[0].detail.startswith("sv ")
    assert check(summary="It is back.", article=of).findings[0].detail.startswith("en-GB ")


def test_texts_that_are_left_out_are_those_of_the_revision() -> None:
    """An empty one is not left out."""
    summaries, articles = FakeSummaries(), FakeArticles({ID: an_object()})
    source = ArticleSource(bucket="articles", key=ID, etag="e1", sequencer="0A")
    record = a_record(ID).model_copy(update={"article": source})
    save(summaries, record)

    found = checks(articles, summaries)(TextsToCheck.model_validate({"article_id": ID, "standfirst": ""}))

    assert [(each.field, each.text) for each in found.findings] == [("summary", record.summary)]


def test_a_house_style_that_there_is_not_is_the_callers_mistake_or_the_articles() -> None:
    """In the body it is a member that is wrong; an uploader's leaves the article unreadable."""
    with pytest.raises(InvalidField, match="tabloid") as wrong:
        check(style="tabloid")
    assert wrong.value.field == "style"

    summaries, stored = FakeSummaries(), an_object()
    styled = type(stored.document)(ID, STORY.encode(), style="tabloid")
    articles = FakeArticles({ID: type(stored)(styled, "e1", None)})
    source = ArticleSource(bucket="articles", key=ID, etag="e1", sequencer="0A")
    save(summaries, a_record(ID).model_copy(update={"article": source}))
    with pytest.raises(ArticleUnreadable, match="tabloid"):
        checks(articles, summaries)(TextsToCheck.model_validate({"article_id": ID}))


def test_texts_that_take_too_much_to_check_are_to_be_shortened() -> None:
    """As a change of the same texts is told."""

    def refuse(*_: object) -> tuple[Evidence, ...]:
        raise DocumentTooDemanding("The document needs more than 6 seconds of processor time.")

    case = checks()
    demanding = CheckTexts(case.find_article, choose_default, case.detect_language, find_all, refuse, case.count)

    with pytest.raises(InvalidField, match="shorten them"):
        demanding(TextsToCheck.model_validate({"article": {"paragraphs": [STORY]}}))


@given(TYPED)
def test_a_text_is_checked_as_a_change_would_store_it(sent: str) -> None:
    """What a change refuses because nothing is to be read in it is empty."""
    try:
        stored = SummaryPatch.model_validate({"summary": sent.replace("\t", " ")}).words["summary"]
    except ValidationError:
        stored = ""

    assert "".join(TypedText.of([sent.replace("\t", " ")]).items) == stored


@given(st.lists(TYPED, max_size=4), st.data())
def test_a_span_leads_back_to_the_same_characters(sent: list[str], data: st.DataObject) -> None:
    """Of a list, in its lines."""
    typed = TypedText.of(sent)
    stored, whole = "\n".join(typed.items), "\n".join(sent)
    start = data.draw(st.integers(0, len(stored)))
    end = data.draw(st.integers(start, len(stored)))

    assert len(typed.places) == len(stored)
    assert [whole[place] for place in typed.places] == list(stored)
    first, last = typed.as_sent((start, end))
    if start < end:
        assert (whole[first], whole[last - 1]) == (stored[start], stored[end - 1])


def test_what_is_counted_is_a_text_of_the_house_style() -> None:
    """The fake style has room for nearly everything."""
    assert set(Texts()) == set(a_style().limits)
