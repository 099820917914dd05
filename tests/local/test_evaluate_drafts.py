"""``evaluate --drafts``: two settings write about the same articles, over HTTP, and a person sees how they compare."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from werkzeug import Response

import model_server as play
from builders import STORY, an_article
from commands import GOOD, WRONG, Done, Run
from model_server import Asked, ModelServer
from standfirst.domain.texts import Texts
from standfirst_local.evaluation.blind_page import Pair, blind_page
from standfirst_local.evaluation.overlap import rouge_1, rouge_l

ATTACK = '</script><script src="https://evil.example/x.js">alert(1)</script><!--<script>'
APPROVED = {
    "standfirst": "Brackenford’s council voted on Tuesday to bring back the crossing.",
    "summary": "The council voted to reopen the ferry.",
}

Compare = Callable[..., Done]


@pytest.fixture
def compare(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compare:
    """Compares the settings ``low`` and ``high`` on the articles of a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "low.yaml").write_text("reasoning_effort: low\n", encoding="utf-8")
    (tmp_path / "high.yaml").write_text("reasoning_effort: high\n", encoding="utf-8")

    def evaluate(*options: str, articles: str = "stories.jsonl") -> Done:
        return run("evaluate", "--drafts", articles, "--compare", "low.yaml", "high.yaml", *options)

    return evaluate


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """Three articles, of two of which there are approved texts."""
    rows = [
        {"id": "a", "article": STORY, "approved": APPROVED},
        {"id": "b", "article": f"{STORY}\n\nThe mayor was there.", "approved": APPROVED},
        {"id": "c", "article": f"{STORY}\n\n{ATTACK}", "headline": "Ferry to return"},
    ]
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def by_effort(asked: Asked) -> Response:
    """The setting ``low`` writes what the article says, and ``high`` does not."""
    return (GOOD if asked.body["reasoning"]["effort"] == "low" else WRONG)(asked)


def figures(done: Done, name: str) -> list[str]:
    """What stands in a line of the table."""
    [line] = [line for line in done.stdout.splitlines() if line.startswith(name)]
    return line.removeprefix(name).split()


@pytest.mark.usefixtures("stories")
def test_two_settings_are_compared_on_the_same_articles(compare: Compare, model: ModelServer) -> None:
    """Findings, words, overlap with what editors approved, and cost."""
    model.answers(by_effort)

    done = compare("--yes")

    assert done.status == 0
    assert len(model.requests) == 6
    assert done.stdout.startswith("3 of 3 articles have a draft of both.")
    assert figures(done, "has an error") == ["0.00", "1.00", "+1.00", "(+1.00", "to", "+1.00)"]
    assert figures(done, "summary, words")[:2] == ["42.0", "42.0"]
    assert float(figures(done, "standfirst, ROUGE-1 of 2")[0]) == pytest.approx(22 / 34, abs=0.001)
    assert figures(done, "USD per 1,000 drafts") == ["0.320", "0.320"]


@pytest.mark.usefixtures("stories")
def test_drafts_are_paid_for_once(compare: Compare, model: ModelServer, tmp_path: Path) -> None:
    """A second run asks nothing and prints the same; another effort is another draft."""
    model.answers(by_effort)
    first = compare("--yes")
    again = compare()  # with nothing to pay, nobody is asked

    assert (again.status, again.stdout, again.stderr) == (0, first.stdout, "")
    assert len(model.requests) == 6
    (tmp_path / "high.yaml").write_text("name: high\nreasoning_effort: medium\n", encoding="utf-8")
    compare("--yes")
    assert len(model.requests) == 9


@pytest.mark.usefixtures("stories")
def test_two_tiers_of_one_model_are_two_settings(compare: Compare, model: ModelServer, tmp_path: Path) -> None:
    """Their words may be the same; their price and their seconds are what is compared."""
    (tmp_path / "high.yaml").write_text("reasoning_effort: low\nservice_tier: flex\n", encoding="utf-8")
    content = json.dumps(APPROVED | {"key_points": []})
    model.answers(lambda asked: play.text(content, tier=asked.body.get("service_tier", "default"))(asked))

    done = compare("--yes")

    assert figures(done, "USD per 1,000 drafts") == ["0.320", "0.160"]


@pytest.mark.parametrize("output", ["stories.jsonl", "./high.yaml", "drafts.results.jsonl"])
def test_a_page_overwrites_nothing_that_is_needed(
    compare: Compare, model: ModelServer, stories: Path, output: str
) -> None:
    """Neither the articles nor the answers, which are paid for."""
    before = stories.read_bytes()

    done = compare("--yes", "--html", output)

    assert (done.status, model.requests, stories.read_bytes()) == (2, [], before)
    assert "would be overwritten" in done.stderr


@pytest.mark.usefixtures("stories")
def test_an_article_that_one_model_declines_is_told_and_asked_about_again(compare: Compare, model: ModelServer) -> None:
    """The other articles are compared; the next run asks for the one draft."""
    model.answers(play.refusal(), GOOD)

    done = compare("--yes", "--at-once", "1")

    assert done.status == 1
    assert "standfirst: a, low: The model declined" in done.stderr
    assert done.stdout.startswith("2 of 3 articles have a draft of both.")
    assert len(model.requests) == 6
    assert compare("--yes").status == 0
    assert len(model.requests) == 7


def test_articles_are_read_as_summarize_reads_them(compare: Compare, model: ModelServer, story: Path) -> None:
    """Any format and folders; what cannot be read is told, and the others are done."""
    (story.parent / "articles").mkdir()
    story.rename(story.parent / "articles" / "story.txt")
    (story.parent / "articles" / "short.txt").write_text("Too short.", encoding="utf-8")
    (story.parent / "articles" / "rows.jsonl").write_text('{"article": 1}\n\n{"article": ""}\n', encoding="utf-8")
    model.answers(GOOD)

    done = compare("--yes", articles="articles")

    assert done.status == 1
    assert done.stdout.startswith("1 of 1 articles")
    assert "articles/rows.jsonl: Line 1: article: Input should be a valid string" in done.stderr
    assert "articles/rows.jsonl: Line 3: " in done.stderr
    assert "articles/short.txt: " in done.stderr


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("temperature: 1", "high.yaml: temperature: Extra inputs"),
        ("reasoning_effort: much", "MODEL_REASONING_EFFORT"),
        ("name: low", "Both settings are called low"),
        ("style: missing.yaml", "high.yaml cannot be read as a setting"),
        ("[", "high.yaml cannot be read as a setting"),
        ("key_variable: NO_SUCH_KEY", "high.yaml: NO_SUCH_KEY holds no key"),
    ],
)
def test_a_wrong_setting_is_wrong_usage_and_named(
    compare: Compare, model: ModelServer, tmp_path: Path, setting: str, said: str
) -> None:
    """Before anything is paid."""
    (tmp_path / "high.yaml").write_text(setting, encoding="utf-8")

    done = compare("--yes")

    assert (done.status, done.stdout, model.requests) == (2, "", [])
    assert said in done.stderr


@pytest.mark.usefixtures("stories")
def test_each_setting_has_its_own_model_key_and_style(
    compare: Compare, model: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key of the one never goes to the server of the other."""
    monkeypatch.setenv("OTHER_KEY", "sk-other")
    (tmp_path / "style.yaml").write_text("name: tiny\nguidance: Name the river.\n", encoding="utf-8")
    (tmp_path / "high.yaml").write_text(
        f"model: house-7b\nbase_url: {model.base_url}\nkey_variable: OTHER_KEY\nstyle: style.yaml\n", encoding="utf-8"
    )
    model.answers(GOOD)

    done = compare("--yes")

    told = {(asked.body["model"], asked.headers["Authorization"]): asked.told for asked in model.requests}
    assert told.keys() == {("house-7b", "Bearer sk-other"), (play.MODEL, "Bearer sk-secret")}
    assert "Name the river." in told["house-7b", "Bearer sk-other"]
    assert "Name the river." not in told[play.MODEL, "Bearer sk-secret"]
    assert figures(done, "USD per 1,000 drafts") == ["0.320", "unknown"]


# ----------------------------------------------------------------------------------------------------------------------
# The page
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("stories")
def test_the_page_brings_every_draft_and_loads_nothing(compare: Compare, model: ModelServer, tmp_path: Path) -> None:
    """Whatever an article or a model brings along stays data: no element of its own, no address that is followed."""
    model.answers(play.draft(ATTACK, f"%SCRIPT% {ATTACK}"))

    compare("--yes", "--html", "page.html")

    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = html.document_fromstring(text)
    data, script = page.iterfind(".//script")
    shown = json.loads(data.text)
    assert shown["names"] == ["low", "high"]
    assert [article["name"] for article in shown["articles"]] == ["a", "b", "c"]
    assert shown["articles"][0]["drafts"][0][1] == {"title": "Summary", "items": [f"%SCRIPT% {ATTACK}"]}
    assert not page.xpath("//@src | //@href | //@style | //@action | //*[starts-with(name(@*), 'on')]")
    assert not re.search(r"https?:|innerHTML|insertAdjacentHTML|document\.write|eval\(", script.text)
    assert not re.search(r"@import|url\(", page.find(".//style").text)


def test_the_policy_of_the_page_allows_its_own_script_and_style_only() -> None:
    """By their hashes, so that not even a script that got in would run."""
    page = html.document_fromstring(blind_page([], ("one", "other")))

    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    _, script = page.iterfind(".//script")
    for kind, text in (("script", script.text), ("style", page.find(".//style").text)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")


def test_which_draft_stands_left_is_drawn_by_article_and_stays() -> None:
    """Both ways about as often; made again, the page is the same."""
    pairs = [Pair(f"article {number}", an_article(), Texts(), Texts()) for number in range(200)]

    page = blind_page(pairs, ("one", "other"))

    lefts = [
        article["left"] for article in json.loads(html.document_fromstring(page).find(".//script").text)["articles"]
    ]
    assert 70 < sum(lefts) < 130
    assert page == blind_page(pairs, ("one", "other"))


# ----------------------------------------------------------------------------------------------------------------------
# Overlap
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reference", "one", "longest"),
    [
        ("The ferry is back.", "the ferry is back", 1, 1),
        ("police killed the gunman", "the gunman killed police", 1, 0.5),
        ("police killed the gunman", "police kill the gunman", 0.75, 0.75),
        ("a a a b", "a b", 2 / 3, 2 / 3),
        ("渡し船が再開", "渡し船は再開", 5 / 6, 5 / 6),
        ("", "a b", 0, 0),
        ("", "", 0, 0),
    ],
)
def test_overlap_is_the_f1_of_common_words(text: str, reference: str, one: float, longest: float) -> None:
    """In any order, and in the same order (Lin, 2004, has the second and third example)."""
    assert rouge_1(text, reference) == pytest.approx(one)
    assert rouge_l(text, reference) == pytest.approx(longest)
