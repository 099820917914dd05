"""What findings and evidence name by numbers, a user of the API finds: in the texts and in the article's paragraphs."""

import pytest

from builders import a_style, with_limits
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.style import ListLimits
from standfirst.domain.texts import Texts
from standfirst.writing.extractive.writer import ExtractiveWriter

STYLE = with_limits(a_style(), key_points=ListLimits(count=2, max_words=40))
ARTICLES = {
    "en": (
        "The council of Orrin voted on Monday to keep its swimming pool, which Mr. J. Hale had wanted to close.",
        "Repairs will cost 310,000 crowns, the council said. They begin in March and end before the summer.",
        "The pool was built in 1961. It has been closed since a pump failed in November.",
    ),
    "de": (
        "Der Stadtrat von Orrin hat am 3. März beschlossen, das Hallenbad zu erhalten, das Dr. Hale schließen wollte.",
        "Die Reparatur kostet 310.000 Kronen, teilte die Stadt mit. Sie beginnt im März und endet vor dem Sommer.",
        "Das Bad wurde 1961 gebaut. Seit dem Ausfall einer Pumpe im November ist es geschlossen.",
    ),
    "zh": (
        "奥林市议会星期一投票决定保留市游泳馆，此前有人提议将其关闭，居民对此表示强烈反对。",
        "市议会表示，维修费用为三十一万克朗。工程将于三月开始，并在夏季之前完成。",
        "该游泳馆建于1961年。自去年十一月水泵发生故障以来，游泳馆一直处于关闭状态。",
    ),
}
WRONG = Texts(
    standfirst="The council of Marrow voted to sell its pool for 990,000 crowns. It is a shame.",
    summary="The pool of Orrin stays. Repairs will cost 470,000 crowns, said Mr. K. Dole. They begin in May 2031.",
    key_points=["The pool was built in 1961.", "It costs 55 percent more. Nobody swims."],
)


def an_article(language: str) -> Article:
    """In one of the languages."""
    return Article(ARTICLES[language], Language(language), "text", headline=None)


def words_at(texts: Texts, each: Evidence | Finding) -> str:
    """What the span is in the text as the API serves it; key points count as lines."""
    assert each.span
    begin, end = each.span
    text = "\n".join(texts.items_of(each.field))
    assert 0 <= begin < end <= len(text)
    return text[begin:end]


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("by", ["the extractive writer", "an editor"])
def test_every_number_leads_to_its_words_and_to_a_paragraph(language: str, by: str) -> None:
    """A sentence by its span, which evidence of the same number has; a paragraph by its index in the article."""
    article = an_article(language)
    if by == "an editor":
        draft = Draft(WRONG, find_evidence(article, Draft(WRONG)))
    else:
        draft = ExtractiveWriter().write(article, STYLE)

    findings = check_draft(article, draft, STYLE)

    sentences = {(each.field, each.sentence): words_at(draft.texts, each) for each in draft.evidence}
    assert len(sentences) == len(draft.evidence) >= 3
    for each in draft.evidence:
        assert set(each.paragraphs) <= set(range(len(article.paragraphs)))
        words = sentences[each.field, each.sentence]
        assert words == words.strip()
        if by != "an editor":
            assert any(words in article.paragraphs[at] for at in each.paragraphs)
    for finding in findings:
        assert set(finding.paragraphs) <= set(range(len(article.paragraphs)))
        if finding.sentence is not None:
            assert words_at(draft.texts, finding) in sentences[finding.field, finding.sentence]
    assert [finding for finding in findings if finding.sentence is not None] or by != "an editor"
