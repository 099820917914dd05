"""The English words that deny."""

from standfirst.text.word_lists import word_set

NEGATORS = word_set(
    """
    not no never nor neither none nobody nothing without cannot can't won't don't doesn't didn't isn't aren't wasn't
    weren't hasn't haven't hadn't couldn't wouldn't shouldn't mustn't needn't ain't nowhere hardly barely scarcely
    """
)
"""Words that deny what they stand before, wherever they stand."""

DENYING = word_set(
    """
    fail failed fails failing failure refuse refused refuses refusing refusal decline declined declines declining
    deny denied denies denying denial reject rejected rejects rejecting rejection rule ruled unable lack lacks
    lacked lacking absence absent avoid avoided avoids avoiding prevent prevented prevents preventing stop stopped
    stops stopping block blocked blocks ban banned bans banning barred oppose opposed opposes opposing dismiss
    dismissed dismisses dismissing doubt doubted doubts halt halted abandon abandoned scrap scrapped cancel
    cancelled canceled drop dropped dispute disputed disputes dispel unlikely impossible unclear yet rather instead
    short free exempt miss missed few little less need needs needed await awaits awaiting pending remain remains still
    want wants wanted ask asks asked
    """
)
"""Verbs and others that may stand where another writer has "not"."""

_FAILING = word_set("fail failed fails failing")


def is_negator(word: str) -> bool:
    """Whether ``word`` (lower case, straight apostrophe) is a negator, or "fail", which says as much."""
    return word in NEGATORS or word in _FAILING
