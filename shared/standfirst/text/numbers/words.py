"""The words that make figures: number words of English, scales, currencies and percent signs of many languages."""

import re
from collections.abc import Mapping
from fractions import Fraction

from standfirst.text.word_lists import any_of

_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALE_WORDS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * (at + 2) for at, word in enumerate(_TENS)},
    **_SCALE_WORDS,
    "dozen": 12,
}
"""English number words and what each adds or multiplies by."""

_SMALL = rf"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(reversed(_UNITS))}"
_HUNDREDS = rf"(?:(?:an?|{_SMALL})[ -])?hundred(?:(?: and)? (?:{_SMALL}))?|{_SMALL}"
_LARGE = "thousand|million|billion|trillion"
NUMBER = (
    rf"half an? (?:{_LARGE}|dozen)"
    rf"|(?P<mixed>{_SMALL})[ -]and[ -]a[ -](?:half|quarter)(?:[ -](?P<mixed_scale>{_LARGE}))?"
    rf"|(?:{_HUNDREDS}|an?)[ -](?:{_LARGE})(?:(?:,| and|,? and)? (?:{_HUNDREDS})(?! (?:{_LARGE})))?"
    rf"|(?:(?:{_SMALL}|an?)[ -])?dozen|{_HUNDREDS}"
)
"""A pattern of English number words."""

_ORDINALS = [
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
]  # fmt: skip
"""The first stands for 3."""

ORDINAL_WORDS = (
    rf"(?<!\ba )(?<!\ban )(?<!\bone )(?:twenty-(?:first|second|{'|'.join(_ORDINALS[:7])})|{'|'.join(_ORDINALS)})"
)
"""A pattern of English ordinals; "first" and "second" are too often none."""

_SCALES: Mapping[int, str] = {
    10**3: (
        r"thousand|tausend|mille|mil|mila|duizend|tusen|tusind|tuhat(?:ta)?|tysiąc[ea]?|tysięcy|tys\.?"
        r"|tisíc|ezer|bin|тыс\.?|тысяч[аи]?|тисяч[аі]?|千|천|ألف|آلاف|אלף"
    ),
    10**6: (
        r"millions?|mln\.?|mn|mio\.?|millionen|millón|millones|milione|milioni|milhão|milhões|miljoen"
        r"|miljoon(?:a|aa)|miljon(?:er)?|million(?:er|ów)?|milion(?:y|ów|ů)?|millió|milyon|млн\.?"
        r"|миллион(?:а|ов)?|мільйон(?:а|ів|и)?|百万|مليون|ملايين|מיליון"
    ),
    10**9: (
        r"billions?|bn|mrd\.?|md|milliarden?|milliards?|miliardi?|miliard[yů]?|miliardów|mld\.?"
        r"|miljard(?:er|ia|i)?|bilhão|bilhões|mil millones|milliárd|milyar|млрд\.?|миллиард(?:а|ов)?"
        r"|мільярд(?:а|ів|и)?|十亿|مليار|מיליארד"
    ),
    10**12: r"trillions?|tn|billionen?|трлн\.?|триллион(?:а|ов)?|兆",
    10**4: r"万|萬|만",
    10**5: r"lakhs?|lacs?",
    10**7: r"crores?",
    10**8: r"亿|億|억",
}
SCALES = "|".join(sorted(_SCALES.values(), key=len, reverse=True))
"""A pattern of scale words after digits, in many languages."""

SHORT_SCALES = "k|m|b"
"""Scales of one letter stand right after the digits: "11 m" is a length."""

_SCALE_OF = [
    *((re.compile(letter), scale) for letter, scale in (("k", 10**3), ("m", 10**6), ("b", 10**9))),
    *((re.compile(pattern, re.IGNORECASE), scale) for scale, pattern in _SCALES.items()),
]

CURRENCY_BEFORE = r"(?:us|a|au|c|ca|nz|hk|s)?\$|£|€|¥|₹|₽|₺|zł|kr\.?|chf|usd|eur|gbp|jpy|inr|rs\.?"
_CURRENCY_WORDS = {
    "USD": r"(?:us |u\.s\. )?dollars?|usd|\$",
    "GBP": r"pounds?(?: sterling)?|gbp|sterling",
    "EUR": r"euros?|eur|€|евро|欧元|ユーロ",
    "PENNY": r"pence|p",
    "CENT": r"cents?",
    "CROWN": r"crowns?|kronor|kroner|krone|kr\.?|koruna|korun|kč",
    "FRANC": r"(?:swiss )?francs?|chf|franken",
    "YEN": r"yen|jpy|円",
    "YUAN": r"yuan|renminbi|元",
    "RUPEE": r"rupees?|inr",
    "ROUBLE": r"rou?bles?|руб(?:лей|ля|\.)?",
    "ZLOTY": r"zloty(?:s|ch)?|złot(?:ych|y|e)|zł",
    "LIRA": r"liras?|tl",
    "PESO": r"pesos?",
    "DINAR": r"dinars?|دينار",
    "FORINT": r"forints?|ft",
    "REAL": r"reais|reals?",
    "RAND": r"rand",
    "WON": r"won|원",
}
CURRENCY_AFTER = "|".join(_CURRENCY_WORDS.values())
CURRENCIES = frozenset(_CURRENCY_WORDS)
_CURRENCY_OF = [(re.compile(pattern, re.IGNORECASE), code) for code, pattern in _CURRENCY_WORDS.items()]
_SYMBOLS = {"£": "GBP", "€": "EUR", "¥": "YEN", "₹": "RUPEE", "₽": "ROUBLE", "₺": "LIRA", "zł": "ZLOTY", "kr": "CROWN"}
_SYMBOLS |= {"chf": "FRANC", "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "YEN", "inr": "RUPEE", "rs": "RUPEE"}

PERCENT = (
    r"%|％|per ?cent|percent|pct|pc|prozent|pour cent|por ciento|por cento|per cento|procent|prosent(?:tia)?"
    r"|proc(?:ent)?|százalék(?:a|os)?|yüzde|процент(?:а|ов)?|відсотк(?:ів|и)|パーセント|퍼센트"
    r"|في المئة|بالمئة|אחוז(?:ים)?"
)
POINTS = (
    r"percent(?:age)?[ -]points?|per ?cent points?|%[ -]points?|prozentpunkten?|points? de pourcentage"
    r"|puntos? porcentual(?:es)?|pontos? percentua(?:l|is)|punt[oi] percentual[ei]|procentpunten|procentenheter"
    r"|procentpoint|prosenttiyksikköä|prosentpoeng|punkt(?:y|ów)? procentow(?:y|ych|e)"
    r"|процентн(?:ых|ого|ый) пункт(?:ов|а)?"
    r"|个百分点|個百分點|ポイント"
)
"""Percentage points: the difference of two percentages."""


_FRACTIONS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_FRACTIONS |= {"ninth": 9, "tenth": 10}
_PARTS = "thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|tenths?"
_SOME_PARTS = rf"(?:an?|one|two|three|four|five|six|seven|nine)[ -](?:{_PARTS})"
_AFTER_SHARE = (
    "more less fewer higher lower since so in on from to over and or as at by but off among amongst between during if "
    "when while this last next after before against with compared"
)
_NO_HALF = (
    "brother sister time hour an_hour past a_million a_billion a_trillion a_dozen a_century a_decade century marathon "
    "mile way back price as"
)
_PARTED = "hour century mile second minute day year inch"
_HALF_OF_TIME = "first second third fourth last latter early earlier late later former opening closing other"
SHARES = (
    r"a quarter(?= of a (?:percentage )?point)|half(?= a (?:percentage )?point)"
    rf"|{_SOME_PARTS}(?= of\b(?! an? (?:{any_of(_PARTED)})\b)| (?:{any_of(_AFTER_SHARE)})\b|[.,;)]|$)"
    r"|(?:two|three|four)[ -](?:thirds|quarters|fifths|tenths)|halv(?:e|es|ed|ing)"
    rf"|{''.join(rf'(?<!{word} )' for word in _HALF_OF_TIME.split())}(?<!and a )half(?!-| (?:{any_of(_NO_HALF)})\b)"
)
"""A pattern of English shares. "A third man" is none."""

DECIMAL = rf"(?:{'|'.join(_UNITS[1:10])})[ -](?:tenths?|hundredths?) of an?(?= (?:{any_of(_PARTED)})\b)"
"""A pattern of a part of a unit, as in "eight-tenths of a second"."""

_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6}
_VAGUE |= {"billions": 2 * 10**9, "trillions": 2 * 10**12}

_ABOUT = "about|around|roughly|approximately|some|nearly|almost|close to|an estimated|estimated|circa|just"
_OVER = (
    "no fewer than|no less than|not less than|more than|over|at least|upwards of|above|exceeding|in excess of|well over"
    "|just over|exceed(?:s|ed)|top(?:s|ped)|pass(?:es|ed)|surpass(?:es|ed)?"
)
_UNDER = "just under|nearly|almost"
_LESS = "no more than|not more than|less than|under|fewer than|up to|as many as|as much as|below|at most"
BLUR = re.compile(
    rf"\b({_OVER}|{_UNDER}|{_LESS}|{_ABOUT}) (?:a |an |the |its |his |her |their |\w{{1,3}}?[$£€])?$", re.IGNORECASE
)
"""A word that blurs the figure right after it."""


def blur_of(word: str) -> str:
    """Returns ``over``, ``under`` ("nearly"), ``less`` ("fewer than") or ``about``."""
    kinds = (("over", _OVER), ("under", _UNDER), ("less", _LESS))
    return next((kind for kind, pattern in kinds if re.fullmatch(pattern, word)), "about")


def scale_of(word: str) -> int:
    """What a scale word multiplies by."""
    return next((scale for pattern, scale in _SCALE_OF if pattern.fullmatch(word)), 1)


def unit_of(before: str, after: str) -> str:
    """The unit in a symbol before or a word after a figure."""
    if after and re.fullmatch(POINTS, after, re.IGNORECASE):
        return "points"
    if after and re.fullmatch(PERCENT, after, re.IGNORECASE):
        return "%"
    symbol = before.strip().lower().rstrip(".")
    if symbol:
        return "USD" if symbol.endswith("$") else _SYMBOLS.get(symbol, "")
    return next((code for pattern, code in _CURRENCY_OF if after and pattern.fullmatch(after)), "")


def mixed(whole: str, scale: str | None, text: str) -> Fraction:
    """Returns the value of "five and a half million"; ``whole`` and ``scale`` are its parts."""
    part = Fraction(1, 4) if "quarter" in text else Fraction(1, 2)
    return ((number(whole) or 1) + part) * NUMBERS.get(scale or "", 1)


def number(text: str) -> int | None:
    """The value of English number words; ``None`` for a lone "one", which mostly is a pronoun, and for a lone scale."""
    told = re.split(r"[ ,-]+", text)
    if told in (["one"], ["zero"]) or (len(told) == 1 and told[0] in _SCALE_WORDS):
        return None
    if told == ["dozen"]:
        return 12
    if told[0] == "half":
        return NUMBERS[told[-1]] // 2
    total = part = 0
    for word in told:
        if word in {"a", "an", "and"}:
            continue
        value = NUMBERS[word]
        if word in {"hundred", "dozen"}:
            part = (part or 1) * value
        elif word in _SCALE_WORDS:
            total += (part or 1) * value
            part = 0
        else:
            part += value
    return total + part


def ordinal(text: str) -> int:
    """The value of an English ordinal."""
    tens, _, unit = text.rpartition("-")
    of_unit = {"first": 1, "second": 2} | {word: at for at, word in enumerate(_ORDINALS, start=3)}
    return (20 if tens else 0) + of_unit[unit]


def share(text: str) -> Fraction:
    """The percentage of "a third", "two-thirds", "half"."""
    if text.startswith("hal"):
        return Fraction(50)
    told = re.split(r"[ -]+", text)
    over = 1 if told[0] in {"a", "an"} else NUMBERS[told[0]]
    part = told[-1] if told[-1] in _FRACTIONS else told[-1].removesuffix("s")
    return Fraction(100 * over, _FRACTIONS[part])


def decimal(text: str) -> Fraction:
    """Returns the value of "eight-tenths of a"."""
    told = re.split(r"[ -]+", text)
    return Fraction(NUMBERS[told[0]], 100 if told[1].startswith("hundred") else 10)


def ratio(text: str) -> Fraction:
    """The percentage of "one in five", "nine out of ten"."""
    told = text.split()
    over, under = (_whole(told[0]), _whole(told[-1]))
    return Fraction(100 * over, under) if under else Fraction(0)


def _whole(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def least_of(text: str) -> int:
    """The least that "dozens", "tens of thousands" mean."""
    least = _VAGUE[text.rpartition(" ")[2]]
    if text.startswith("tens of"):
        return least * 10
    return least * 100 if text.startswith("hundreds of") else least


SIGNS = frozenset(
    (
        *(word for word in NUMBERS if word != "one"),
        *_ORDINALS,
        *(ending for part in _FRACTIONS for ending in (part, f"{part}s")),
        *_VAGUE,
        *("halve", "halved", "halving", "first", "second"),
    ),
)
"""Where none of these words stands, there is no figure in words."""

BEGINNING = rf"an?[ -]|{'|'.join(sorted({word[:3] for word in (*SIGNS, 'one')}))}"
"""A pattern of how a figure in words begins."""
