"""Draft + Article -> findings: each module one kind of check, each check a pure function.

The map, from the outside in:

check_draft.py        all checks of a draft: the only module that writers' callers need
evidence.py           for each sentence of a draft, the paragraphs that support it

numbers.py            number, money, percentage   each figure stands in the article, by value and unit
dates.py              date                        each date and weekday does
names.py              name                        each name does
quotations.py         quotation                   quoted words are the article's own
figure_pairs.py       number_noun, date           a figure counts, and on a date happens, what the article says
name_pairs.py         name_role                   a person is, did and said what the article says
negation.py           negation                    nothing is denied, or turned round, that the article says
certainty.py          certainty                   a hedge is not lost, nor a part told as the whole
attribution.py        attribution                 what somebody claims stays theirs
claims.py             claim                       nothing comes from nowhere
leaks.py              instruction                 no address, code, order or talk about the text itself
limits.py             limits, headline, avoid     the house style

comparison.py         the draft laid beside its article: what every check takes
source.py             what the article supports
support.py            which of its sentences a sentence of the draft goes back to
neighbours.py         what stands near a figure or a name, and how like two such places are
passages.py           one sentence taken apart: words, figures, dates, clauses
lexicon/              which English words may stand for one another

capitals.py, people.py, nations.py, durations.py, rounding.py, scopes.py   what a check knows of its matter
*_words.py, negators.py                                                    the English words it goes by
"""
