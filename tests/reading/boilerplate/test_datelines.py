"""Datelines of agencies: where and by whom a report was filed, in front of its first sentence."""

import pytest

from standfirst.reading.boilerplate.datelines import has_dateline, without_marks

ENGLISH = "The ferry will sail again from June, its owner said on Tuesday."
GERMAN = "Die Fähre fährt ab Juni wieder, teilte die Reederei am Dienstag mit."
FRENCH = "Le ferry reprendra la mer en juin, a annoncé mardi l’armateur."
SPANISH = "El ferri volverá a zarpar en junio, anunció el martes la naviera."
PORTUGUESE = "O ferry volta a navegar em junho, anunciou o armador na terça-feira."
DUTCH = "De veerboot vaart vanaf juni weer, zei de rederij dinsdag."
POLISH = "Prom znów popłynie od czerwca, poinformował we wtorek armator."
TURKISH = "Feribot hazirandan itibaren yeniden sefere çıkacak, dedi şirket."


@pytest.mark.parametrize(
    ("dateline", "report"),
    [
        ("Sandhope/Dunmere (dpa) - ", GERMAN),
        ("Bad Sandhope/Dunmere (dpa) - ", GERMAN),
        ("Sandhope/Dunmere am See (dpa/lni) – ", GERMAN),
        ("Neu Sandhope/Ober Dunmere/Sarn (dpa) _ ", GERMAN),
        ("SANDHOPE (AP) _ ", ENGLISH),
        ("SANDHOPE (AP)_ ", ENGLISH),
        ("PORT SANDHOPE, Merrow (AP) _ ", ENGLISH),
        ("PORT SANDHOPE _ ", ENGLISH),
        ("SANDHOPE (AP)—", ENGLISH),
        ("SANDHOPE (AP) ― ", ENGLISH),
        ("SANDHOPE/SARN, May 5 (Reuters) - ", ENGLISH),
        ("Port Sandhope/Sarn (AFP) — ", FRENCH),
        ("San Sandhope/Puerto Sarn (EFE).- ", SPANISH),
        ("Porto de Sandhope/Sarn (Lusa) - ", PORTUGUESE),
        ("PORT SANDHOPE/SARN (ANP) - ", DUTCH),
        ("Nowy Sandhope/Sarn (PAP) – ", POLISH),
        ("Yeni Sandhope/Sarn (AA) - ", TURKISH),
    ],
)
def test_a_dateline_goes_whatever_dash_stands_behind_it(dateline: str, report: str) -> None:
    """Of one place or several, in capitals or not."""
    assert without_marks([f"{dateline}{report}", ENGLISH])[0] == report


@pytest.mark.parametrize(
    "text",
    [
        "Mary Dell (captain) - the best of all, they say - agreed.",
        "FC Sandhope (Bezirksliga) - das war einmal ein großer Name.",
        "CEO/Chairman (acting) - the role is new - is Ann Hollis.",
        "She said (and meant it) _ no.",
        "Anna (5) und Peter (7) – beide waren zu Hause.",
    ],
)
def test_a_name_with_something_in_brackets_is_none(text: str) -> None:
    """Behind it the sentence goes on in a small letter."""
    assert without_marks([text, ENGLISH])[0] == text
    assert not has_dateline(text)
