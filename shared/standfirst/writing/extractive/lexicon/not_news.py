"""Sentences that are true and readable and still no news: what a standfirst must not make its matter.

By words, so in the languages listed here only; in another nothing is judged.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from standfirst.text.sentences import primary_subtag

# Beginnings of words; whole words end in "\b". An allegation harms where its denial, or the verdict, stands elsewhere.
_ALLEGATION: Mapping[str, str] = {
    "en": (
        r"alleg|accus|suspected\b|claim(?:s|ed|ing)\b|purported|"
        r"(?:court|jury|tribunal|inquest)\b[^.]{0,40} (?:heard|was told)|prosecut|charged\b|on trial|stands? trial|"
        r"arrest|blam(?:e|es|ed|ing)\b|(?:report|audit|inquiry|investigation) (?:says|said|found|finds)\b"
    ),
    "de": (
        r"angeblich|mutmaßlich|beschuldig|verdächtig|verdacht|vorgeworfen|vorwurf|vorwürfe|angeklagt|"
        r"laut anklage|staatsanwalt|vor gericht|anklage|festgenommen"
    ),
    "fr": r"accus|présumé|soupçon|prétend|allégu|parquet\b|procureur|mis en examen|mise en examen|jugé|interpell",
    "es": r"presunt|supuest|acus|sospech|denunci|fiscal|imputad|procesad|detenid|enjuicia",
    "it": r"accus|presunt|sospett|sedicente|procura\b|pm\b|imputat|indagat|arrestat|a processo",
    "pt": r"acus|alegad|alegou|suspeit|supost|denunci|ministério público|arguid|réu\b|julgad|detid",
    "nl": (
        r"vermeend|beschuldig|verdacht|verdenk|zou hebben|openbaar ministerie|officier van justitie|geëist|"
        r"terecht|aangehouden"
    ),
    "sv": r"anklag|påstå|påstod|misstänk|åtal|åklagar|häkt|grip(?:en|its)",
    "da": r"anklag|beskyld|påstå|mistænk|angivelig|tiltal|anklager|sigt(?:et|er)\b|anholdt",
    "no": r"anklag|beskyld|påstå|påstod|mistenk|angivelig|tiltal|aktor|sikt(?:et|a)\b|pågrepet",
    "fi": r"syytt|syytet|epäil|väitt|väitet|syyttäj|pidätet|vangit",
    "pl": r"oskarż|rzekom|podejrz|zarzuc|zarzut|domniem|prokurat|prokurator|zatrzyman|aresztow",
    "ru": r"обвин|якобы|подозрева|предполагаем|прокур|подсудим|задержан|арестов",
    "uk": r"звинувач|обвинувач|нібито|підозр|прокур|підсудн|затриман|заарешт",
    "tr": r"iddia|suçla|şüphe|sözde|savcı|tutuklan|gözaltı|yargılan",
    "ar": r"(?:و|ف)?(?:اتهم|يتهم|زعم|يزعم|مزاعم|المزعوم|ادعى|ادعت)",
    "zh": r"涉嫌|指控|指责|据称|疑似",
    "ja": r"疑い|容疑|疑惑|主張",
}
# What somebody is said to have done where his denial stands near: words of wrongdoing, whoever tells it as a fact.
_WRONGDOING: Mapping[str, str] = {
    "en": r"breach|misus|misle?d|misappropriat|illegal|unlawful|fraud|brib|corrupt|embezzl|stole\b|theft|steered|"
    r"bro(?:ke|ken) (?:\w+ ){0,3}(?:rules?|laws?)\b",
    "de": r"verst(?:oßen|ieß)|betrug|betrogen|bestech|bestochen|korrup|untreu|veruntreu|rechtswidrig|illegal",
    "fr": r"détourn|fraud|corrup|illégal|enfrein|violé|favoritisme",
    "es": r"malvers|fraud|corrup|ilegal|soborn|infring|prevarica",
    "it": r"corru[zt]|frod|illegal|illecit|truff|peculat|tangent",
    "pt": r"corrup|fraud|ilegal|desvi[ao]|suborn|peculat",
    "nl": r"fraud|corrup|illegal|illegaal|overtred|omkop|verduister",
    "sv": r"bedräg|korrup|mutor|mutbrott|olaglig|brutit mot|förskingr",
    "da": r"bedrag|korrup|bestik|ulovlig|brudt|underslæb",
    "no": r"bedrag|korrup|bestik|ulovlig|brutt|underslag",
    "fi": r"petok|lahju|laitto|kavall|rikkoi",
    "pl": r"oszust|korup|łapów|nielegal|złama|przywłaszcz",
    "ru": r"мошенн|корруп|взятк|незаконн|хищен|растрат",
    "uk": r"шахрай|корупц|хабар|незаконн|розкрад|розтрат",
    "tr": r"dolandır|yolsuzluk|rüşvet|zimmet|yasa dışı",
}
_BIOGRAPHY: Mapping[str, str] = {
    "en": r"born\b|grew up\b|was (?:raised|educated|brought up)\b|(?:was )?(?:founded|established) in\b",
    "de": r"geboren|gebürtig|wuchs\b.*\bauf\b|gegründet",
    "fr": r"née?s?\b|naquit|a grandi|fondée? en",
    "es": r"nacid[oa]|nació|se crió|creció en|fundad[oa] en",
    "it": r"(?:è|era|fu) nat[oa]\b|^nat[oa] (?:a|ad|nel|il|in)\b|nacque|cresciut[oa]|fondat[oa] nel",
    "pt": r"nascid[oa]|nasceu|cresceu em|fundad[oa] em",
    "nl": r"geboren|groeide\b.*\bop\b|opgericht",
    "sv": r"född\b|föddes|växte upp|grundades",
    "da": r"født\b|voksede op|grundlagt|stiftet",
    "no": r"født\b|fødd\b|vokste opp|grunnlagt|stiftet",
    "fi": r"syntyi|syntynyt|perustettiin",
    "pl": r"urodz|dorasta|wychował|założon",
    "ru": r"родил|вырос(?:ла)?\b|основан",
    "uk": r"народи|вирос(?:ла)?\b|заснован",
    "tr": r"doğdu|doğumlu|kuruldu|kurulan",
    "ar": r"(?:و)?(?:ولد|ولدت|نشأ|نشأت|تأسس)",
    "zh": r"出生|生于|成立于",
    "ja": r"生まれ|創業|設立された",
}
_BOILERPLATE: Mapping[str, str] = {
    "en": (
        r"is (?:an?|the|one of the) (?:[\w'’-]+ ){0,4}(?:leading|largest|biggest|global|premier|provider|maker|"
        r"manufacturer|supplier|developer|company|firm|group)\b|forward-looking|for (?:more|further) information"
    ),
    "de": r"ist (?:ein|eine|der|die|das|einer|eines) (?:[\w-]+ ){0,4}(?:führend|größte|weltweit|hersteller|anbieter)",
    "fr": r"est (?:une?|le|la|l['’]une? des) (?:[\w'’-]+ ){0,4}(?:leader|premi|fabricant|fournisseur|spécialiste)",
    "es": r"es (?:una?|el|la|uno de los) (?:[\w-]+ ){0,4}(?:líder|fabricante|proveedor|mayor)",
    "it": r"è (?:una?|il|la|uno dei) (?:[\w-]+ ){0,4}(?:leader|fornitore|produttore|maggior)",
    "pt": r"é (?:uma?|o|a) (?:[\w-]+ ){0,4}(?:líder|fabricante|fornecedor|maior)",
    "nl": r"is (?:een|de|het) (?:[\w-]+ ){0,4}(?:toonaangevend|grootste|leverancier|fabrikant)",
}
_CLEARING: Mapping[str, str] = {
    "en": r"acquit|cleared\b|not guilty|exonerat|innocent|quash|overturn|den(?:y|ies|ied)\b"
    r"|drop(?:s|ped)? (?:all |the )?charges|reject(?:s|ed)? (?:\w+ ){0,2}"
    r"(?:claim|alleg|accus|charge|finding|report|criticism)|disput|"
    r"(?:was|were|is|are) (?:wrong|untrue|false|baseless|unfounded)\b|no truth",
    "de": (
        r"freigesprochen|freispruch|spr(?:ach|icht)\b.*\bfrei\b|unschuldig|eingestellt|bestreite|bestritt|"
        r"entlaste|zurückgewiesen|w(?:ie|ei)s(?:t|en)?\b.*\bzurück"
    ),
    "fr": r"acquitt|relax|innocent|non-lieu|blanchi|dément|nie\b|rejett|contest",
    "es": r"absuel|absolv|absolución|inocen|sobrese|exoner|niega|negó|rechaz",
    "it": r"assol[tvu]|innocen|proscio|archivia|nega\b|negato|respin",
    "pt": r"absolv|inocen|arquiv|ilibad|nega\b|negou|rejeit",
    "nl": r"vrijgesproken|vrijspraak|spreekt\b.*\bvrij\b|onschuldig|geseponeerd|ontken|verwerp|weersp",
    "sv": r"frikän|frias\b|friad|oskyldig|läggs ner|lades ner|förnekar|tillbakavis|nekar",
    "da": r"frikend|frifind|frifund|uskyldig|benægter|nægter|afvis",
    "no": r"frikjen|frifin|frifun|uskyldig|henlagt|henlegge|nekter|avvis",
    "fi": r"vapautt|vapautet|syytön|syyttöm|hylkäsi|hylät|kiist|kiel(?:tä|si|tänyt)",
    "pl": r"uniewinni|niewinn|oczyszcz|umorz|zaprzecza|zaprzeczy|odrzuc|nie przyznaj",
    "ru": r"оправда|невинов|невиновн|отрицает|отрицал|отверг|не призна",
    "uk": r"виправда|невинн|невинув|заперечу|відкин|не визна",
    "tr": r"beraat|suçsuz|aklan|reddet|yalanla",
    "ar": r"(?:و|ف|ال)?(?:برأ|برّأ|براءة|تبرئة|بريء|نفى|نفت|ينفي)",
    "zh": r"无罪|无辜|撤销|否认",
    "ja": r"無罪|無実|不起訴|否認|否定",
}
_NORWEGIANS = frozenset(("nb", "nn"))
_WITHOUT_SPACES = frozenset(("zh", "ja"))


def is_aside(sentence: str, language: str) -> bool:
    """Whether it alleges, tells a life, or says what a company is."""
    return any(_stands_in(sentence, language, listed) for listed in _ASIDES)


def alleges(sentence: str, language: str) -> bool:
    """Whether it says what somebody is said to have done."""
    return _stands_in(sentence, language, "allegation")


def clears(text: str, language: str) -> bool:
    """Whether it says that somebody is not guilty, or says so: away from that, the rest of the story accuses."""
    return _stands_in(text, language, "clearing")


LONGEST_CASE = 8
"""Sentences that an accusation is told in, and within which its denial stands."""


def answers_to(sentences: Sequence[str], headline: str, language: str) -> Mapping[int, int]:
    """Returns the index of each sentence that accuses somebody, with that of the denial, or the outcome, it has.

    That is the next one, or else the one before. What stands between an accusation, or a headline that accuses, and its
    denial is told by those who accuse, in whatever words.
    """
    denials = [at for at, sentence in enumerate(sentences) if clears(sentence, language)]
    answers: dict[int, int] = {}
    accused = 0 if _accuses(headline, language) else None
    for at, sentence in enumerate(sentences):
        place = bisect_left(denials, at)
        if at in denials[place : place + 1]:
            accused = None
            continue
        if accused is None and _accuses(sentence, language):
            accused = at
        around = (*denials[place : place + 1], *denials[max(0, place - 1) : place])
        answer = next((each for each in around if abs(each - at) <= LONGEST_CASE), None)
        if accused is not None and answer is not None and at - accused < LONGEST_CASE:
            answers[at] = answer
    return answers


def _accuses(text: str, language: str) -> bool:
    return alleges(text, language) or _stands_in(text, language, "wrongdoing")


_LISTS = {
    "wrongdoing": _WRONGDOING,
    "allegation": _ALLEGATION,
    "biography": _BIOGRAPHY,
    "boilerplate": _BOILERPLATE,
    "clearing": _CLEARING,
}
_ASIDES = ("allegation", "biography", "boilerplate")


def _stands_in(text: str, language: str, listed: str) -> bool:
    pattern = _pattern(primary_subtag(language), listed)
    return pattern is not None and bool(pattern.search(_folded(text)))


def _folded(text: str) -> str:
    """Returns ``text`` in small letters, with one i for all four: patterns that need not do so are twice as fast."""
    return text.replace("İ", "i").lower().replace("ı", "i")


@cache
def _pattern(language: str, listed: str) -> re.Pattern[str] | None:
    language = "no" if language in _NORWEGIANS else language
    words = _LISTS[listed].get(language)
    start = "" if language in _WITHOUT_SPACES else r"\b"
    return re.compile(f"{start}(?:{words})".replace("ı", "i")) if words else None
