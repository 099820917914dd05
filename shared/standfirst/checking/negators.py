"""The words that deny what follows, and those that hedge it."""

NEGATORS = frozenset(
    (
        "not no never nor neither none nobody nothing without cannot can't won't don't doesn't didn't isn't aren't wasn't "
        "weren't hasn't haven't hadn't couldn't wouldn't shouldn't mustn't needn't ain't nowhere hardly barely scarcely"
    ).split()
)
"""Words that deny what they stand before, wherever they stand."""

DENYING = frozenset(
    (
        "fail failed fails failing failure refuse refused refuses refusing refusal decline declined declines declining "
        "deny denied denies denying denial reject rejected rejects rejecting rejection rule ruled unable lack lacks lacked "
        "lacking lack-of absence absent avoid avoided avoids avoiding prevent prevented prevents preventing stop stopped "
        "stops stopping block blocked blocks ban banned bans banning barred oppose opposed opposes opposing dismiss "
        "dismissed dismisses doubt doubted doubts halt halted abandon abandoned scrap scrapped cancel cancelled canceled "
        "drop dropped dispute disputed disputes dispel dismissing unlikely impossible unclear yet rather instead short free "
        "exempt miss missed few little less"
    ).split()
)
"""Verbs and others that may stand where another writer has "not"."""


def is_negator(word: str) -> bool:
    """Whether ``word`` (lower case, straight apostrophe) denies, by itself or as a verb that says as much."""
    return word in NEGATORS or word in {"fail", "failed", "fails", "failing"}
