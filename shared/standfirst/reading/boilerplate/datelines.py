"""What agencies and live blogs write around a paragraph, taken off it: dateline, time of the entry, sign-off."""

import re
from collections.abc import Sequence

_DASH = r"(?:\s*+(?:[.,]\s*+)?(?:—|–|--|―|_)\s*+(?:-\s*+)?|\s*+\.?-\s++|\s++-\s*+)"
_UPPER = r"[^\W\d_a-zà-öø-ÿß-ž]"
_CAPITALS = rf"{_UPPER}[^\W\d_a-zà-öø-ÿ]{{1,24}}(?:[.'’-][^\W\d_a-zà-öø-ÿ]{{0,24}})*"  # PARIS, ST., AIX-EN-PROVENCE
_PLACE = rf"{_CAPITALS}(?:[ /]{{1,2}}{_CAPITALS}){{0,4}}"
_WORDS = r"(?:(?:[A-Z]\.){2,3}|[^\W\d_]{1,20}\.?(?:[ -][^\W\d_]{1,20}\.?){0,3})"  # N.M. and United Arab Emirates
_DAY_FIRST = r"\d{1,2}\.?ª?º?\s(?:de\s)?[^\W\d_]{2,12}\.?"
_MONTH_FIRST = r"[^\W\d_]{2,12}\.?\s\d{1,2}"
_DATE = rf"(?:[^\W\d_]{{1,12}}\.?,?\s)?(?:{_DAY_FIRST}|{_MONTH_FIRST})(?:,?\s(?:de\s)?\d{{4}})?"
_AGENCY = r"(?:\([^()]{2,40}\)|/[^/]{2,40}/)"

# Such as ISTANBUL, March 3 (Agency) — and DUBAI, United Arab Emirates — and МОСКВА, 3 марта. /ТАСС/.
_CAPITAL_DATELINE = re.compile(
    rf"{_PLACE}(?=,|\.\s|\s?[(/])(?:,\s{_WORDS}){{0,2}}(?:[,.]\s?{_DATE})?\.?\s?(?:{_AGENCY}\.?)?"
    rf"(?:{_DASH}|(?<=/)\.\s|(?<=/)\s|(?<=\))\.-?\s|(?<=\)):\s)"
    r"(?:(?:РИА Новости|ТАСС|Интерфакс|БЕЛТА|УНИАН)\.\s)?",
)
# Such as Istanbul (AFP) – and Madrid, 3 mar (EFE).- and (ANSA) - ROMA, 3 MAR -
_CAPITALISED = (
    rf"{_UPPER}[\w.'’/-]{{1,40}}(?:\s(?:(?:de|do|da|del|la|le|am|an der|ob der)\s)?{_UPPER}[\w.'’/-]{{0,40}}){{0,4}}"
)
_AGENCY_DATELINE = re.compile(
    rf"(?:{_CAPITALISED}(?:,\s{_WORDS})?(?:,\s{_DATE})?\s{_AGENCY}|\([A-Z]{{2,12}}\)){_DASH}"
    r"(?![a-zß-öø-ÿа-яё])",  # behind a name and what is said of it in brackets the sentence goes on
)
_ITALIAN_DATELINE = re.compile(rf"\([A-Z]{{2,12}}\){_DASH}{_PLACE}(?:,\s\d{{1,2}}\s[A-Z]{{3,9}}){_DASH}")
# Such as (Sports Network) - and (New York, NY - October 21).
_BRACKET_DATELINE = re.compile(
    rf"\((?:{_CAPITALISED}\){_DASH}|[^()]{{2,40}}(?:\s[—–-]|,)\s{_DATE}\)(?:{_DASH}|\s+))(?=[^\W\d_a-z«“\"])"
)
# "Indianapolis –", "Dekalb, Ill. —": a place in ordinary letters needs a long dash, and no second one in the sentence.
_STATE = r"(?:,\s[A-Z][\w.]{1,20}(?:\s[A-Z][\w.]{1,20})?)?(?:/[A-Z]\w{1,20})?"
_PLACE_DATELINE = re.compile(
    rf"(?:{_UPPER}[\w.'’-]{{1,24}}(?:\s{_UPPER}[\w.'’-]{{1,24}}){{0,2}}{_STATE}\s[—–]\s|{_PLACE}\s[—–_-]\s)"
    r"(?=[^\W\d_a-z])(?![^.!?]{0,300}\s[—–-]\s)",
)
# ALMERIZA, 14 de abril. and PARIS, le 3 mars. A place and a full date need no dash behind them.
_DATED_PLACE = re.compile(
    rf"{_PLACE},\s(?:le\s|den\s|li\s)?(?:{_DAY_FIRST}|{_MONTH_FIRST})(?:,?\s(?:de\s)?\d{{4}})?[.:]\s(?=[^\W\d_a-z«“\"])"
)
_DATELINES = (_ITALIAN_DATELINE, _CAPITAL_DATELINE, _AGENCY_DATELINE, _BRACKET_DATELINE, _DATED_PLACE)

_ENTRY_TIME = re.compile(
    r"\[?\d{1,2}[:.h]\d{2}\]?\s?(?:[ap]\.?m\.?|GMT|BST|CET|CEST|EST|EDT|ET|MSK|Uhr|h|TSİ)?"
    r"\s?[-–—:|]?\s+(?=[^\W\d_a-z])"
)
_ENTRIES = 2

_SIGN_OFF = re.compile(
    r"(?<!\s)\s*\((?:Additional reporting|Reporting|Writing|Editing|Compiled|With reporting|Translated|Bericht|"
    r"Redaktion|Reportage|Edité|Édité|Reporte|Redactado|Editado|Reportagem|Edição|A cura di|Raportointi|Автор|"
    r"Редактор)\b[^()]{0,400}(?:\([^()]{0,80}\)[^()]{0,400}){0,4}\)?\.?$"
)
_AGENCY_SIGN = re.compile(
    r"(?<!\s)\s+(?:\((?:AP|Reuters|AFP|dpa|EFE|ANSA|Lusa|PAP|TT|STT|AA|ANP|NTB)\)|(?:/[A-Z]{2,6}/)|\(END\)|■|◼|###)$"
)


def without_marks(paragraphs: Sequence[str]) -> list[str]:
    """``paragraphs`` without their datelines, entry times and sign-offs; what is nothing else than such goes whole."""
    timed = sum(bool(_ENTRY_TIME.match(paragraph)) for paragraph in paragraphs) >= _ENTRIES
    bare = [
        _without_sign_off(_without_entry_time(_without_dateline(text, at), timed)) for at, text in enumerate(paragraphs)
    ]
    return [text for text in bare if text]


def has_dateline(text: str) -> bool:
    """Returns whether ``text`` begins with an agency's dateline, as a lead does and a standfirst never."""
    return any(dateline.match(text) for dateline in _DATELINES)


def _without_dateline(text: str, at: int) -> str:
    for dateline in _DATELINES:
        if (found := dateline.match(text)) and found.end() < len(text):
            return text[found.end() :]
    if at == 0 and (found := _PLACE_DATELINE.match(text)):
        return text[found.end() :]
    return text


def _without_entry_time(text: str, timed: object) -> str:
    return _ENTRY_TIME.sub("", text, count=1) if timed and _ENTRY_TIME.match(text) else text


def _without_sign_off(text: str) -> str:
    start = max(0, len(text) - 500)
    tail = _AGENCY_SIGN.sub("", _SIGN_OFF.sub("", text[start:].rstrip()).rstrip())
    return (text[:start] + tail).strip()
