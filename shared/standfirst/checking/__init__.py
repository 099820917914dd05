"""Draft + Article -> findings: each module of ``rules`` one kind of check, each check a pure function.

The map, from the outside in:

check_draft.py          all checks of a draft: the only module that writers' callers need
severity.py             which kinds of findings are errors
evidence.py             for each sentence of a draft, the paragraphs that support it
verdicts.py             when a second reader reads a draft, and what its verdicts come to

rules/numbers.py        number, money, percentage   each figure stands in the article, by value and unit
rules/dates.py          date                        each date and weekday does
rules/names.py          name                        each name does
rules/quotations.py     quotation                   quoted words are the article's own
rules/number_noun.py    number_noun                 a figure counts what the article counts by it
rules/crossed.py        number_noun, date           two figures, or two dates, are not exchanged
rules/name_role.py      name_role                   who did it to whom, who is "former", who is "he"
rules/negation.py       negation                    nothing is said that excludes what the article says
rules/certainty.py      certainty                   nothing has come further than the article says
rules/novel_claims.py   claim                       nothing comes from nowhere
rules/leaks.py          instruction                 no address, code, order or talk about the text itself
rules/house_style.py    limits, headline            the house style's lengths
rules/house_words.py    glossary, avoid             its names and words

analysis/comparison.py  the draft laid beside its article: what every check takes
analysis/source.py      what the article supports
analysis/support.py     which of its sentences a sentence of the draft goes back to
analysis/proof.py       whether a second reader's quote stands in the article and is about the sentence
analysis/context.py     what stands near a figure or a name, and how like two such places are
analysis/parties.py     who does what to whom in a sentence
analysis/sentence.py    one sentence taken apart: words, figures, dates, clauses
analysis/...            what a rule knows of its matter: names, measures, arithmetic, rounding
lexicon/                the English words that the rules go by; ``make bench CONSISTENCY=...`` prints what each brings
"""
