"""A long article as the notes on its parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from builders import an_article
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.model.prompt import Prompt
from standfirst.writing.model.map_reduce import MOST_ROUNDS, Readable, within

PARAGRAPHS = tuple(f"Paragraph {number} says that {number} ferries ran on Tuesday." for number in range(10, 50))


@dataclass
class FakeResearcher:
    """Takes one note on each part, of so many characters, and remembers what it was shown."""

    length: int = 20
    rounds: list[Sequence[Prompt]] = field(default_factory=list)

    def __call__(self, prompts: Sequence[Prompt]) -> Sequence[Sequence[str]]:
        """One note for each."""
        self.rounds.append(prompts)
        return [[f"Note {number} ".ljust(self.length, "n")] for number, _ in enumerate(prompts)] if self.length else []


def test_an_article_within_the_budget_is_read_as_it_is() -> None:
    """Nobody is asked for notes."""
    researcher = FakeResearcher()

    assert within(10_000, an_article(*PARAGRAPHS), researcher) == Readable(an_article(*PARAGRAPHS))
    assert not researcher.rounds


def test_every_paragraph_of_a_long_article_is_shown_once() -> None:
    """Its notes stand for it, under its own headline; the coverage is that of what was shown."""
    researcher, article = FakeResearcher(), an_article(*PARAGRAPHS, headline="Ferries")

    readable = within(200, article, researcher)

    (prompts,) = researcher.rounds
    shown = "\n".join(prompt.material for prompt in prompts)
    assert all(shown.count(paragraph) == 1 for paragraph in PARAGRAPHS)
    assert (readable.parts, readable.coverage) == (len(prompts), 100)
    assert readable.article.headline == "Ferries"
    assert readable.article.paragraphs[0].startswith("Note 0")
    assert len(readable.article.paragraphs) == len(prompts)


def test_notes_that_are_too_long_are_condensed_again() -> None:
    """The parts and the coverage remain those of the article."""
    researcher = FakeResearcher(length=40)

    readable = within(50, an_article(*PARAGRAPHS), researcher)

    assert len(researcher.rounds) == 2
    assert (readable.parts, readable.coverage) == (len(researcher.rounds[0]), 100)


def test_a_model_that_does_not_condense_is_given_up() -> None:
    """After a few rounds, each of which is paid for."""
    researcher = FakeResearcher(length=200)

    with pytest.raises(ModelOutputInvalid, match="stay as long"):
        within(50, an_article(*PARAGRAPHS), researcher)

    assert len(researcher.rounds) == MOST_ROUNDS


def test_an_article_without_notes_is_not_written_about() -> None:
    """There would be nothing to write from but memory."""
    with pytest.raises(ModelOutputInvalid, match="no notes"):
        within(50, an_article(*PARAGRAPHS), FakeResearcher(length=0))
