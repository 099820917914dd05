"""House styles: the bundled default, and a newsroom's own file on top of it.

A file says only what differs from the style it is based on::

    default: daily                    # for articles that nothing else decides for; "default" when left out
    prefixes:                         # by the beginning of the article id; the longest one that fits counts
      sport/: sport
      sport/live/: ticker
    styles:
      daily:
        version: "4"                  # raise it, and articles are written anew
        summary:
          words: {least: 40, most: 60}
      sport:
        version: "1"
        based_on: daily               # "default" when left out
        key_points: {count: 3}
        guidance: Name the competition and the score.
        avoid: [slammed, {word: massive, use: large}]
        glossary:
          - {term: Kyiv, not: [Kiev]}
          - {term: Dana Holt, title: President, not: [Mrs Holt]}
        kinds: {opinion: write, live: skip}
        publish_without_review: false
        second_reader: {when: doubtful, kinds: [courts, {kind: strikes, words: [strike, walkout]}]}

A file of one style only may leave the frame out: it begins with ``name:`` and goes on as a style does, and is the
deployment's default. A range may also be written as two numbers, ``[40, 60]``.

``docs/house-style.md`` shows every key. The style ``default`` can be redefined, its base is then the bundled one.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator
from pydantic_core import ErrorDetails

from standfirst.domain.article import ArticleKind
from standfirst.domain.draft import CheckName
from standfirst.domain.errors import InvalidDocument, SettingsError
from standfirst.domain.second_reading import Policy
from standfirst.domain.style import GlossaryTerm, HouseStyle, KindAction, ListLimits, Range, StoryKind, TextLimits
from standfirst.domain.texts import MAX_ITEMS, TEXTS
from standfirst.text.house_words import alike
from standfirst.text.settings_yaml import parsed

BUNDLED = "default"
"""Name of the style that comes with the package."""

MOST_WORDS = 500
"""Terms of a glossary, and words to avoid, of one style."""

MOST_WRONG_FORMS = 10
"""Wrong forms of one term."""

LONGEST_WORD = 80
"""Characters of a term, a form, a title, a word to avoid or a suggestion."""

MOST_KINDS, MOST_KIND_WORDS = 20, 100
"""Kinds of stories of one style, and words of one kind."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "courts": (
        *("accused", "acquitted", "arrested", "charged", "charges", "convicted", "court", "defendant", "guilty"),
        *("indicted", "judge", "jury", "lawsuit", "pleaded", "prosecutor", "prosecutors", "sentenced", "sued"),
        *("suspect", "trial", "verdict"),
    ),
    "deaths": (
        *("body", "bodies", "casualties", "dead", "death", "deaths", "died", "dies", "drowned", "fatal", "fatally"),
        *("funeral", "homicide", "killed", "killing", "kills", "murder", "murdered", "suicide", "victim", "victims"),
    ),
    "elections": (
        *("ballot", "ballots", "campaign", "candidate", "candidates", "constituency", "election", "elections"),
        *("electoral", "poll", "polls", "referendum", "runoff", "seats", "turnout", "vote", "voters", "votes"),
    ),
}
"""English words of the kinds that a house may name without words of its own, picked by hand."""

_KIND_ACTIONS: Mapping[ArticleKind, KindAction] = {
    **dict.fromkeys((ArticleKind.NEWS, ArticleKind.COURT), "write"),
    **dict.fromkeys(
        (
            *(ArticleKind.ANALYSIS, ArticleKind.OPINION, ArticleKind.REVIEW, ArticleKind.LIVE, ArticleKind.INTERVIEW),
            *(ArticleKind.LIST, ArticleKind.RECIPE, ArticleKind.OBITUARY, ArticleKind.RELEASE, ArticleKind.BRIEF),
        ),
        "review",
    ),
    **dict.fromkeys(
        (
            *(ArticleKind.RESULTS, ArticleKind.HOROSCOPE, ArticleKind.BETTING, ArticleKind.CORRECTION),
            ArticleKind.ADVERTISEMENT,
        ),
        "skip",
    ),
}
"""What the bundled style does with each kind of article."""

_MOST_SHOWN = 60  # characters of a wrong value in a message
_JOINERS = str.maketrans("", "", "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")  # part of Persian and Indian names

_Layer = dict[str, Any]
_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=64)]
_Version = Annotated[str, Field(min_length=1, max_length=32)]
_Count = Annotated[int, Field(ge=1, le=1000)]


def _written_plainly(word: str) -> str:
    """Returns ``word`` composed (NFC); raises ``ValueError`` unless it is words in one line that can be seen."""
    word = unicodedata.normalize("NFC", word)
    if not word.translate(_JOINERS).isprintable() or word != word.strip() or not any(map(str.isalnum, word)):
        raise ValueError("should be words in one line, without blanks around them or invisible characters")
    return word


_Word = Annotated[str, Field(max_length=LONGEST_WORD), AfterValidator(_written_plainly)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_S = TypeVar("_S", bound=_Shape)


class _RangeShape(_Shape):
    least: _Count
    most: _Count

    @model_validator(mode="before")
    @classmethod
    def _from_two_numbers(cls, written: object) -> object:
        match written:
            case [least, most]:
                return {"least": least, "most": most}
        return written

    @model_validator(mode="after")
    def _least_first(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"least ({self.least}) is more than most ({self.most})")
        return self

    def range(self) -> Range:
        return Range(self.least, self.most)


class _TextShape(_Shape):
    sentences: _RangeShape
    words: _RangeShape
    max_characters: Annotated[int, Field(ge=20)] | None = None
    max_headline_overlap: Annotated[float, Field(ge=0, le=1, strict=False)] | None = None
    repeats_standfirst: Literal["allowed", "never"] = "allowed"

    def limits(self) -> TextLimits:
        return TextLimits(
            self.sentences.range(),
            self.words.range(),
            self.max_characters,
            self.max_headline_overlap,
            self.repeats_standfirst,
        )


class _ListShape(_Shape):
    count: Annotated[int, Field(ge=0, le=MAX_ITEMS)]
    max_words: _Count

    def limits(self) -> ListLimits:
        return ListLimits(self.count, self.max_words)


class _AvoidShape(_Shape):
    word: _Word
    use: _Word | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, written: object) -> object:
        return _under("word", written)


class _TermShape(_Shape):
    term: _Word
    wrong_forms: Annotated[list[_Word], Field(max_length=MOST_WRONG_FORMS, alias="not")] = []
    title: _Word | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_term(cls, written: object) -> object:
        return _under("term", written)

    def value(self) -> GlossaryTerm:
        return GlossaryTerm(self.term, tuple(self.wrong_forms), self.title)


def _under(key: str, written: object) -> object:
    """Returns a bare word as the mapping it stands for; raises ``ValueError`` for what is neither."""
    match written:
        case str():
            return {key: written}
        case dict():
            return written
    raise ValueError(f"should be words, or a mapping with the key {key}")


def _each_form_once(terms: list[_TermShape]) -> list[_TermShape]:
    seen: set[str] = set()
    for term in (each.value() for each in terms):
        for form in (*term.right_forms, *term.wrong_forms):
            if alike(form) in seen:
                raise ValueError(f"{form!r} is listed twice")
            seen.add(alike(form))
    return terms


_LIMITS: dict[str, Any] = {kind.name: (_ListShape if kind.is_list else _TextShape, ...) for kind in TEXTS}

if TYPE_CHECKING:
    _LimitsShape = _Shape
else:
    _LimitsShape = create_model("_LimitsShape", __base__=_Shape, **_LIMITS)


if TYPE_CHECKING:
    _KindsShape = _Shape
else:
    _KindsShape = create_model(
        "_KindsShape", __base__=_Shape, **{kind.value: (KindAction, "write") for kind in ArticleKind}
    )


class _KindShape(_Shape):
    kind: _Name
    words: Annotated[list[_Word], Field(max_length=MOST_KIND_WORDS)] = []

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, written: object) -> object:
        return _under("kind", written)

    @model_validator(mode="after")
    def _words_known(self) -> Self:
        if not self.words and self.kind not in KINDS:
            raise ValueError(f"needs words: only {', '.join(KINDS)} are known without")
        return self

    def value(self) -> StoryKind:
        return StoryKind(self.kind, tuple(self.words) or KINDS[self.kind])


class _SecondReaderShape(_Shape):
    when: Policy | None = None
    kinds: Annotated[list[_KindShape], Field(max_length=MOST_KINDS)] = []

    @model_validator(mode="before")
    @classmethod
    def _from_policy(cls, written: object) -> object:
        # YAML reads a bare ``off`` as false.
        written = {False: "off"}.get(written, written) if isinstance(written, bool) else written
        if isinstance(written, dict) and written.get("when") is False:
            written = {**written, "when": "off"}
        return _under("when", written)


class _StyleShape(_LimitsShape):
    version: _Version
    guidance: Annotated[str, Field(max_length=4000)] = ""
    avoid: Annotated[list[_AvoidShape], Field(max_length=MOST_WORDS)] = []  # noqa: RUF012 - pydantic copies it
    glossary: Annotated[list[_TermShape], Field(max_length=MOST_WORDS), AfterValidator(_each_form_once)] = []  # noqa: RUF012
    review_on: list[CheckName] = []  # noqa: RUF012 - pydantic copies it
    second_reader: _SecondReaderShape = _SecondReaderShape()
    kinds: _KindsShape = _KindsShape()
    publish_without_review: bool = True

    def style(self, name: str) -> HouseStyle:
        return HouseStyle(
            name=name,
            version=self.version,
            limits={kind.name: getattr(self, kind.name).limits() for kind in TEXTS},
            guidance=self.guidance.strip(),
            avoid=tuple(each.word for each in self.avoid),
            suggestions={each.word: each.use for each in self.avoid if each.use},
            glossary=tuple(each.value() for each in self.glossary),
            review_on=tuple(self.review_on),
            second_reader=self.second_reader.when,
            second_reader_kinds=tuple(each.value() for each in self.second_reader.kinds),
            kinds=self.kinds.model_dump(),
            publish_without_review=self.publish_without_review,
        )


class _BookShape(_Shape):
    """The file as a whole; a style stays a bare mapping until it lies on top of its base."""

    default: _Name = BUNDLED
    prefixes: dict[str, _Name] = {}
    styles: dict[_Name, _Layer] = {}


@dataclass(frozen=True, slots=True)
class StyleBook:
    """The styles of one deployment, and which article gets which."""

    styles: Mapping[str, HouseStyle]
    default: str = BUNDLED
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> HouseStyle:
        """The style called ``name``. Raises ``SettingsError`` with the known names for any other."""
        if name not in self.styles:
            raise SettingsError(f"There is no house style {name!r}; there is {self._known}.")
        return self.styles[name]

    def for_article(self, article_id: str, wanted: str | None = None) -> HouseStyle:
        """The style the uploader asked for, else that of the longest prefix of ``article_id``, else the default.

        Raises ``InvalidDocument`` when there is no style ``wanted``: a summary in another style than the one that was
        asked for would pass unnoticed.
        """
        if wanted and wanted not in self.styles:
            raise InvalidDocument(f"The article asks for the house style {wanted!r}; there is {self._known}.")
        return self.styles[wanted or self._by_prefix(article_id)]

    def _by_prefix(self, article_id: str) -> str:
        fitting = [prefix for prefix in self.prefixes if article_id.startswith(prefix)]
        return self.prefixes[max(fitting, key=len)] if fitting else self.default

    @property
    def _known(self) -> str:
        return ", ".join(sorted(self.styles))


def load_styles(yaml_text: str | None) -> StyleBook:
    """The styles of a newsroom's file, beside the bundled one; only the bundled one for ``None`` or an empty file.

    Raises ``SettingsError`` naming the key for anything that is not as the module's docstring and
    ``docs/house-style.md`` show it.
    """
    book = _checked(_BookShape, _framed(parsed(yaml_text or "", "House styles")))
    known = sorted({BUNDLED, *book.styles})
    _require_known("default", book.default, known)
    for prefix, name in book.prefixes.items():
        _require_known(f"prefixes.{prefix}", name, known)
    shapes = {name: _checked(_StyleShape, _layered(name, book.styles, ()), "styles", name) for name in known}
    return StyleBook({name: shape.style(name) for name, shape in shapes.items()}, book.default, book.prefixes)


def _framed(written: object) -> object:
    """A file of one named style as the file of styles it stands for."""
    if not isinstance(written, dict) or not isinstance(name := written.get("name"), str):
        return written
    return {"default": name, "styles": {name: {key: value for key, value in written.items() if key != "name"}}}


def _layered(name: str, written: Mapping[str, _Layer], above: tuple[str, ...]) -> _Layer:
    """What is written of style ``name`` laid over its bases; ``above`` are the styles this is wanted for."""
    own = dict(written.get(name, {}))
    if name == BUNDLED:
        return _merged(_bundled(), own)
    base = own.pop("based_on", BUNDLED)
    _require_known(f"styles.{name}.based_on", base, sorted({BUNDLED, *written}))
    if base in (*above, name):
        raise SettingsError(f"House styles: styles.{name}.based_on: {base!r} is itself based on {name!r}.")
    return _merged(_layered(base, written, (*above, name)), own)


def _merged(base: _Layer, own: _Layer) -> _Layer:
    """``own`` laid over ``base``: mappings key by key, everything else as a whole."""
    merged = {**base, **own}
    for key in base.keys() & own.keys():
        if isinstance(base[key], dict) and isinstance(own[key], dict):
            merged[key] = _merged(base[key], own[key])
    return merged


@cache
def _bundled() -> _Layer:
    """Returns the style that comes with the package: the limits that the texts are declared with."""
    limits = {kind.name: asdict(kind.limits) for kind in TEXTS}
    for each in limits.values():
        ranges = {name: value for name, value in each.items() if isinstance(value, Range)}
        each.update({name: {"least": value.least, "most": value.most} for name, value in ranges.items()})
    lists: _Layer = {"avoid": [], "glossary": [], "review_on": []}
    kinds = {kind.value: action for kind, action in _KIND_ACTIONS.items()}
    review: _Layer = {"kinds": kinds, "publish_without_review": True}
    return {"version": "1", **limits, "guidance": "", **lists, "second_reader": {}, **review}


def _checked(shape: type[_S], value: object, *path: str) -> _S:
    try:
        return shape.model_validate(value)
    except ValidationError as exc:
        problems = "; ".join(_explained(shape, problem, path) for problem in exc.errors())
        raise SettingsError(f"House styles: {problems}") from exc


def _explained(shape: type[BaseModel], problem: ErrorDetails, path: tuple[str, ...]) -> str:
    key = ".".join(str(part) for part in (*path, *problem["loc"])) or "the file"
    if problem["type"] == "extra_forbidden":
        return f"{key} is not a key; allowed here: {', '.join(_keys_at(shape, problem['loc'][:-1]))}"
    return f"{key}: {problem['msg'].removeprefix('Value error, ')}, got {_shown(problem['input'])}"


def _keys_at(shape: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    """The keys of the shape at ``place`` below ``shape``; the number of an item in a list leads to no other shape."""
    for key in (each for each in place if isinstance(each, str)):
        written = shape.model_fields[key].annotation
        for inner in (written, *get_args(written)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                shape = inner
    based_on = ["based_on"] if shape is _StyleShape else []
    return sorted([*(each.alias or name for name, each in shape.model_fields.items()), *based_on])


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _require_known(key: str, name: object, known: Sequence[str]) -> None:
    if name not in known:
        raise SettingsError(f"House styles: {key}: there is no style {_shown(name)}; there is {', '.join(known)}.")
