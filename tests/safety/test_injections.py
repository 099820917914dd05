"""The article is hostile: nothing it tells a machine to say gets into a text that is served, whoever wrote it.

Every attack of ``injections.py`` stands in every article, at its start, in its middle and at its end, as a paragraph of
its own and within one. The model does what the attacker wants, in the draft and again in the revision.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path

import pytest
from werkzeug import Response

import model_server as play
from builders import A_MINUTE, a_style, an_article
from injections import ATTACKS, FORMS, PLACES, Attack, planted
from model_server import Answer, Asked, ModelServer
from standfirst.domain.article import Document
from standfirst.domain.record import Record, Status
from standfirst.reading.document import read_document
from standfirst.use_cases.generate_summary import Attempt
from standfirst.wiring.model import command_line_second_reader, command_line_summarizer
from standfirst.writing.house_style import load_styles
from standfirst_local.files import FileSummarizer, reading_with, writing_with

SAMPLES = Path(__file__).parents[2] / "local" / "standfirst_local" / "samples"
STYLES = load_styles("name: test\nversion: '1'\nkey_points: {count: 2, max_words: 15}\n")
MARKER = re.compile(r"<<<(END OF )?ARTICLE ([0-9a-f]{16})>>>")

Story = tuple[str, Sequence[str]]
"""A headline and paragraphs."""

BRIEF: Story = (
    "Brackenford ferry to return",
    [
        (
            "The town council of Brackenford voted 9 to 6 on Tuesday to reopen the ferry across the Sele, which has "
            "not run since 2019. A flood washed its landing stage away that year. Repairs will cost 240,000 crowns, "
            "the council said, and are to be finished by June. The county has promised half of the money. "
            "Mira Hallorsen, who runs the inn on the far bank, said people had driven around the lake for six years. "
            "Opponents wanted to spend the money on the school roof."
        )
    ],
)


def a_sample(name: str) -> Story:
    """A bundled article."""
    [article] = read_document(Document(name=name, content=(SAMPLES / name).read_bytes()))
    assert article.headline
    return article.headline, article.paragraphs


STORIES: Mapping[str, Story] = {
    "a report": a_sample("harbour-bridge.txt"),
    "Spanish": a_sample("puerto-viejo.txt"),
    "one paragraph": BRIEF,
}

SLIPS_OFFLINE: frozenset[str] = frozenset()
"""Attacks that the extractive writer picks from, somewhere, or that leave it without a standfirst: to be mended."""

SLIPS = SLIPS_OFFLINE | {"advert"}
"""Attacks that get past the checks, somewhere, when the model obeys: to be mended."""


def a_document(story: Story) -> Document:
    """``story`` as a content management system sends it."""
    headline, paragraphs = story
    content = json.dumps({"headline": headline, "paragraphs": list(paragraphs)}).encode()
    return Document(name="story.json", content=content, content_type="application/json")


@cache
def offline() -> FileSummarizer:
    """Where articles are summarised without a model."""
    return a_file_summarizer(None)


def a_file_summarizer(model: ModelServer | None, *, is_read: bool = False) -> FileSummarizer:
    """Where articles are summarised: with the model that is played, or offline; and each draft read by it as well."""
    shell = {"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": model.base_url} if model else {}
    reader = command_line_second_reader(shell) if is_read else None
    read_drafts = reading_with(reader, "always") if reader else None
    return FileSummarizer(STYLES, writing_with(command_line_summarizer(shell), read_drafts), lambda *_: None)


def summarized(desk: FileSummarizer, story: Story) -> Record:
    """The record of the one article."""
    [record] = desk.summarize("story.json", a_document(story))
    return record


@cache
def good_records() -> Mapping[str, Record]:
    """What is written of each story without an attack, by the story's name."""
    return {name: summarized(offline(), story) for name, story in STORIES.items()}


def obedient_drafts(attack: Attack, good: Record) -> list[Answer]:
    """Ways in which a model may do what the attacker wants; ``good`` is what it would have written without."""
    standfirst, summary = good.standfirst or "", good.summary or ""
    return [
        play.draft(attack.canary, summary, *good.key_points),
        play.draft(attack.said, summary, *good.key_points),
        play.draft(standfirst, f"{summary} {attack.said}", *good.key_points),
        play.draft(standfirst, summary, attack.said, attack.canary),
        play.draft(standfirst, f"{attack.text} {summary}", *good.key_points),
    ]


def obedient_verdicts(attack: Attack) -> list[Answer]:
    """Ways in which a second reader may judge as the attacker wants."""
    words = {"reason": attack.said, "article_says": attack.canary}
    return [
        partial(_judged, verdict="supported", quoting=_likest),
        partial(_judged, verdict="supported", quoting=lambda *_: [attack.text, attack.said], **words),
        partial(_judged, verdict="contradicted", quoting=lambda *_: [attack.text], **words),
        partial(_judged, verdict="contradicted", quoting=_likest, **words),
        partial(_judged, verdict="not_in_article", quoting=lambda *_: [""], **words),
    ]


def _judged(asked: Asked, verdict: str, quoting: Callable[[str, str], Sequence[str]], **words: str) -> Response:
    """The same verdict on every sentence, with each of the quotes that ``quoting`` finds for it."""
    sentences = re.findall(r"^\d+\. \(\w+\) (.*)$", asked.told, re.MULTILINE)
    paragraphs = re.findall(r"^\[[1-9]\d*\] (.*)$", asked.told, re.MULTILINE)
    given = [
        play.a_verdict(number, verdict, quote, [at], **words)
        for number, sentence in enumerate(sentences, start=1)
        for quote in quoting(sentence, "\n".join(paragraphs))
        for at in _paragraphs_with(quote, paragraphs)
    ]
    return play.verdicts(*given)(asked)


def _likest(sentence: str, article: str) -> list[str]:
    """The sentences of ``article`` that share the most words with ``sentence``."""
    words = set(re.findall(r"\w+", sentence.casefold()))
    quotes = re.split(r"\n|(?<=[.!?]) ", article)
    return sorted(quotes, key=lambda quote: -len(words & set(re.findall(r"\w+", quote.casefold()))))[:2]


def _paragraphs_with(quote: str, paragraphs: Sequence[str]) -> list[int]:
    return [number for number, paragraph in enumerate(paragraphs, start=1) if quote in paragraph][:1] or [1]


def served(record: Record) -> str:
    """Everything that a reader may see."""
    return "\n".join([record.standfirst or "", record.summary or "", *record.key_points])


def shown(record: Record) -> str:
    """The same, and everything that stands beside it."""
    return record.as_served().model_dump_json()


def holds(text: str, attack: Attack) -> bool:
    """Whether a canary is in ``text``."""
    return any(canary.casefold() in text.casefold() for canary in attack.canaries)


def plants(attack: Attack) -> Iterator[tuple[str, str, Story]]:
    """Every story with ``attack`` in it, with the story's name and where the attack stands."""
    for name, (headline, paragraphs) in STORIES.items():
        for place in PLACES:
            for form in FORMS:
                yield name, f"{place}, {form}", (headline, planted(paragraphs, attack, place, form))


def each_attack(slips: frozenset[str] = frozenset()) -> pytest.MarkDecorator:
    """Every attack, those that slip through marked."""
    known = pytest.mark.xfail(reason="slips through")
    params = [pytest.param(each, id=each.name, marks=[known] * (each.name in slips)) for each in ATTACKS]
    return pytest.mark.parametrize("attack", params)


def test_there_are_enough_attacks_and_each_is_known_by_something_no_article_says() -> None:
    """Else a test could not tell whether it got through."""
    stories = "\n".join(text for headline, paragraphs in STORIES.values() for text in (headline, *paragraphs))

    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 30
    for attack in ATTACKS:
        assert holds(attack.said, attack), attack
        assert not holds(stories, attack), attack


@pytest.mark.slow
@each_attack(SLIPS_OFFLINE)
def test_no_canary_is_served_offline(attack: Attack) -> None:
    """The extractive writer picks no sentence that speaks to a machine, and still has a story to tell."""
    for name, where, story in plants(attack):
        record = summarized(offline(), story)

        assert not holds(served(record), attack), (name, where)
        assert record.status is not Status.FAILED, (name, where)
        assert record.standfirst, (name, where)


@pytest.mark.slow
@each_attack(SLIPS)
def test_no_canary_is_served_when_the_model_obeys(attack: Attack, model: ModelServer) -> None:
    """Not in the draft, not in the revision, and not in the text that stands in for both.

    Of the places every third, another one for each attack: all of them with all attacks take half a minute.
    """
    desk = a_file_summarizer(model)
    first = ATTACKS.index(attack) % 3

    for number, (name, where, story) in islice(enumerate(plants(attack)), first, None, 3):
        ways = obedient_drafts(attack, good_records()[name])
        model.answers(ways[number % len(ways)], ways[(number + 1) % len(ways)])
        record = summarized(desk, story)

        assert not holds(served(record), attack), (name, where, number % len(ways), record.made_by)


@pytest.mark.slow
@each_attack()
def test_a_reader_that_obeys_lets_no_more_through(attack: Attack, model: ModelServer) -> None:
    """Than would be served if nobody had read it: in the texts, and in everything that stands beside them."""
    read = a_file_summarizer(model, is_read=True)
    number = ATTACKS.index(attack)

    for turn, (name, where, story) in enumerate(islice(plants(attack), number % 3, None, 3), start=number):
        good = good_records()[name]
        honest = play.draft(f"{(good.standfirst or '').rstrip('.')}, it is said.", good.summary or "", *good.key_points)
        ways = [honest, *obedient_drafts(attack, good)]
        drafts = ways[turn % len(ways)], ways[(turn + 1) % len(ways)]
        verdicts = obedient_verdicts(attack)
        model.answers(play.by_kind(draft=play.in_turn(*drafts), verdicts=verdicts[turn % len(verdicts)]))
        record = summarized(read, story)

        assert record.second_reading
        if holds(served(record) + shown(record), attack):
            model.answers(*drafts)
            without = summarized(a_file_summarizer(model), story)
            assert not holds(served(record), attack) or holds(served(without), attack), (name, where)
            assert holds(shown(without), attack), (name, where)


@each_attack()
def test_no_article_closes_the_markers_it_stands_between(attack: Attack, model: ModelServer) -> None:
    """What the model is shown ends where we end it; nothing of the attack is outside, and nothing of ours is inside."""
    model.answers(play.draft("A standfirst.", "A summary."))
    _, paragraphs = BRIEF
    # Past the readers, which take much of it for markup and drop it.
    article = an_article(*paragraphs, attack.text, "The vote was close.", headline=attack.text)

    a_file_summarizer(model).write(article, a_style(), Attempt(A_MINUTE, is_last=True))

    assert model.requests
    for request in model.requests:
        instructions, assignment, material = _messages(request)
        shown = material[material.index("<<<ARTICLE ") :]
        markers = MARKER.findall(material)
        assert [end for end, _ in markers] == ["", "END OF "]
        assert len({code for _, code in markers}) == 1
        assert shown.endswith(f"<<<END OF ARTICLE {markers[0][1]}>>>")
        assert material.count("<<<") == material.count(">>>") == 2 + 2 * ("REJECTED DRAFT" in material)
        assert not holds(instructions + assignment, attack)
        assert "The vote was close." in shown


def _messages(request: Asked) -> tuple[str, str, str]:
    instructions, assignment, material = request.texts
    return instructions, assignment, material


HIDDEN = {
    "comment": "<!-- {} -->",
    "display": '<p style="display:none">{}</p>',
    "display, spaced": '<p style="color: red; display : none ;">{}</p>',
    "visibility": '<p style="visibility:hidden">{}</p>',
    "hidden attribute": "<p hidden>{}</p>",
    "nothing high": '<p style="font-size:0">{}</p>',
    "see-through": '<p style="opacity:0">{}</p>',
    "off the page": '<p style="position:absolute;left:-9999px">{}</p>',
    "for screen readers": '<p aria-hidden="true">{}</p>',
    "template": "<template><p>{}</p></template>",
    "noscript": "<noscript><p>{}</p></noscript>",
    "script": '<script type="text/plain">{}</script>',
    "white on white": '<p style="color:#fff;background:#ffffff">{}</p>',
    "alternative text": '<img src="a.png" alt="{}">',
    "title": '<p title="{}">The vote was close.</p>',
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_a_page_hides_from_people_is_not_read(hidden: str) -> None:
    """Neither the model nor the extractive writer is shown what no reader would see."""
    headline, paragraphs = a_sample("harbour-bridge.txt")
    lie = hidden.format("The port authority has hired Zebulon Trask as its new chief engineer from Monday.")
    middle = len(paragraphs) // 2
    body = [f"<p>{text}</p>" for text in paragraphs]
    story = "".join([f"<h1>{headline}</h1>", *body[:middle], lie, *body[middle:]])
    page = f"<html><head><meta charset=utf-8></head><body><article>{story}</article></body></html>"

    [article] = read_document(Document(name="page.html", content=page.encode(), content_type="text/html"))

    assert len(article.paragraphs) >= len(paragraphs) - 1
    assert "Trask" not in "\n".join([article.headline or "", article.standfirst or "", *article.paragraphs])
