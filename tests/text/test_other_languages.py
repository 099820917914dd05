"""Sentences in another language than their article."""

import json
from pathlib import Path

import pytest

from standfirst.text.other_languages import is_in_other_language

TEXTS = Path(__file__).parents[1] / "safety" / "texts"
"""Sentences written before the rules; every third was not looked at while they were made."""

STORIES = {
    "ar": (
        "ستلغي المحافظة في مارس خطين من خطوط الحافلات التسعة، كما قرر المجلس "
        "يوم الثلاثاء. وقال الرئيس إن الخطوط مكلفة جدا."
    ),
    "cs": (
        "Obec zruší v březnu dvě z devíti linek, rozhodlo v úterý "
        "zastupitelstvo. Linky stojí příliš mnoho, říká starosta."
    ),
    "da": (
        "Kommunen nedlægger to af ni buslinjer i marts, besluttede byrådet. "
        "Linjerne koster for meget, siger borgmesteren."
    ),
    "de": (
        "Der Kreis streicht im März zwei der neun Buslinien. Das hat der "
        "Kreistag am Dienstag mit 22 gegen 15 beschlossen."
    ),
    "en": (
        "The county will close two of its nine ferry lines in March, its board decided on Tuesday. They cost too much."
    ),
    "es": (
        "La diputación suprimirá en marzo dos de sus nueve líneas, según "
        "decidió el martes el pleno por 22 votos contra 15."
    ),
    "fi": (
        "Kunta lakkauttaa maaliskuussa kaksi yhdeksästä linjasta, päätti "
        "valtuusto. Linjat ovat liian kalliita, sanoo johtaja."
    ),
    "fr": (
        "Le département supprimera en mars deux de ses neuf lignes de car, a "
        "décidé mardi le conseil par 22 voix contre 15."
    ),
    "it": (
        "Il comune chiuderà due delle nove linee a marzo, ha deciso il "
        "consiglio. Le linee costano troppo, dice il sindaco."
    ),
    "ja": "県は三月に九つのバス路線のうち二つを廃止する。県議会が火曜日に決めた。路線の費用が高すぎると知事は述べた。",
    "nl": "De gemeente schrapt in maart twee van de negen lijnen, heeft de raad besloten. De lijnen kosten te veel.",
    "no": (
        "Kommunen legger ned to av ni busslinjer i mars, vedtok kommunestyret. Linjene koster for mye, sier ordføreren."
    ),
    "pl": (
        "Gmina zlikwiduje w marcu dwie z dziewięciu linii, zdecydowała we "
        "wtorek rada. Linie kosztują za dużo, mówi burmistrz."
    ),
    "pt": (
        "A prefeitura vai cortar em março duas das nove linhas, decidiu a "
        "câmara na terça-feira. As linhas custam demais."
    ),
    "ru": (
        "Район закроет в марте два из девяти маршрутов, решил во вторник "
        "совет. Маршруты стоят слишком дорого, говорит глава."
    ),
    "sv": "Kommunen lägger ner två av nio busslinjer i mars, beslutade fullmäktige. Linjerna kostar för mycket.",
    "tr": (
        "Belediye, dokuz otobüs hattından ikisini mart ayında kapatacak. Karar, salı günü mecliste alındı ve açıklandı."
    ),
    "uk": (
        "Громада закриє в березні два з дев’яти маршрутів, вирішила у вівторок рада. Маршрути коштують надто дорого."
    ),
    "zh": "县里将于三月停运九条公交线路中的两条，县议会周二以22票对15票作出这一决定。这些线路每年花费很多。",
}
KIN = ({"da", "no", "sv"}, {"es", "pt", "it", "fr"}, {"ru", "uk"})
"""Languages that a sentence may not tell apart."""

PAIRS = [
    (own, other) for own in STORIES for other in STORIES if own != other and not any({own, other} <= kin for kin in KIN)
]


@pytest.mark.parametrize("own", STORIES)
def test_a_story_in_another_language_is_known_in_every_language(own: str) -> None:
    """By its script, or by its short words."""
    others = [other for each, other in PAIRS if each == own]

    assert [other for other in others if not is_in_other_language(STORIES[other], STORIES[own], own)] == []
    assert len(others) > 12


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("Burmistrz Helena Ostrowska została skazana za sprzeniewierzenie darowizn.", "en"),
        ("O banco central suspendeu todos os levantamentos até março.", "es"),
        ("Belediye başkanı Helin Ostran bağışları zimmetine geçirmekten hüküm giydi.", "de"),
    ],
)
def test_a_sentence_with_few_short_words_is_known_although_its_like_was_planted(sentence: str, own: str) -> None:
    """Its letters and its script are not the article's because somebody put them in."""
    assert is_in_other_language(sentence, f"{STORIES[own]} {sentence}", own)
    assert is_in_other_language("Мэр осуждена за растрату.", f"{STORIES[own]} Мэр осуждена за растрату.", own)


def test_quotations_titles_and_names_are_borrowed_from_other_languages() -> None:
    """An English song in German news, a Latin name in Japanese."""
    rows = [json.loads(line) for line in (TEXTS / "borrowings.jsonl").read_text(encoding="utf-8").splitlines()]

    assert [
        row["text"]
        for row in rows
        if is_in_other_language(row["text"], f"{STORIES[row['language']]} {row['text']}", row["language"])
    ] == []
    assert len(rows) > 50


def test_the_text_tells_its_language_better_than_a_wrong_tag() -> None:
    """Some systems write their own language into every article."""
    assert not is_in_other_language("Das hat der Kreistag am Dienstag beschlossen.", STORIES["de"], "en")
    assert is_in_other_language("They cost too much, the board said on Tuesday.", STORIES["de"], "en")


@pytest.mark.parametrize("language", ["et", "und"])
def test_a_language_without_known_words_is_told_by_its_script_alone(language: str) -> None:
    """Better nothing than a guess."""
    story = "Vald sulgeb märtsis kaks üheksast liinist, otsustas volikogu."

    assert not is_in_other_language("Liinid on liiga kallid, ütles vallavanem.", story, language)
    assert is_in_other_language("Маршруты стоят слишком дорого, говорит глава.", story, language)
