"""What each block of a pasted page is: a sentence of somebody's story, or a piece of the page around it.

The shape of a line decides where it can (no sentence mark, only figures, a credit in brackets); the words of
``vocabulary.py`` and ``chrome_words.py`` decide where furniture is written in whole sentences.
"""

import re
from enum import Enum, auto
from functools import cache

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.lexicon.chrome import (
    APPEALS,
    BUTTONS,
    BYLINE_STARTS,
    CAPTION_STARTS,
    LINK_STARTS,
    TEAM_STARTS,
)
from standfirst.reading.boilerplate.lexicon.clock import CLOCK_WORDS
from standfirst.reading.boilerplate.lexicon.headings import (
    COMMENT_BUTTONS,
    ENDING_STARTS,
    ENDINGS,
    FOOT_HEADINGS,
    LINK_LABELS,
    RELATED_HEADING_STARTS,
    RELATED_HEADINGS,
)
from standfirst.reading.boilerplate.paragraphs import ends_sentence


class Kind(Enum):
    """What a block is."""

    PROSE = auto()
    """Whole sentences."""
    TITLE = auto()
    """A short line without a sentence's end: headline, crosshead, navigation, or the title of another story."""
    BULLET = auto()
    """An item of a list."""
    TIME = auto()
    """When, and nothing else."""
    BYLINE = auto()
    """Who wrote it."""
    CHROME = auto()
    """A button, an ad marker, a caption, a credit, a link, an appeal: belongs to the page wherever it stands."""
    RELATED = auto()
    """A heading over other stories."""
    ENDING = auto()
    """After this the page says nothing more of the story."""


class Heading(Enum):
    """How firmly a heading over other stories says that the page is over."""

    LINK = auto()
    """One link in the middle of the text."""
    LIST = auto()
    """A list of stories, in the middle of the text or below it."""
    FOOT = auto()
    """A list that stands below the text."""


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
_LONGEST_CREDITED = 45
_LONGEST_CREDIT = 12
_LEAST_BULLET = 4
_LEAST_ANNOUNCEMENT = 3
_LONGEST_CLUB = 4
_LEAST_TEAM = 5

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COUNT = re.compile(r"^[(\[]?\d{1,5}[)\]]?\s+|[(\[]\d{1,5}[)\]]$")
_TOKENS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\)?|\d+")
_QUOTED = re.compile("[\"“”„«‘'—–-]")  # the marks speech begins with
_FIGURE = re.compile(r"\d")
_BULLET = re.compile(r"(?:[•▪◦●■‣∙·*]|-(?=\s))\s*")
_LINK_TAIL = re.compile(r"(?:\s*[:|>»→›]|\s+[-–—]\s)\s*\S")
_BREADCRUMB = re.compile(r"\S\s*[>›»→|/·•]\s+\S+.{0,60}\s[>›»→|/·•]\s+\S")
_CONTACT = re.compile(r"https?://|www\.\w|\b[\w.+-]{1,60}@[\w-]{1,60}\.\w|(?:^|\s)[@#]\w")

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
_WIRE_END = re.compile(
    r"(?:[-–—(\[#*x=_~+.\s]*)(?:30|ends?|more|mtc|eom|###|fin|ende)(?:[-–—)\]#*x=_~+.\s]*)$", re.IGNORECASE
)
_WIRE_MORE = re.compile(r"(?:[-–—(\[*=_.]{1,3}\s*(?:more|mtc|mf|suite|sigue)\s*[-–—)\]*=_.]{1,3}|MORE)$", re.IGNORECASE)
_WIRE_SIGN = re.compile(r"^[-–—(\[#*x=/~\s]")
_CONTRIBUTED = re.compile(r"contributed(?<=\bcontributed) (?:reporting|to this (?:report|story|article))\b.{0,60}$")
_CONTRIBUTORS = re.compile(
    rf"Mitarbeit: |Avec (?:AFP|Reuters)\b|{_NAME}(?:\s{_NAME}){{1,3}} reported from\b|AP correspondent\b"
)
_OFFER = re.compile(
    r"(?:Get|Receive|Want|Start|Stay|Try|Keep|Find|Have|Join|Check)\b.{0,200}"
    r"\b(?:inbox|newsletters?|app|alerts|podcast)\b"
    r"|(?:To|For|Want)\b.{0,140}\b(?:join|follow|sign up (?:to|for)|subscribe to|download) our\b.{0,60}"
    r"\b(?:WhatsApp|Telegram|newsletters?|app|channel|alerts|podcast)\b"
    r"|.{0,300}\b(?:Sign up|Subscribe|Register) (?:here|now|today|for free)[.!]?$"
)
_RELEASE_SOURCE = re.compile(r"SOURCE:?\s[^\W\d_a-z]")  # the last line of a press release
_BETWEEN_PLAYERS = re.compile(r"[,;]")
_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)")
_PLAYER = re.compile(rf"\s*(?:{_NAMES.pattern})(?:\s\d{{1,2}}(?:\.\d)?)?\s*")
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


def kind_of(text: str) -> Kind:
    """What the block ``text`` is, looked at alone. Its surroundings are judged in ``boxes.py``."""
    words = count_words(text)
    if words > LONGEST_TITLE and (kind := _kind_of_long(text, words)):
        return kind
    if words <= LONGEST_TITLE and (kind := _kind_of_short(text, words)):
        return kind
    return Kind.PROSE


def heading_of(text: str) -> Heading:
    """Which heading the block ``text`` of kind ``RELATED`` is."""
    key = _key(text)
    if key in FOOT_HEADINGS:
        return Heading.FOOT
    return Heading.LINK if key in LINK_LABELS else Heading.LIST


def is_comment_button(text: str) -> bool:
    """Whether the block ``text`` of kind ``ENDING`` invites to comment, as a button within the text may do.

    With a count in brackets it is the heading of the comments.
    """
    return _key(text) in COMMENT_BUTTONS and not text.endswith((")", "]"))


def is_biography(text: str) -> bool:
    """Whether ``text`` says who a journalist is, as the last line of many pages does."""
    return count_words(text) <= _LONGEST_APPEAL and bool(_BIOGRAPHY.match(text))


def is_credit(text: str) -> bool:
    """Whether ``text`` says who took a picture, and nothing else."""
    return bool(_CREDIT_ALONE.match(text) or _CREDIT_LINE.match(text)) and count_words(text) <= _LONGEST_CREDIT


def without_bullet(text: str) -> str:
    """``text`` without the sign of a list item in front."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text


def _kind_of_long(text: str, words: int) -> Kind | None:
    """Only what is furniture in whole sentences."""
    if words > _LONGEST_APPEAL and not text.startswith("("):
        return None
    key = _key(text)
    if _starts(text.casefold(), ENDING_STARTS):
        return Kind.ENDING
    if _is_appeal(text, key) or _is_link(text, key) or _is_caption(text, words) or _is_team_sheet(text):
        return Kind.CHROME
    return Kind.BULLET if _BULLET.match(text) else None


def _kind_of_short(text: str, words: int) -> Kind | None:
    key = _key(text)
    if text != "more" and _WIRE_MORE.match(text):  # the story goes on in the next take
        return Kind.CHROME
    if not key or _is_ending(text, key):
        return Kind.ENDING if key or text.startswith(("###", "# # #")) else Kind.CHROME
    return _furniture_of_short(text, words, key) or _text_of_short(text, words)


def _furniture_of_short(text: str, words: int, key: str) -> Kind | None:
    if key in RELATED_HEADINGS or (_is_heading(text, words) and _starts(key, RELATED_HEADING_STARTS)):
        return Kind.RELATED
    if _is_clock(text, words):
        return Kind.TIME
    if key in BUTTONS or _is_appeal(text, key) or _is_link(text, key):
        return Kind.CHROME
    if _is_caption(text, words) or _is_chrome(text, words) or _is_team_sheet(text):
        return Kind.CHROME
    return Kind.BYLINE if _is_byline(text, words) else None


def _text_of_short(text: str, words: int) -> Kind | None:
    if _BULLET.match(text):
        return Kind.BULLET if words >= _LEAST_BULLET else Kind.TITLE
    return Kind.TITLE if _is_title(text, words) else None


def _key(text: str) -> str:
    """``text`` as the tables spell it: small letters, straight apostrophes, no marks or counts at the ends."""
    bare = _COUNT.sub("", text)
    return _EDGES.sub("", bare.replace("’", "'").casefold())


def _starts(key: str, phrases: frozenset[str]) -> bool:
    """Whether ``key`` begins with one of ``phrases``, and the phrase ends where a word does."""
    if key[:2] not in _beginnings(phrases):
        return False
    longest = min(len(key), 48)
    return any(
        key[:end] in phrases and (end == len(key) or not (key[end - 1].isalpha() and key[end].isalpha()))
        for end in range(2, longest + 1)
    )


@cache
def _beginnings(phrases: frozenset[str]) -> frozenset[str]:
    """The first two letters of each: most texts begin with none of them."""
    return frozenset(phrase[:2] for phrase in phrases)


def _is_ending(text: str, key: str) -> bool:
    if key in ENDINGS and (key.isalpha() or " " in key) and not _WIRE_END.match(text):
        return True
    if _WIRE_END.match(text):
        return bool(_WIRE_SIGN.match(text)) or text.strip(" .").casefold() in {"ends", "end", "###"}
    if _RELEASE_SOURCE.match(text):
        return True
    return _starts(text.casefold().replace("’", "'"), ENDING_STARTS)


def _is_heading(text: str, words: int) -> bool:
    return words <= _LONGEST_HEADING and (text.endswith(":") or not ends_sentence(text))


def _is_clock(text: str, words: int) -> bool:
    """When it was published, or how long it takes to read."""
    if words > _LONGEST_CLOCK or not _FIGURE.search(text):
        return False
    tokens = [token for token in _TOKENS.findall(text.casefold().replace("’", "'")) if not token.isdigit()]
    known = sum(token in CLOCK_WORDS or token.rstrip(".)") in CLOCK_WORDS for token in tokens)
    return known >= len(tokens) - (len(tokens) > 4)  # noqa: PLR2004 - one unknown word (a place, a zone) in a long line


def _is_appeal(text: str, key: str) -> bool:
    # Not at the end of a long paragraph: that may be the whole story.
    return _starts(key, APPEALS) or bool(_OFFER.match(text)) or (len(text) <= 400 and _names_contributors(text))  # noqa: PLR2004


def _names_contributors(text: str) -> bool:
    return bool(_CONTRIBUTORS.match(text) or _CONTRIBUTED.search(text))


def _is_link(text: str, key: str) -> bool:
    """A link on a line of its own, whatever mark or capitals set its label off."""
    folded = text.casefold().replace("’", "'")
    lead = len(folded) - len(folded.lstrip("»>→▶►•*-[( "))
    for end in range(2, min(len(key), 48) + 1):
        if key[:end] in LINK_STARTS and _LINK_TAIL.match(text[lead + end :]):
            return True
    label = text.split(" ", 3)
    return len(label) > 3 and " ".join(label[:2]).isupper() and " ".join(label[:2]).casefold() in LINK_STARTS  # noqa: PLR2004


def _is_caption(text: str, words: int) -> bool:
    if words <= _LONGEST_CAPTION and _starts(text.casefold().lstrip("([ "), CAPTION_STARTS):
        return True
    return words <= _LONGEST_CREDITED and bool(_CREDIT_MARKS.search(text[-90:]) and _CREDIT_END.search(text[-160:]))


def _is_chrome(text: str, words: int) -> bool:
    if _SLUG.match(text) and not ends_sentence(text):
        return True
    if _BREADCRUMB.search(text) and not ends_sentence(text):
        return True
    return (words <= _LONGEST_BYLINE and bool(_CONTACT.search(text))) or is_credit(text)


def _is_team_sheet(text: str) -> bool:
    """Who played, by line and with marks: "Rovers: Lamb 6; Hill 5, Stone 6 (Bell 70)". Sports pages print it on top."""
    if _starts(text.casefold(), TEAM_STARTS):
        return True
    if ":" not in text or ";" not in text:
        return False
    club, _, players = _BRACKETS.sub("", text).rstrip(". ").partition(":")
    if count_words(club) > _LONGEST_CLUB or ";" not in players or "," not in players:
        return False
    names = _BETWEEN_PLAYERS.split(players)
    return len(names) >= _LEAST_TEAM and all(map(_PLAYER.fullmatch, names))


def _is_byline(text: str, words: int) -> bool:
    """A byline word and a name, or a name and a date; never a sentence."""
    if words > _LONGEST_BYLINE or (ends_sentence(text) and not text.isupper()):
        return False
    if (name := _NAMES.match(text)) and _is_clock(text[name.end() :], words) and _SEPARATOR.match(text[name.end() :]):
        return True
    folded = text.casefold()
    for start in BYLINE_STARTS:
        if folded.startswith(start) and folded[len(start) : len(start) + 1] in {"", " ", ":"}:
            return _is_name(text[len(start) :].lstrip(" :"))
    return False


def _is_name(text: str) -> bool:
    """Whether ``text`` is a name, with no more behind it than a role, a place or a second name."""
    name = _NAMES.match(text)
    rest = text[name.end() :] if name else ""
    return bool(name) and (len(rest.split()) <= _LONGEST_ROLE or bool(_BEHIND_NAME.match(rest)))


def _is_title(text: str, words: int) -> bool:
    if len(text) > _LONGEST_TITLE_CHARACTERS:
        return False
    if text.isupper() and words <= LONGEST_TITLE and len(text) > 1:
        return True
    if text.endswith("?"):
        return words <= _LONGEST_QUESTION
    if text.endswith(("!", "...", "…")) and not _QUOTED.match(text):
        return words <= _LONGEST_EXCLAMATION
    if text.endswith((":", ";")):
        return words < _LEAST_ANNOUNCEMENT
    return not ends_sentence(text)
