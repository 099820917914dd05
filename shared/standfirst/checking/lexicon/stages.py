"""English words by how far a matter has come, at law and in a decision."""

import re

from standfirst.text.word_lists import any_of, whole_words, word_set

Rung = tuple[re.Pattern[str] | None, re.Pattern[str]]
"""How a draft says that a stage has been reached, none for the first, and what of an article shows it."""

STAGES: tuple[tuple[Rung, ...], ...] = (
    (
        (None, whole_words("accus* investigat* suspect* alleg* warrant wanted inquiry probe police prosecut* court")),
        (
            whole_words("arrested detained"),
            whole_words(
                "arrest* detain* custody held caught captured handcuff* apprehend* jail* seiz* nabbed bail cell"
            ),
        ),
        (
            whole_words("charged indicted"),
            whole_words(
                """
                charg* indict* count counts plead* pled trial tried prosecuted arraign* sentenc* convict* guilty
                """
            ),
        ),
        (
            whole_words("convicted found_guilty"),
            whole_words("convict* guilty verdict sentenc* jailed imprison* plead* pled admit*"),
        ),
        (
            whole_words("sentenced jailed"),
            whole_words("sentenc* jail* imprison* prison_term life_term behind_bars"),
        ),
    ),
    (
        (None, whole_words("recommend* propos* consider* bill plan plans draft vote* decide* urge*")),
        (
            whole_words("approved ratified"),
            whole_words(
                """
                approv* adopt* ratif* pass passed passes back* agree* sign* endors* authori* grant* clear* green
                accept* voted
                """
            ),
        ),
    ),
)
"""Each ladder from its lowest rung."""

_NOT_YET = any_of(
    """
    no no_one nobody none not never nor without if unless whether may might could would will should can to be warrant
    deny denies denied face faces facing possible potential bid plan plans expected hope hopes set due until before yet
    likely call calls called seek seeks seeking want wants demand demands demanded
    """
)
NOT_YET = re.compile(rf"\b(?:{_NOT_YET})\b|n['’]t\b", re.IGNORECASE)
"""What before a word keeps it from having happened."""

IS_PLANNED = re.compile(
    r"\b(?:plan|plans|planned|planning|hopes?|hoping|intends?|wants?|seeks?|aims?|proposes?|proposed|bid|considering|"
    r"expects|expected|due|set)(?: to| for)?(?: be)?\s$",
    re.IGNORECASE,
)
"""What right before a verb makes it a plan."""

NO_VERB_AFTER = word_set(
    "is are was were be been being a an the his her its their had by not of in for and or as on at with"
)
"""What right before a word in "-ed" makes it no verb in the past of its own."""
