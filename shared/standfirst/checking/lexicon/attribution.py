"""English words that mark what a sentence says as somebody's."""

from standfirst.text.word_lists import whole_words

CLAIMS = whole_words(
    """
    claim claims claimed claiming allege alleges alleged alleging allegedly allegation allegations accuse accuses
    accused accusing accusation accusations believe believes believed believing estimate estimates
    estimating argue argues argued arguing insist insists insisted insisting suspects suspected suspecting blame_
    blames_ blamed_ blaming_ suggest suggests suggested suggesting maintain_that maintains_that maintained_that
    contend contends contended assert asserts asserted called reckon
    reckons reckoned in_his_view in_her_view in_their_view denounce denounces
    denounced apparently reportedly purported purportedly testify testifies testified
    """,
    r"estimated(?<!\ban estimated)",
)
"""What marks a sentence of the article as a claim that others may dispute. After "blame" somebody has to follow."""

PARTISANS = whole_words(
    """
    union campaign* critic critics opposition resident residents farmer farmers charity charities lawyer lawyers analyst
    analysts expert experts economist economists activist activists neighbor* neighbour* witness witnesses rival rivals
    owner owners coach captain landlord landlords trader traders shopkeeper* group groups association league opponent*
    supporter supporters parent parents worker workers driver drivers passenger passengers defence defense prosecut*
    former dealer dealers broker brokers consumer conservation* protester protesters families relatives exporters
    organiser* organizer* chamber industry federation counsel argu+
    """
)
"""Who speaks for a side, and not for the record: what they say stays theirs."""

TELLING = whole_words(
    """
    said say says told add adds added complain* warn* fear* think thinks maintain* called insist* claim*
    """
)
"""What makes a sentence of the article what they say."""

SAYINGS = whole_words(
    """
    said say says saying hear hears heard told tell tells adds added adding state states stated stating announce
    announces announced announcing report reports reported reporting reportedly wrote write writes explains
    explained tweeted posted put_it put_the puts_it puts_the acknowledg+ admit* conced+ promis+ pledg+ vow* confirm*
    reveal* conclud+ find finds finding findings found show shows showed shown note notes noted noting statement
    spokes+ data figures study survey research* urg+ suspect suspects speculat* speak_of speaks_of spoke_of warn*
    accord* think* thought describ* fear* demand* call_for calls_for called_for calling_for agree* disput+ reject*
    expect* forecast* predict* question* doubt* hope* promot+ calculat+ reckoning account see sees consider*
    points_to points_out pointed_to pointed_out pointing_to pointing_out cite cites cited citing voic+ view critic*
    supporters opponents campaigners rule_out rules_out ruled_out ruling_out complain*
    appeal* fault* oppos* back backs backed
    """
)
"""What tells the reader of a draft that somebody says, finds or thinks it."""
