"""English function words by what they do in a clause."""

from standfirst.text.word_lists import word_set

BE = word_set("is are was were be been being get gets got getting gotten isn't aren't wasn't weren't")
"""What makes a participle after it a passive."""

BESIDE_VERB = BE | word_set(
    """
    has have had having will would shall should can could may might must do does did to not never also then later
    already again just now still only reportedly allegedly once twice won't can't didn't hasn't haven't hadn't doesn't
    don't who which that
    """
)
"""What may stand between a subject and its verb."""

RELATIVE = word_set("who which that")

BREAKS = word_set(
    """
    that and but or nor while whereas although though because if unless since when where after before until than who
    whom whose which said says say told tells saying announced added
    """
)
"""What begins another clause."""

PREPOSITIONS = word_set(
    """
    of in on at by for from to with without into onto upon about above below under over between among through during
    against along across around behind beside near outside inside via toward towards amid despite following per off as
    """
)

DETERMINERS = word_set("a an the this that these those his her its their our my your some any each every no another")

PRONOUNS = word_set("i you he she it we they him them me us himself herself itself themselves who whom")
