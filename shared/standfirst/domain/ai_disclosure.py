"""How much of a text is a trained model's, and the words in which readers are told of it.

Needs the standard library only, so that whoever serves a stored record need not load the models (``domain/served.py``).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

AiDisclosure = Literal["none", "ai-assisted", "ai-generated", "autonomous"]
"""Values of the HTML attribute that the W3C AI Content Disclosure Community Group drafts (WICG proposal 261)."""

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "نص كتبه الذكاء الاصطناعي ولم يراجعه محرر.",
        "cs": "Text napsala umělá inteligence a redakce ho nezkontrolovala.",
        "da": "Skrevet af kunstig intelligens og ikke gennemgået af redaktionen.",
        "de": "Von künstlicher Intelligenz geschrieben und nicht redaktionell geprüft.",
        "en": "Written by artificial intelligence and not reviewed by an editor.",
        "es": "Escrito por inteligencia artificial y no revisado por la redacción.",
        "fi": "Tekoälyn kirjoittama teksti, jota toimitus ei ole tarkistanut.",
        "fr": "Écrit par une intelligence artificielle et non relu par la rédaction.",
        "it": "Scritto dall’intelligenza artificiale e non rivisto dalla redazione.",
        "ja": "人工知能（AI）が作成した文章で、編集者は確認していません。",
        "nl": "Geschreven door kunstmatige intelligentie en niet nagekeken door de redactie.",
        "no": "Skrevet av kunstig intelligens og ikke gjennomgått av redaksjonen.",
        "pl": "Napisane przez sztuczną inteligencję i niesprawdzone przez redakcję.",
        "pt": "Escrito por inteligência artificial, sem revisão da redação.",
        "ru": "Написано искусственным интеллектом и не проверено редакцией.",
        "sv": "Skrivet av artificiell intelligens och inte granskat av redaktionen.",
        "tr": "Yapay zekâ tarafından yazıldı, editör tarafından incelenmedi.",
        "uk": "Написано штучним інтелектом і не перевірено редакцією.",
        "zh": "本段文字由人工智能撰写，未经编辑审核。",
    }
)
"""By language, those of ``safety/lexicon/``. Written for this project: Article 50(4) of Regulation (EU) 2024/1689
gives no wording."""

_SAME: Mapping[str, str] = MappingProxyType({"nb": "no", "nn": "no"})

TRAINED_ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's code for media that a trained model made."""

ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
"""IPTC's code for media that an algorithm made without a trained model."""

COMPOSITE_WITH_TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""IPTC's code for media made in part by a trained model: here, its text with a person's edits."""

HUMAN_EDITS = "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits"
"""IPTC's code for human edits without a trained model: here, of sentences that an algorithm picked."""


def ai_disclosure_of(source_type: str | None, *, approved: bool) -> AiDisclosure:
    """Returns what the code ``source_type`` for how texts were made leaves open: whether a person reviewed them."""
    if source_type == COMPOSITE_WITH_TRAINED:
        return "ai-assisted"
    if source_type != TRAINED_ALGORITHMIC_MEDIA:
        return "none"
    return "ai-generated" if approved else "autonomous"


def label_in(language: str) -> str:
    """Returns the label in a language (BCP 47), in English if there is none."""
    primary = language.partition("-")[0].lower()
    return _LABELS.get(_SAME.get(primary, primary), _LABELS["en"])
