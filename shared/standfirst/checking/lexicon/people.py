"""English words that stand beside the names of people."""

from standfirst.text.word_lists import word_set

TITLES = word_set(
    """
    mr mrs ms miss dr sir dame lord lady prof professor president prime minister king queen prince princess judge
    justice mayor councillor cllr senator sen governor gov chancellor chief inspector sergeant sgt constable captain
    capt colonel col general gen lieutenant lt major maj commander admiral detective bishop archbishop father rev
    reverend pope cardinal sister brother rabbi imam sheikh ambassador secretary director chairman chairwoman chair
    coach head commissioner doctor
    """
)
"""What stands before a name with a capital, and is no part of it."""

KIN = word_set(
    """
    father mother son daughter brother sister husband wife grandfather grandmother uncle aunt man woman boy girl
    """
)
"""Whom a "he" or "she" after a name may be instead of its bearer."""
