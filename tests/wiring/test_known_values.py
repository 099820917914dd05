"""How many values the dimensions of metrics can have, whatever a deployment is set to."""

import re

from docs_pages import page
from standfirst.domain.article import ArticleId
from standfirst.domain.measures import CHECKS
from standfirst.wiring.known_values import MOST, known_in_reviews, known_in_texts
from standfirst.wiring.settings import ReviewSummariesSettings, SummarizeUploadsSettings
from standfirst.writing.model.prompt import PROMPT_VERSION

NEEDED = """
    DEAD_LETTER_QUEUE_URL GENERATIONS_TABLE MAX_RECEIVES MODEL_STATE_TABLE
    REVIEWS_TABLE SUMMARIES_TABLE UPLOADS_QUEUE_URL
"""
TABLES = dict.fromkeys(NEEDED.split(), "1")
MODEL = {"MODEL_PROVIDER": "openai", "MODEL_KEY_SECRET": "a", "MODEL": "one", "SECOND_READER_MODEL": "two"}


def the_known(**variables: str) -> SummarizeUploadsSettings:
    """The settings of a worker with a model."""
    return SummarizeUploadsSettings.from_environment({**TABLES, **MODEL, **variables})


def test_the_sections_are_those_that_the_deployment_names() -> None:
    """Without the spaces around them."""
    known = known_in_texts(the_known(METRIC_SECTIONS="politics, sport,"))

    sections = [known.section(ArticleId(f"{name}/a")) for name in ("politics", "sport", "culture", "")]
    assert sections == ["politics", "sport", "other", "other"]


def test_the_models_are_those_that_are_asked() -> None:
    """The writer's and the second reader's; without a model there is none."""
    assert set(known_in_texts(the_known()).models) == {"one", "two"}
    assert set(known_in_texts(the_known(MODEL_PROVIDER="none", MODEL="", SECOND_READER_MODEL="")).models) == set()


def test_decisions_are_told_apart_by_the_newest_prompts() -> None:
    """An older text is another's."""
    known = known_in_reviews(ReviewSummariesSettings.from_environment({**TABLES, **MODEL}))

    newest = int(PROMPT_VERSION)
    assert [known.prompt(str(newest - back)) for back in range(3)] == [str(newest), str(newest - 1), "other"]
    assert (known.model("one"), known.model("two")) == ("one", "other")


def test_there_are_no_more_metrics_than_the_documentation_says() -> None:
    """With as many styles and sections as one likes: CloudWatch charges for each combination."""
    styles = "styles:\n" + "".join(f"  style-{number}: {{guidance: Short.}}\n" for number in range(40))
    texts = known_in_texts(the_known(METRIC_SECTIONS=",".join(map(str, range(40))), HOUSE_STYLES=styles))
    reviews = known_in_reviews(ReviewSummariesSettings.from_environment({**TABLES, **MODEL}))
    assert (len(texts.sections), len(texts.styles)) == (MOST, MOST)

    costs = 2 * (len(texts.models) + 1) + len(texts.styles) + 1 + len(texts.sections) + 1
    findings = 2 * (len(CHECKS) + 1) + len(CHECKS) + 1
    # A text that no model wrote has no prompt either.
    decisions = 5 * ((len(reviews.models) + 1) * (len(reviews.prompts) + 1) + 1)
    (said,) = re.findall(r"at most (\d+) of the others", page("docs/operations.md"))
    assert costs + findings + decisions == int(said)
