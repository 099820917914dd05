"""Which letters belong together: how a text decoded with the wrong charset gives itself away."""

import re

_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßªºšž")
_ALPHABETS: tuple[frozenset[str], ...] = tuple(
    frozenset(letters)
    for letters in (
        "äöüßéè",
        "àâæçéèêëîïôœùûü",
        "áéíóúñüçªº",
        "àèéìíòóù",
        "àáâãçéêíóôõúªº",
        "åäöæøéüà",
        "éëïóèêöüáíúàç",
        "ąćęłńóśźż" + "áéöüäß",
        "áčďéěíňóřšťúůýžäöüĺľŕô",
        "áéíóöőúüűä",
        "čćđšžäöüé",
        "ăâîșțşţé",
        "çğıöşüâîûİi̇é",
        "áðéíóúýþæö",
        "āčēģīķļņšūžõąęėįųäöü",
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћџђѕќѓ",
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
        "".join(map(chr, range(0x0621, 0x0653))) + "پچژگکیے",
        "".join(map(chr, (*range(0x3041, 0x30FF), *range(0x4E00, 0x9FFF), *range(0xAC00, 0xD7A4)))),
    )
)

_PUNCTUATION = frozenset(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u2032\u2033«»‹›¡¿€£¥§°·©®™½¼¾²³±×\xa0№，。、：；？！「」『』（）《》・ー…%％０１２３４５６７８９"
)

# A sign no word is spelled with between two letters, or a capital after a small letter: both are usual in mojibake.
# Numbers are left out: "20°C" and "5€" are ordinary.
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡¿€£¥§°©®™½¼¾²³±×÷¬¦¨¯¸´¶¤•…†‡‰¹„“”‚‹›«»˙˘ˇ˛˝](?=[^\W\d_])")
_FRACTION_BEFORE_LETTER = re.compile(r"[½¼¾¤¦¨´¸](?=[^\W\d_])")
_SCRIPTS_MIXED = re.compile(r"[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
_SMALL_THEN_CAPITAL = re.compile(r"[à-ÿά-ώа-я][À-ÞΆ-ΏΑ-ΩА-Я]")
_SAMPLE_CHARACTERS = 50_000

# An English text holds names of many languages; but letters of a single one are likelier to be what was meant.
_MANY_LANGUAGES = 0.97


def likeness(text: str) -> float:
    """From 0 to 1: the share of the non-ASCII characters of ``text`` that one language could have put there.

    Looks at the first 50 000 characters, which is enough to tell charsets apart and keeps the work bounded.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    foreign = [character for character in sample if character > "\x7f"]
    if not foreign:
        return 1.0
    letters = [character.lower()[:1] for character in foreign if character not in _PUNCTUATION]
    fitting = max(sum(letter in alphabet for letter in letters) for alphabet in _ALPHABETS)
    western = sum(letter in _WESTERN for letter in letters) * _MANY_LANGUAGES
    signs = sum(
        len(sign.findall(sample))
        for sign in (_SIGN_IN_WORD, _FRACTION_BEFORE_LETTER, _SCRIPTS_MIXED, _SMALL_THEN_CAPITAL)
    )
    return (len(foreign) - len(letters) + max(fitting, western) - signs) / len(foreign)
