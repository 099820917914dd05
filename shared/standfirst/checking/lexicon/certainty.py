"""English words by how sure, and how much of a thing, they say something is."""

from standfirst.text.word_lists import whole_words

MAY = r"may(?<!\d May)(?<!\d MAY)(?! \d)"
"""The verb, and not the month."""

HEDGES = whole_words(
    """
    might possible possibly possibility perhaps probable probably likely hope hopes hoped hoping propos+
    consider* appear* seem* suggest* believ+ thought think* suspect* alleg+ if unless potential* reported reportedly
    understood doubt* unclear not_certain threaten* risk* fear* apparent* sign_of signs_of indicat+ tend tends
    in_part
    """,
    rf"could(?! not)|{MAY}",
)
"""What makes a sentence of the article less than certain."""

DOUBTS = whole_words(
    """
    may might could would likely expect* probably possible possibly perhaps believ+ thought suspect* alleg+ suggest*
    appear* seem* hope hopes hoped hoping should
    """
)
"""What keeps a strong word of the draft from being outright."""

STRONG = whole_words(
    """
    will has_to have_to must proved proven proves confirmed confirms showed_that shows_that shown_that demonstrated
    demonstrates convinced certain certainly definite definitely clear clearly guarantee guarantees guaranteed
    require requires required caused established determined undoubtedly obliged sure going_to
    """
)
"""What says a thing outright."""

PARTS = whole_words(
    """
    some most many several few part partly partially nearly almost mainly mostly largely one_of_the among_the half
    a_number_of in_part about around often sometimes usually generally majority not_all at_least
    """
)
"""What says a thing of a part only."""

WHOLES = whole_words(
    """
    all every entire entirely whole full fully complete completely always never none unanimous unanimously only
    the_most the_least the_only
    """,
    r"the \w{2,}est",
)
"""What says a thing of the whole, or of one before all others."""
