"""How many tokens a text is to a model, estimated from its characters.

Exact tables belong to one model and would have to be downloaded; an estimate only has to be cautious.
"""

_ONE_BYTE = bytes(range(0x80))
_LEAD_OF_TWO = bytes(range(0xC0, 0xE0))
_LEAD_OF_THREE = bytes(range(0xE0, 0xF0))
_LEAD_OF_FOUR = bytes(range(0xF0, 0xF8))

QUARTERS_IN_TOKEN = 4

_QUARTERS = ((_ONE_BYTE, 1), (_LEAD_OF_TWO, 2), (_LEAD_OF_THREE, 4), (_LEAD_OF_FOUR, 8))
_NOT_IN = {group: bytes(set(range(0x100)) - set(group)) for group, _ in _QUARTERS}


def quarters(text: str) -> int:
    """Quarters of a token in ``text``; the sum over the pieces of a text is that of the whole.

    By the length of a character in UTF-8: four ASCII characters to a token (OpenAI's rule of thumb for English), two
    of Latin letters with marks, Greek, Cyrillic, Hebrew and Arabic, one of everything else, Chinese, Japanese, Korean
    and Thai among it. Newer models need fewer.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    return sum(weight * len(encoded.translate(None, _NOT_IN[group])) for group, weight in _QUARTERS)


def estimate_tokens(text: str) -> int:
    """Tokens of ``text``, rounded up."""
    return -(-quarters(text) // QUARTERS_IN_TOKEN)
