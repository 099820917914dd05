"""Words of some languages that tell whether a sentence can be read without the one before it.

Closed classes only (pronouns, connectives), so the lists stay short. A language that is not listed is not judged.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Openers(NamedTuple):
    """``leaning``: a first word that points back. ``speaking``: words of somebody who says "I", "we" or "you".

    ``joined``: a connective written as one with the first word, except where the word begins so by itself.
    ``people``: he, she and they; ``owners``: his, him and so on. ``adverbial``: first words of where and when.
    ``answers``: yes and no. ``phrases``: several words that point back.
    """

    leaning: frozenset[str]
    speaking: frozenset[str] = frozenset()
    joined: tuple[str, ...] = ()
    not_joined: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    adverbial: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NORWEGIAN = Openers(
    _words(
        "det dem dens dets deres han hun hans hennes ham henne dette denne disse slik slike "
        "men og eller også dog "
        "derimot derfor dermed dessuten siden så der her samtidig likevel imidlertid ho hans hennar deira desse "
        "difor dessutan likevel"
    ),
    _words("jeg eg vi meg oss min mitt mine mi vår vårt våre du deg din ditt dine dere"),
    people=_words("han hun ho"),
    owners=_words("ham henne hans hennes hennar deres deira"),
    adverbial=_words(
        "på i ved etter før siden sidan under fra frå for hver hvert kvar kvart forrige neste tirsdag mandag "
        "onsdag torsdag fredag lørdag søndag da når mens senere ofte med om til ifølge"
    ),
    answers=_words("nei ja"),
    phrases=(
        "for eksempel",
        "i stedet",
        "av den grunn",
        "på den andre siden",
        "den tredje,",
    ),
)

# Words with which news sentences begin and whose first letter is their own, not "and" or "so".
_ARABIC_ROOTS = tuple(
    sorted(
        _words(
            "وزير وزار وزرا وكيل وكال وفد وفود وفاة وافق وقع وقف وقّع وقت وصل وصول وصف وضع واشنطن والد والدة واحد "
            "واحة واجه واصل وثيق وثائق وحدة وحدات وسط وسائل وسيل وسيط وساط وعد وعود وعي ورش ورق وجه وجد وجود وزع "
            "ولاية ولايات ولي ولد ولادة وطن وباء وقود وظائف وظيف ودع ودائع وديع ودّع وداع وارسو وادي وليد وائل "
            "وسام وردة وجبة ولدت وثب في فاز فوز فتح فتاة فقد فقدان فرض فرنس فريق فرق فشل فصل فلسطين فنان فنزويلا "
            "فنلند فيروس فيضان فيينا فيلم فعال فعالي فجر فحص فرد فرص فرع فساد فصائل فضائ فضيح فكر فندق فوض فورد "
            "فيتنام فيزا فئة فئات فاطم فادي فارس فؤاد فاق فاجأ فاتور فترة فتى فتي فضل فض فهد فواز فيصل فيل فلك "
            "فلاديمير فلاح فلوريد فن فورم"
        )
    )
)

SPACED: Mapping[str, Openers] = {
    "en": Openers(
        _words(
            "he she it they them him her his hers its their this that these those there here such both neither but "
            "however and or so yet nor also then meanwhile moreover furthermore instead nevertheless nonetheless still "
            "thus therefore hence though additionally elsewhere afterwards later indeed besides he's she's it's they're"
        ),
        _words("i i'm i've i'd i'll we we're we've we'll my our us me you your you're you'll you've"),
        people=_words("he she they"),
        owners=_words("him her them his hers its their theirs"),
        adverbial=_words(
            "on in at by for from after before during since until every each last next this yesterday today "
            "tomorrow when while as if although though because once despite without within earlier later then "
            "now soon again two three four five six ten years months days hours moments minutes shortly "
            "eventually finally recently meanwhile afterwards sometimes often"
        ),
        answers=_words("no yes"),
        phrases=(
            "in fact",
            "as a result",
            "for example",
            "for instance",
            "in addition",
            "on the other hand",
            "at the same time",
            "in other words",
            "of course",
            "by contrast",
            "in contrast",
            "in turn",
            "in it",
            "in them",
            "the third,",
            "the second,",
            "the first,",
            "the other,",
            "the latter",
            "the former,",
            "as a consequence",
            "after that",
            "because of this",
        ),
    ),
    "de": Openers(
        _words(
            "er sie es ihm ihr ihre sein seine dies diese dieser dieses dabei damit dazu deshalb darum daher "
            "aber doch und oder jedoch auch dann zudem außerdem allerdings dennoch trotzdem somit so hier dort später"
        ),
        _words("ich wir mich mir uns mein meine unser unsere du dich dir dein deine euch euer"),
        people=_words("er sie"),
        owners=_words("ihn ihm ihnen ihr ihre ihrem ihren ihrer sein seine seinem seinen seiner"),
        adverbial=_words(
            "am an auf aus bei für im in ins mit nach noch seit um unter vom von vor während zu zum zur jeden "
            "jede jedes letzte letzten nächste gestern heute morgen als wenn weil obwohl bevor nachdem später "
            "zuletzt schließlich inzwischen manchmal oft kurz zwei drei vier"
        ),
        answers=_words("nein ja"),
        phrases=(
            "zum beispiel",
            "im gegenteil",
            "darüber hinaus",
            "aus diesem grund",
            "in der tat",
            "im gegensatz dazu",
            "auf der anderen seite",
            "unter anderem",
            "der dritte,",
            "die dritte,",
            "das dritte,",
        ),
    ),
    "fr": Openers(
        _words(
            "il elle ils elles lui leur leurs son sa ses ce cet cette ces cela ceci c'est mais et ou donc or ainsi "
            "cependant toutefois pourtant puis ensuite aussi alors enfin néanmoins là"
        ),
        _words("je j'ai nous vous mon ma mes notre nos votre vos tu"),
        people=_words("il elle ils elles"),
        owners=_words("lui leur leurs son sa ses"),
        adverbial=_words(
            "à au aux après avant chaque dans de depuis dès durant en hier aujourd'hui demain lundi mardi "
            "mercredi jeudi vendredi samedi dimanche lors pendant pour quand lorsque selon sur parfois souvent "
            "puis le la les l'an"
        ),
        answers=_words("non oui"),
        phrases=(
            "par exemple",
            "en effet",
            "de plus",
            "par conséquent",
            "en revanche",
            "d'ailleurs",
            "de son côté",
            "au contraire",
            "à l'inverse",
            "pour autant",
            "en outre",
            "le troisième,",
            "la troisième,",
        ),
    ),
    "es": Openers(
        _words(
            "él ella ellos ellas su sus este esta esto estos estas ese esa eso esos esas pero y o sin además también "
            "entonces luego así aunque embargo por allí aquí"
        ),
        _words("yo nosotros nosotras mi mis nuestro nuestra tú usted ustedes vosotros"),
        people=_words("él ella ellos ellas"),
        owners=_words("su sus"),
        adverbial=_words(
            "a al cada con cuando de desde después antes durante en entre hace hasta hoy ayer mañana para por "
            "según tras el lunes la los las"
        ),
        answers=_words("no sí"),
        phrases=(
            "por ejemplo",
            "sin embargo",
            "en cambio",
            "de hecho",
            "por eso",
            "por su parte",
            "por el contrario",
            "en consecuencia",
            "a su vez",
            "el tercero,",
            "la tercera,",
        ),
    ),
    "it": Openers(
        _words(
            "lui lei loro egli ella suo sua suoi sue essi esso essa ciò questo questa questi queste "
            "quello quella quelli "
            "quelle tale tali ma e ed o però inoltre anche poi quindi così tuttavia infine intanto "
            "dunque perciò invece lì"
        ),
        _words("io noi mio mia nostro nostra tu voi vostro"),
        people=_words("lui lei egli ella"),
        owners=_words("loro suo sua suoi sue"),
        adverbial=_words(
            "a al alla ogni con da dal dopo prima durante in nel nella ieri oggi domani lunedì martedì "
            "mercoledì giovedì venerdì sabato domenica per quando secondo su tra fra"
        ),
        answers=_words("no sì"),
        phrases=(
            "per esempio",
            "ad esempio",
            "al contrario",
            "per questo",
            "di conseguenza",
            "a sua volta",
            "il terzo,",
            "la terza,",
        ),
    ),
    "pt": Openers(
        _words(
            "ele ela eles elas seu sua seus suas este esta estes estas isto esse essa esses essas isso aquele aquela "
            "aquilo nele nela mas e ou porém contudo todavia também então depois assim além "
            "entretanto portanto ali aí lá"
        ),
        _words("eu nós meu minha nosso nossa você vocês"),
        people=_words("ele ela eles elas"),
        owners=_words("seu sua seus suas"),
        adverbial=_words(
            "a ao à cada com de desde depois antes durante em no na nos nas ontem hoje amanhã para por quando "
            "segundo sobre após"
        ),
        answers=_words("não sim"),
        phrases=(
            "por exemplo",
            "no entanto",
            "por isso",
            "por outro lado",
            "pelo contrário",
            "de facto",
            "de fato",
            "por sua vez",
            "o terceiro,",
            "a terceira,",
        ),
    ),
    "nl": Openers(
        _words(
            "hij zij ze zijn haar hun dit dat deze die maar en of ook toch daarna echter bovendien dus daar hier "
            "daarom daarbij daarmee daardoor daarvoor hierdoor hiermee toen vervolgens verder wel zo"
        ),
        _words("ik wij we mijn ons onze jij je jullie u uw"),
        people=_words("hij zij ze"),
        owners=_words("hem haar hen hun"),
        adverbial=_words(
            "op in aan bij na naar sinds voor van tijdens tot elke elk iedere ieder vorige volgende gisteren "
            "vandaag morgen toen als wanneer omdat hoewel later daarna soms vaak met om"
        ),
        answers=_words("nee ja"),
        phrases=(
            "in feite",
            "in plaats daarvan",
            "om die reden",
            "aan de andere kant",
            "onder meer",
            "op zijn beurt",
            "de derde,",
        ),
    ),
    "tr": Openers(
        _words(
            "o onlar onun onların ona onu bu şu bunlar bunun buna bunu böyle öte oysa ama fakat "
            "ancak ve veya ya ayrıca "
            "sonra böylece yine de öyle dolayısıyla bununla burada orada"
        ),
        _words("ben biz benim bizim sen siz"),
        people=_words("o onlar"),
        owners=_words("onun onların ona onu"),
        adverbial=_words(
            "dün bugün yarın her pazartesi salı çarşamba perşembe cuma cumartesi pazar sonra önce geçen gelecek"
        ),
        answers=_words("hayır evet"),
        phrases=(
            "örneğin",
            "buna karşın",
            "bunun üzerine",
            "bu nedenle",
        ),
    ),
    "ru": Openers(
        _words(
            "он она оно они его её ее их ему ей им это этот эта эти этого этому этим тот та те такой такая такие там "
            "тогда тут здесь но а и или однако также затем потом поэтому при кроме вместе впрочем между"
        ),
        _words("я мы мой моя наш наша ты вы ваш"),
        people=_words("он она они"),
        owners=_words("его её ее их ему ей им"),
        adverbial=_words(
            "в во на по после перед до с со за каждый каждое каждую вчера сегодня завтра когда пока если хотя "
            "потому во-время позже часто потом"
        ),
        answers=_words("нет да"),
        phrases=(
            "в то же время",
            "в результате",
            "кроме того",
            "к тому же",
            "например",
        ),
    ),
    "ar": Openers(
        _words(
            "هو هي هم هما هذا هذه هؤلاء ذلك تلك أولئك لكن لكنه لكنها كما ثم أيضا كذلك هناك هنا إلا لذلك لذا بينما فيما"
        ),
        _words("أنا نحن أنت أنتم"),
        joined=("و", "ف"),
        not_joined=_ARABIC_ROOTS,
    ),
    "sv": Openers(
        _words(
            "det dem dess deras han hon hans hennes honom henne detta denna dessa sådan sådana men och eller "
            "också dock däremot därför därmed dessutom sedan då där här så även ändå samtidigt tidigare"
        ),
        _words("jag vi mig oss min mitt mina vår vårt våra du dig din ditt dina ni er"),
        people=_words("han hon"),
        owners=_words("honom henne hans hennes deras"),
        adverbial=_words(
            "på i vid efter före sedan under från för varje förra nästa igår idag imorgon när medan innan "
            "senare ibland ofta med om till enligt"
        ),
        answers=_words("nej ja"),
        phrases=(
            "till exempel",
            "i stället",
            "av den anledningen",
            "å andra sidan",
            "den tredje,",
        ),
    ),
    "da": Openers(
        _words(
            "det dem dens dets deres han hun hans hendes ham hende dette denne disse sådan "
            "men og eller også dog "
            "derimod derfor dermed desuden siden så der her samtidig endvidere imidlertid alligevel"
        ),
        _words("jeg vi mig os min mit mine vores du dig din dit dine"),
        people=_words("han hun"),
        owners=_words("ham hende hans hendes deres"),
        adverbial=_words(
            "på i ved efter før siden under fra for hver hvert sidste næste tirsdag mandag onsdag torsdag "
            "fredag lørdag søndag da når mens inden senere ofte med om til ifølge"
        ),
        answers=_words("nej ja"),
        phrases=(
            "for eksempel",
            "i stedet",
            "af den grund",
            "på den anden side",
            "den tredje,",
        ),
    ),
    "no": _NORWEGIAN,
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "fi": Openers(
        _words(
            "hän he se ne hänen heidän sen niiden tämä nämä tuo nuo tämän näiden siitä siinä siellä täällä sitä sille "
            "mutta ja tai myös kuitenkin lisäksi siksi sitten silti näin niin samalla toisaalta joten"
        ),
        _words("minä me minun meidän sinä te sinun teidän"),
        people=_words("hän he"),
        owners=_words("hänen hänet hänelle heidän heidät heille"),
        adverbial=_words(
            "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina joka viime ensi "
            "eilen tänään huomenna kun koska vaikka ennen jälkeen myöhemmin usein"
        ),
        answers=_words("ei kyllä"),
        phrases=(
            "sen sijaan",
            "tästä syystä",
            "niissä",
            "niistä",
            "niihin",
            "siihen",
            "siltä",
            "toisin sanoen",
            "kolmas,",
        ),
    ),
    "pl": Openers(
        _words(
            "on ona ono oni one jego jej ich jemu mu im to ten ta te ci tego tej tych temu tym taki taka takie ale i a "
            "oraz lub jednak też także również ponadto potem następnie dlatego więc natomiast zatem "
            "tam tu wtedy tymczasem"
        ),
        _words("ja my mój moja moje nas nam nasz nasza nasze ty wy wasz wasza"),
        people=_words("on ona oni one"),
        owners=_words("jego jej ich jemu mu im go ją"),
        adverbial=_words(
            "w we na po przed od do za każdego co wczoraj dziś dzisiaj jutro kiedy gdy ponieważ choć podczas "
            "według później często potem"
        ),
        answers=_words("nie tak"),
        phrases=(
            "mimo to",
            "na przykład",
            "w związku z tym",
            "z kolei",
            "poza tym",
            "w ten sposób",
            "trzeci,",
            "trzecia,",
        ),
    ),
    "uk": Openers(
        _words(
            "він вона воно вони його її їх їхній їхня йому їй їм це цей ця ці цього той та ті такий "
            "така такі там тоді тут "
            "але а і й або проте однак також потім тому крім водночас утім втім"
        ),
        _words("я ми мій моя мої наш наша наші ти ви ваш ваша"),
        people=_words("він вона вони"),
        owners=_words("його її їх йому їй їм їхній їхня"),
        adverbial=_words(
            "в у на по після перед до з за кожен кожного щоранку щодня вчора сьогодні завтра коли поки якщо "
            "хоча бо пізніше часто потім"
        ),
        answers=_words("ні так"),
        phrases=(
            "у той же час",
            "у результаті",
            "крім того",
            "до того ж",
            "наприклад",
        ),
    ),
}
"""By the first word of a sentence, in scripts that put spaces between words."""

UNSPACED: Mapping[str, tuple[str, ...]] = {
    "zh": ("他", "她", "它", "这", "那", "但", "然而", "不过", "此外", "而且", "同时", "因此", "所以", "另外", "并且"),
    "ja": (
        "彼",
        "彼女",
        "これ",
        "それ",
        "この",
        "その",
        "しかし",
        "だが",
        "また",
        "さらに",
        "一方",
        "ただ",
        "そして",
        "そのため",
    ),
}
"""Beginnings that point back, in scripts without spaces."""
