"""``--jsonl``: lines in, lines out, with a model and without."""

import json
from dataclasses import dataclass

import pytest

import model_server as play
from builders import STORY
from commands import GOOD, STANDFIRST, SUMMARY, Run
from model_server import ModelServer


def test_lines_are_written_by_the_model_too(run: Run, model: ModelServer) -> None:
    """In order, whoever wrote each; a line that cannot be read asks nobody."""
    lines = [
        {"id": "a", "text": STORY, "headline": "Ferry to return"},
        {"id": "b", "text": "Too short."},
        {"id": "c", "text": STORY},
        {"id": "d", "text": STORY},
    ]
    model.answers(GOOD, play.refusal(), GOOD)

    done = run("summarize", "--jsonl", stdin="\n".join(map(json.dumps, lines)))

    a, b, c, d = done.lines
    assert done.status == 1
    assert [line["id"] for line in (a, b, c, d)] == ["a", "b", "c", "d"]
    assert a["standfirst"] == d["standfirst"] == STANDFIRST
    assert (c["made_by"]["degraded"], c["status"]) == ("refused", "needs_review")
    assert "error" in b
    assert len(model.requests) == 3
    assert "standfirst: c: " in done.stderr


def test_check_says_of_each_line_what_its_article_does_not_support(run: Run, model: ModelServer) -> None:
    """In order, without a model; the findings say where they are."""
    lines = [
        {"id": 1, "article": STORY, "text": SUMMARY.format("240,000")},
        {"id": "two", "article": STORY, "text": SUMMARY.format("290,000"), "headline": "Ferry to return"},
        {"id": 3, "article": STORY, "text": STORY, "more": True},
    ]

    done = run("check", "--jsonl", stdin="\n\n".join(map(json.dumps, lines)))

    one, two, three = done.lines
    assert (done.status, done.stderr, model.requests) == (0, "", [])
    assert (one, three) == ({"id": 1, "ok": True, "findings": []}, {"id": 3, "ok": True, "findings": []})
    assert (two["id"], two["ok"]) == ("two", False)
    [found] = two["findings"]
    assert (found["check"], found["severity"], found["text"]) == ("money", "error", "290,000 crowns")
    begin, end = found["span"]
    assert SUMMARY.format("290,000")[begin:end] == found["text"]


@dataclass(frozen=True)
class Foreign:
    """An article and a text in another language; the text is true of ``true`` and false of ``false``."""

    language: str
    article: str
    text: str
    true: str
    false: str


FOREIGN = {
    "German": Foreign(
        "de",
        "Der Stadtrat von Bruckenau hat am Dienstag beschlossen, die Fähre wieder fahren zu lassen. "
        "Die Reparatur kostet 240.000 Euro, sagte Bürgermeisterin Ilse Marant.",
        "Die Reparatur der Fähre kostet {} Euro, sagte Bürgermeisterin Ilse Marant.",
        "240.000",
        "290.000",
    ),
    "Spanish": Foreign(
        "es",
        "Un incendio en el puerto viejo de Almeriza obligó a desalojar a 340 personas el martes. "
        "La alcaldesa, Inés Corvalán, dijo que cuatro edificios volverán a abrir.",
        "La alcaldesa Inés Corvalán dijo que {} personas fueron desalojadas.",
        "340",
        "430",
    ),
    "French": Foreign(
        "fr",
        "Le conseil municipal de Brévigny a voté mardi la reprise du bac. "
        "Les travaux coûteront 240 000 euros, a déclaré la maire, Inès Carvallon.",
        "Les travaux du bac coûteront {} euros, a déclaré la maire, Inès Carvallon.",
        "240 000",
        "290 000",
    ),
}


@pytest.mark.parametrize("case", FOREIGN.values(), ids=FOREIGN)
def test_check_knows_numbers_in_other_languages(run: Run, case: Foreign) -> None:
    """Whether the line says which it is or not."""
    true, false = case.text.format(case.true), case.text.format(case.false)
    lines = [
        {"id": "true", "article": case.article, "text": true, "language": case.language},
        {"id": "false", "article": case.article, "text": false, "language": case.language},
        {"id": "false, unsaid", "article": case.article, "text": false},
    ]

    good, *bad = run("check", "--jsonl", stdin="\n".join(map(json.dumps, lines))).lines

    assert good == {"id": "true", "ok": True, "findings": []}
    assert [line["ok"] for line in bad] == [False, False]
    assert all(case.false in found["text"] for line in bad for found in line["findings"])


def test_check_says_what_is_wrong_with_a_line_and_does_the_others(run: Run) -> None:
    """Exit status 1, each under its id where it has one, and on standard error for a person."""
    stdin = "\n".join(
        [
            json.dumps({"id": "a", "article": STORY, "text": STORY}),
            "no json",
            json.dumps({"id": "c", "article": STORY}),
            json.dumps({"id": "d", "text": STORY}),
            json.dumps({"id": {"e": 1}, "article": STORY, "text": STORY}),
            json.dumps(["f"]),
            '{"id": "g", "article": "\udcff", "text": "x"}',
            json.dumps({"id": "h", "article": "", "text": ""}),
            json.dumps({"id": "i", "article": STORY, "text": STORY}),
        ]
    )

    done = run("check", "--jsonl", stdin=stdin)

    assert done.status == 1
    assert [line["id"] for line in done.lines] == ["a", None, "c", "d", None, None, "g", "h", "i"]
    assert ["error" in line for line in done.lines] == [False, *[True] * 6, False, False]
    assert "text: Field required" in done.lines[2]["error"]
    assert "article: Field required" in done.lines[3]["error"]
    assert "Line 2" in done.lines[1]["error"]
    assert "standfirst: c: " in done.stderr
    assert "standfirst: Line 2: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "file.txt"], ["check", "--jsonl", "file.txt"]], ids=" ".join
)
def test_check_without_jsonl_is_wrong_usage(run: Run, arguments: list[str]) -> None:
    """Exit status 2."""
    done = run(*arguments)

    assert done.status == 2
    assert "usage: standfirst" in done.stderr
