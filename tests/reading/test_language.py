"""Which language an article is said to be in."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.reading.language import detect_language, normalize_tag

Read = Callable[..., Article]

SENTENCES = {
    "en": "The council voted on Tuesday to keep the swimming pool open through the winter, the mayor said.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, das Bad im Winter offen zu halten, sagte die Bürgermeisterin.",
    "fr": "Le conseil municipal a décidé mardi de garder la piscine ouverte pendant l'hiver, a indiqué la maire.",
    "es": "El ayuntamiento decidió el martes mantener abierta la piscina durante el invierno, dijo la alcaldesa.",
    "pt": "A câmara municipal decidiu na terça-feira manter a piscina aberta durante o inverno, disse a prefeita.",
    "it": "Il consiglio comunale ha deciso martedì di tenere aperta la piscina durante l'inverno, ha detto la sindaca.",
    "nl": "De gemeenteraad heeft dinsdag besloten het zwembad in de winter open te houden, zei de burgemeester.",
    "sv": "Kommunfullmäktige beslutade på tisdagen att hålla simhallen öppen under vintern, sade borgmästaren.",
    "ar": "قرر مجلس المدينة يوم الثلاثاء إبقاء المسبح مفتوحا طوال فصل الشتاء، وفقا لما قالته رئيسة البلدية.",
    "zh": "市议会星期二决定冬季继续开放游泳池。市长表示，资金来自道路预算。居民们对这一决定感到高兴，收集了签名。",
    "ja": "市議会は火曜日、冬の間もプールを開けておくことを決めた。市長によると、費用は道路予算から出されるという。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_an_undeclared_language_is_detected(read: Read, language: str, sentence: str) -> None:
    """A sentence is enough."""
    assert read(sentence).language == language


def test_a_text_without_letters_is_undetermined() -> None:
    """Nobody is told a language that nobody knows."""
    assert detect_language("12.50 17.20 99.10 1.234") == "und"


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("EN_gb", "en-GB"),
        (" pt-br ", "pt-BR"),
        ("ZH-hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de", "de"),
        ("english!!", None),
        ("english", None),
        ("und", None),
        ("", None),
        (None, None),
    ],
    ids=str,
)
def test_a_declared_tag_is_written_as_the_standard_writes_it(declared: str | None, tag: str | None) -> None:
    """What is no tag counts as not declared."""
    assert normalize_tag(declared) == tag


def test_a_declaration_that_is_no_tag_gives_way_to_the_text(read: Read) -> None:
    """A newsroom rather has the summary than an error about a tag."""
    assert read(SENTENCES["de"], language="german!!").language == "de"
