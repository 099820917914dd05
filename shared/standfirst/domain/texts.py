"""The texts that a summary consists of, each declared once.

The prompt and the schema of the model's answer, the record and its history, what an editor may change, the checks, the
limits of the house style, the cards and the API's document all follow from ``TEXTS``. CONTRIBUTING.md shows how to add
one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from standfirst.domain.style import ListLimits, Range, TextLimits

MAX_ITEMS = 20
"""Most items of a list."""

LONGEST_TEXT, LONGEST_ITEM = 10_000, 1_000
"""Characters of a text, and of an item of a list, that a record keeps of a draft.

An editor writes half as many at most, and the checks compare no more; a record of such texts in any script stays far
under DynamoDB's 400 KB.
"""


@dataclass(frozen=True, slots=True)
class TextKind:
    """One text of a summary.

    ``name`` is the member of the JSON, the attribute of the table and the key of the house style; ``title`` is what
    people and the model call it. ``limits`` are those of the bundled house style; ``ListLimits`` make it a list.
    ``brief`` is the model's instruction, ``description`` and ``example`` are for the API's document. An editor
    writes at most ``max_characters`` (of each item of a list), and nothing where ``is_editable`` is false. A draft
    without a text that is not required passes the checks: the extractive writer may have none. A text that is not
    prose, such as a title, need not be whole sentences.
    """

    name: str
    title: str
    limits: TextLimits | ListLimits
    brief: str
    description: str
    example: str
    max_characters: int
    is_required: bool = True
    is_editable: bool = True
    is_prose: bool = True

    @property
    def is_list(self) -> bool:
        """Returns whether it is a list of short texts."""
        return isinstance(self.limits, ListLimits)

    @property
    def empty(self) -> "str | tuple[str, ...]":
        """Returns the text of a writer that had no source for it."""
        return () if self.is_list else ""


# The limits are measured on real standfirsts and on summaries people wrote (10th to 90th percentile, rounded).
TEXTS: tuple[TextKind, ...] = (
    TextKind(
        name="standfirst",
        title="Standfirst",
        limits=TextLimits(Range(1, 2), Range(12, 40), max_characters=240, max_headline_overlap=0.6),
        brief=(
            "the text that stands under the headline and links it to the story. It says what happened, to whom, where, "
            "when, and why it matters. A reader who stops after it knows the news. It goes on from the headline and "
            "does not say it again in other words: give what the headline leaves out."
        ),
        description="The standfirst",
        example="The ferry is back in June.",
        max_characters=1_000,
    ),
    TextKind(
        name="summary",
        title="Summary",
        limits=TextLimits(Range(2, 4), Range(35, 80), repeats_standfirst="never"),
        brief=(
            "the story in a few sentences, for a reader who will not open the article. The news first, then what it "
            "rests on, then what comes next. Who, what, when, where and why are answered as far as the article answers "
            'them. Each sentence can be read alone: no "he", "it" or "the decision" without the name or the thing in '
            "the same sentence or the one before."
        ),
        description="The summary",
        example="The ferry across the Sele will return in June.",
        max_characters=5_000,
    ),
    TextKind(
        name="key_points",
        title="Key points",
        limits=ListLimits(count=0, max_words=15),
        brief=("one fact each, in the order of their weight. When the assignment asks for none, give an empty list."),
        description="The key points",
        example="The repairs cost 410,000 crowns.",
        max_characters=500,
        is_required=False,
        is_prose=False,
    ),
)


class Texts(Mapping[str, str | tuple[str, ...]]):
    """The texts of one draft or record, by name, in the order of ``TEXTS``; a text that is not given is empty.

    Immutable. Raises ``ValueError`` for a name that is not declared.
    """

    __slots__ = ("_texts",)

    def __init__(self, **texts: Any) -> None:  # noqa: ANN401 - a text, a sequence of texts, or None
        """Takes each text under its name."""
        if unknown := texts.keys() - {kind.name for kind in TEXTS}:
            raise ValueError(f"There is no text called {', '.join(sorted(unknown))}.")
        given = {kind.name: texts.get(kind.name) or kind.empty for kind in TEXTS}
        self._texts = {name: text if isinstance(text, str) else tuple(text) for name, text in given.items()}

    def __getitem__(self, name: str) -> str | tuple[str, ...]:
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        return f"Texts({', '.join(f'{name}={text!r}' for name, text in self._texts.items())})"

    def as_one(self, name: str) -> str:
        """Returns the text ``name``; the items of a list are lines of one text."""
        text = self._texts[name]
        return text if isinstance(text, str) else "\n".join(text)

    def items_of(self, name: str) -> tuple[str, ...]:
        """Returns the items of a list, and any other text as the only one."""
        text = self._texts[name]
        return (text,) if isinstance(text, str) else text

    def replaced(self, **texts: Any) -> "Texts":  # noqa: ANN401 - as above
        """Returns these texts with ``texts`` in their place."""
        return Texts(**{**self._texts, **texts})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Reads and writes JSON as an object of the texts by name."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls(**value),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )
