"""English words that stand beside the names of people, and in the names of what is no person."""

from standfirst.text.word_lists import any_of, word_set

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

OCCUPATION = any_of(
    """
    minister director president mayor chief officer spokes+ leader owner founder driver farmer teacher lawyer
    prosecutor judge professor researcher analyst economist manager chair* head secretary inspector sergeant
    commander coach captain player resident dealer expert doctor nurse mediator campaigner activist deputy governor
    commissioner candidate singer author artist engineer executive boss agent aide official member mp councillor
    senator lawmaker pilot trader critic historian scientist archaeologist student worker widow mother father son
    daughter wife husband brother sister neighbour neighbor winner champion striker attorney detective constable
    superintendent principal broker surgeon physicist vet chef juror guard clerk
    """
)
"""What somebody is: the text of a pattern."""

NO_PERSON = word_set(
    """
    trust council river university court party police hospital group association union agency board institute bank
    company museum street road park bridge club school centre center prison league society foundation federation
    committee commission ministry department office service services authority church cathedral airport station
    hotel theatre college academy partners securities holdings limited ltd inc plc corp capital energy motors
    airlines press news times post radio tv award awards cup open festival act bill treaty agreement island islands
    lake mount mountain valley bay sea ocean beach forest hill catering media pictures water foods food rail films
    studios electric gas steel pharma biologics bakery brewery farms stores solutions systems technologies software
    networks logistics shipping lines transport railway trains buses insurance square hall house palace castle
    stadium arena tower building plaza north south east west northern southern eastern western
    """
)
"""What a name with capitals holds when it is that of a place, a firm or an office."""
