"""Whatever stands in an article and a draft, the checks end, and point into the draft."""

from hypothesis import given
from hypothesis import strategies as st

from builders import a_draft
from standfirst.checking.check_draft import check_grounding
from standfirst.checking.evidence import find_evidence
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import Draft, Finding

ODD = st.sampled_from(
    [
        "", "\ud800", "1" + "0" * 400, "9" * 5_000, "9" * 5_000 + ":30", "10.99.99", "1 234:50", "0 in 0",
        "0 per cent", "one in 0 people", "half of 0", "two thousand, five hundred", "ſix men", "3 ſeconds", "mıllion",
        "U.K.", "“", "«»", "not", "may", "the largest", "30 February", "Monday", "Ann Lee, 40,", "£", "١٢٣ ٪", "三百万",
        "\u2028", "\x00", "🚢",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "The",
        "mayor",
        "claimed",
        "that",
        "about",
        "12",
        "people",
        "may",
        "not",
        "leave",
        "on",
        "Monday",
        ".",
        ",",
        "-",
        "'",
        '"',
        "“",
        "”",
        "a",
        "third",
        "%",
        "£5m",
    ]
)
TEXTS = st.lists(ODD | WORDS | st.text(st.characters(), max_size=12), max_size=12).map(" ".join)
LANGUAGES = st.sampled_from(["en", "en-GB", "de", "fr", "zh", "ja", "ar", "und", "xx-odd"])


def _field(draft: Draft, finding: Finding) -> str:
    return draft.texts.as_one(finding.field)


@given(paragraphs=st.lists(TEXTS, max_size=4), standfirst=TEXTS, summary=TEXTS, point=TEXTS, language=LANGUAGES)
def test_checks_never_raise_and_spans_hold_what_they_are_about(
    paragraphs: list[str], standfirst: str, summary: str, point: str, language: str
) -> None:
    """Neither an article nor a model can stop them."""
    article = Article(tuple(paragraphs), Language(language), format="text", headline=standfirst)
    draft = a_draft(standfirst=standfirst, summary=summary, key_points=(point, summary))

    found = check_grounding(article, draft)
    find_evidence(article, draft)

    for finding in (each for each in found if each.reason != "more"):
        if finding.span is None:
            assert finding.check == "unchecked"
            continue
        start, end = finding.span
        told = _field(draft, finding)[start:end]
        assert 0 <= start <= end <= len(_field(draft, finding))
        assert told == finding.text or (finding.text.endswith("…") and told.startswith(finding.text[:-1]))
