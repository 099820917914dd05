"""What each block of a pasted page is: a sentence of some article, or boilerplate of the page around it.

The shape of a line decides where it can (no sentence mark, only figures, a credit in brackets), the phrases of
``lexicon/`` where boilerplate is written in whole sentences. ``bench/pasted_pages.py`` says what each rule brings.
"""

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.paragraphs import ends_sentence
from standfirst.reading.boilerplate.phrases import phrases, starts_with_phrase, tables


class Kind(Enum):
    """What a block is."""

    PROSE = auto()
    """Whole sentences."""
    TITLE = auto()
    """A short line without a sentence's end: headline, crosshead, button, or the title of another article."""
    BULLET = auto()
    """An item of a list."""
    TIME = auto()
    """When, and nothing else."""
    BYLINE = auto()
    """Who wrote it."""
    BOILERPLATE = auto()
    """A caption, a credit, an appeal, a wire's slug: belongs to the page wherever it stands."""
    RELATED = auto()
    """A heading over other articles."""
    ENDING = auto()
    """After this the page says nothing more of the article."""


class Heading(Enum):
    """How firmly a heading over other articles says that the page is over."""

    LINK = auto()
    """One link in the middle of the text."""
    LIST = auto()
    """A list of articles, in the middle of the text or below it."""
    FOOT = auto()
    """A list that stands below the text."""


_HEADINGS = ("related headings", "foot headings", "link labels")

LONGEST_TITLE = 18
"""Words; a longer line without a full stop is a paragraph whose full stop was forgotten."""

_LONGEST_TITLE_CHARACTERS = 250
_LONGEST_HEADING = 8
_LONGEST_QUESTION = 8
_LONGEST_EXCLAMATION = 4
_LONGEST_APPEAL = 70
_LONGEST_CAPTION = 60
_LONGEST_BYLINE = 16
_LONGEST_ROLE = 2
_LONGEST_CLOCK = 16
_MANY_CLOCK_WORDS = 4
_LONGEST_CREDITED = 45
_LONGEST_CREDIT = 12
_LONGEST_CONTRIBUTED = 400
_LEAST_BULLET = 4
_LEAST_ANNOUNCEMENT = 3

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COUNT = re.compile(r"^[(\[]?\d{1,5}[)\]]?\s+|[(\[]\d{1,5}[)\]]$")
_TOKENS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\)?|\d+")
_QUOTED = re.compile("[\"“”„«‘'—–-]")  # the marks speech begins with
_FIGURE = re.compile(r"\d")
_BULLET = re.compile(r"(?:[•▪◦●■‣∙·*]|-(?=\s))\s*")

_NAME = r"(?:[^\W\d_a-z][\w'’.-]*)"
_NAMES = re.compile(rf"{_NAME}(?:\s+(?:(?:de|del|della|van|von|der|den|da|dos|al|el|bin|la|le|zu)\s+)?{_NAME}){{0,4}}")
_BEHIND_NAME = re.compile(r"\s*[,|(/–—•-]|\s(?:and|und|et|y|e|en|i|ve|och|ja|и|та|in|for)\s")
_SEPARATOR = re.compile(r"\s*[-–—|,•·]\s*\S")
_AGENCIES = (
    r"(?:AP(?: Photo)?|Reuters|REUTERS|AFP|Getty(?: Images)?|EPA|dpa|DPA|PA(?: Wire| Media)?|Anadolu|AA|EFE|ANSA|LUSA|"
    r"Lusa|ANP|PAP|TASS|ТАСС|TT|Lehtikuva|Shutterstock|Alamy|iStock|AFP via Getty Images|Handout|imago|IMAGO|Xinhua|"
    r"Bloomberg|picture alliance|Unsplash|Keystone|РИА Новости|УНІАН|Укрінформ|NurPhoto|Belga|NTB|Ritzau|STT|MTI|ČTK|"
    r"IHA|DHA|İHA)"
)
_CREDIT_WORDS = (
    r"(?:Photograph|Photo|Foto|Fotografía|Fotografia|Picture|Illustration|Image|Credit|Crédito|Bild|Fot\.?|Fotoğraf|Zdjęcie|"
    r"Kuva|Фото)"
)
_CREDIT_END = re.compile(
    rf"(?:\[[^\[\]]{{0,60}}{_AGENCIES}[^\[\]]{{0,40}}\]"
    rf"|\((?:[^()]{{0,60}}/\s*{_AGENCIES}|{_AGENCIES}\s*/[^()]{{1,60}}|AP Photo[^()]{{0,60}})\)"
    rf"|\({_CREDIT_WORDS}\b[^()]{{0,60}}\)"
    rf"|\b{_AGENCIES}\s*/\s*{_NAME}[^.!?]{{0,50}}"
    rf"|[/|©]\s*{_AGENCIES}(?:[\s/][^.!?]{{0,40}})?"
    rf"|\b{_CREDIT_WORDS}\s?[:/©]\s?[^.!?]{{1,60}}"
    rf"|©\s?[^.!?]{{1,60}})[.\s]*$"
)
_CREDIT_MARKS = re.compile(r"[/|©\[(:]")
_CREDIT_LINE = re.compile(rf"(?:©|\(c\)|Source:|via )?\s*{_AGENCIES}(?:[\s/,|]+.{{0,40}})?$")
_CREDIT_ALONE = re.compile(
    rf"\(?(?:{_CREDIT_WORDS}(?:\s(?:by|credit|von|par|de|di))?\s?[:/©]|©|Photograph by\b|Foto:)\s?\S"
)
_SLUG = re.compile(
    r"(?:[A-Z]{2,4}[-–]+\w.*[-–].*|[a-z]\d{3,4}|BC-.*|ZCZC.*|NNNN|"
    r"[A-Z][A-Z0-9/&.-]*(?:\s[A-Z0-9/&.-]+){0,3}\s?\((?:UPDATE|LEAD|LD|TAKE|CORRECTED|PIX|PHOTOS?)\s?\d{0,2}\)|"
    r"\(?\d(?:st|nd|rd|th) (?:Ld|Lead|NewsLead).*)$"
)
_CONTRIBUTORS = re.compile(
    rf"Mitarbeit: |Avec (?:AFP|Reuters)\b|{_NAME}(?:\s{_NAME}){{1,3}} reported from\b|AP correspondent\b"
    r"|.*\bcontributed (?:reporting|to this (?:report|story|article))\b.{0,60}$"
)
_WIRE_END = re.compile(r"(?:# ?# ?#|[-–—(\[*=~/]{1,3}\s?(?:30|ends?|fin|ende)\b)\W*$", re.IGNORECASE)
_BIOGRAPHY = re.compile(
    rf"^{_NAME}(?:\s+{_NAME}){{1,3}}\s(?:is|was|writes|covers|reports|ist|est|es|è|é|jest)\s.{{0,120}}?"
    r"\b(?:reporter|correspondent|editor|columnist|journalist|writer|contributor|writes about|freelance|author of|"
    r"producer|"
    r"Redakteur(?:in)?|Korrespondent(?:in)?|Journalist(?:in)?|journaliste|correspondante?|periodista|corresponsal|"
    r"giornalista|jornalista|repórter|dziennikarz|dziennikarka)\b"
    rf"|^{_NAME}(?:\s+{_NAME}){{1,3}}\s(?:är|er|on|jest)\s.{{0,120}}?\b(?:reporter|redaktör|redaktør|journalist|skribent|"
    r"toimittaja|kirjeenvaihtaja|reporterem|reporterką|redaktorem|redaktorką|dziennikarzem|dziennikarką)\b"
    rf"|^{_NAME}(?:\s+{_NAME}){{1,3}}\s?(?:—|–|,)\s.{{0,80}}?(?:\b(?:корреспондент|журналист|обозреватель|редактор|"
    r"кореспондент|журналіст|оглядач)|(?:muhabir|editör|yazar)[a-zıü]{1,8}\.$)",
)
_RELEASE_SOURCE = re.compile(r"SOURCE:?\s[^\W\d_a-z]")  # the last line of a press release


class _Line(NamedTuple):
    """A block's text; ``key`` is how the lexicon spells it: small letters, no marks or counts at the ends."""

    text: str
    key: str
    words: int

    @property
    def is_short(self) -> bool:
        """Whether it is as short as a title."""
        return self.words <= LONGEST_TITLE


def kind_of(text: str) -> Kind:
    """Returns what the block ``text`` is, looked at alone; ``related_boxes.py`` judges its surroundings."""
    line = _Line(text, _key(text), count_words(text))
    return next((kind for kind, applies in RULES if applies(line)), Kind.PROSE)


def heading_of(text: str) -> Heading:
    """Returns which heading the block ``text`` of kind ``RELATED`` is."""
    key = _key(text)
    if key in phrases("foot headings"):
        return Heading.FOOT
    return Heading.LINK if key in phrases("link labels") else Heading.LIST


def is_comment_button(text: str) -> bool:
    """Returns whether the block ``text`` of kind ``ENDING`` invites to comment, as a button within the text may do.

    With a count in brackets it is the heading of the comments.
    """
    return _key(text) in phrases("comment buttons") and not text.endswith((")", "]"))


def is_biography(text: str) -> bool:
    """Returns whether ``text`` says who a journalist is, as the last line of many pages does."""
    return count_words(text) <= _LONGEST_APPEAL and bool(_BIOGRAPHY.match(text))


def is_comment_rule(text: str) -> bool:
    """Returns whether ``text`` tells readers how to comment, in one language's words for that and for what is asked."""
    folded = _folded(text)
    return count_words(text) <= _LONGEST_APPEAL and any(
        any(phrase in folded for phrase in sections.get("reader comments", ()))
        and any(phrase in folded for phrase in sections.get("comment rules", ()))
        for sections in tables().values()
    )


def is_credit(text: str) -> bool:
    """Returns whether ``text`` says who took a picture, and nothing else."""
    return bool(_CREDIT_ALONE.match(text) or _CREDIT_LINE.match(text)) and count_words(text) <= _LONGEST_CREDIT


def without_bullet(text: str) -> str:
    """Returns ``text`` without the sign of a list item in front."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text


def _key(text: str) -> str:
    return _EDGES.sub("", _folded(_COUNT.sub("", text)))


def _folded(text: str) -> str:
    return text.replace("’", "'").casefold()


def _is_ending(line: _Line) -> bool:
    if line.is_short and (line.key in phrases("endings") or line.key in phrases("comment buttons")):
        return True
    if line.is_short and (_WIRE_END.match(line.text) or _RELEASE_SOURCE.match(line.text)):
        return True
    return line.words <= _LONGEST_APPEAL and starts_with_phrase(_folded(line.text), "ending starts")


def _is_mark(line: _Line) -> bool:
    """Returns whether ``line`` is a rule without a word, or the slug that a wire gives its takes."""
    return line.is_short and (not line.key or bool(_SLUG.match(line.text) and not ends_sentence(line.text)))


def _is_related_heading(line: _Line) -> bool:
    if any(line.key in phrases(section) for section in _HEADINGS):
        return True
    may_be_heading = line.words <= _LONGEST_HEADING and (line.text.endswith(":") or not ends_sentence(line.text))
    return may_be_heading and starts_with_phrase(line.key, "heading starts")


def _is_link(line: _Line) -> bool:
    """Returns whether ``line`` is a heading and the one title below it: "Read more: Bridge reopens"."""
    label, colon, title = line.text.partition(":")
    if not (line.is_short and colon and title):
        return False
    key = _key(label)
    return any(key in phrases(section) for section in _HEADINGS)


def _is_time(line: _Line) -> bool:
    """Returns whether ``line`` only says when the article was published, or how long it takes to read."""
    return line.words <= _LONGEST_CLOCK and _is_clock(line.text)


def _is_clock(text: str) -> bool:
    if not _FIGURE.search(text):
        return False
    known = phrases("clock words")
    tokens = [token for token in _TOKENS.findall(_folded(text)) if not token.isdigit()]
    strange = sum(token not in known and token.rstrip(".)") not in known for token in tokens)
    return strange <= (len(tokens) > _MANY_CLOCK_WORDS)  # one unknown word, a place or a zone, in a long line


def _is_appeal(line: _Line) -> bool:
    may_be_appeal = line.words <= _LONGEST_APPEAL or line.text.startswith("(")
    return may_be_appeal and starts_with_phrase(line.key, "appeals")


def _names_contributors(line: _Line) -> bool:
    # Not at the end of a long paragraph: that may be the whole article.
    return len(line.text) <= _LONGEST_CONTRIBUTED and bool(_CONTRIBUTORS.match(line.text))


def _is_caption(line: _Line) -> bool:
    return line.words <= _LONGEST_CAPTION and starts_with_phrase(_folded(line.text).lstrip("([ "), "caption starts")


def _is_credited(line: _Line) -> bool:
    """Returns whether ``line`` ends with the credit of a picture, as the caption of one does."""
    if line.words > _LONGEST_CREDITED or not _CREDIT_MARKS.search(line.text[-90:]):
        return False
    return bool(_CREDIT_END.search(line.text[-160:]))


def _is_credit(line: _Line) -> bool:
    return is_credit(line.text)


def _is_byline(line: _Line) -> bool:
    """Returns whether ``line`` is a byline word and a name, or a name and a date; never a sentence."""
    text = line.text
    if line.words > _LONGEST_BYLINE or (ends_sentence(text) and not text.isupper()):
        return False
    if (name := _NAMES.match(text)) and _SEPARATOR.match(text[name.end() :]) and _is_clock(text[name.end() :]):
        return True
    folded = text.casefold()
    if not starts_with_phrase(folded, "byline starts"):
        return False
    starts = (start for start in phrases("byline starts") if folded.startswith(start))
    return any(
        _is_name(text[len(start) :].lstrip(" :")) for start in starts if folded[len(start) :][:1] in {"", " ", ":"}
    )


def _is_bullet(line: _Line) -> bool:
    return _LEAST_BULLET <= line.words <= _LONGEST_APPEAL and bool(_BULLET.match(line.text))


def _is_name(text: str) -> bool:
    """Returns whether ``text`` is a name, with no more behind it than a role, a place or a second name."""
    name = _NAMES.match(text)
    rest = text[name.end() :] if name else ""
    return bool(name) and (len(rest.split()) <= _LONGEST_ROLE or bool(_BEHIND_NAME.match(rest)))


def _is_title(line: _Line) -> bool:
    text, words = line.text, line.words
    if not line.is_short or len(text) > _LONGEST_TITLE_CHARACTERS:
        return False
    if _BULLET.match(text) or (text.isupper() and len(text) > 1):
        return True
    if text.endswith("?"):
        return words <= _LONGEST_QUESTION
    if text.endswith(("!", "...", "…")) and not _QUOTED.match(text):
        return words <= _LONGEST_EXCLAMATION
    if text.endswith((":", ";")):
        return words < _LEAST_ANNOUNCEMENT
    return not ends_sentence(text)


RULES: tuple[tuple[Kind, Callable[[_Line], bool]], ...] = (
    (Kind.ENDING, _is_ending),
    (Kind.BOILERPLATE, _is_mark),
    (Kind.RELATED, _is_related_heading),
    (Kind.TIME, _is_time),
    (Kind.BOILERPLATE, _is_link),
    (Kind.BOILERPLATE, _is_appeal),
    (Kind.BOILERPLATE, _names_contributors),
    (Kind.BOILERPLATE, _is_caption),
    (Kind.BOILERPLATE, _is_credited),
    (Kind.BOILERPLATE, _is_credit),
    (Kind.BYLINE, _is_byline),
    (Kind.BULLET, _is_bullet),
    (Kind.TITLE, _is_title),
)
"""In their order: the first that applies says what a line is, and where none does it is prose."""
