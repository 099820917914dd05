"""Words of some languages that tell whether a sentence can be read without the one before it.

Closed classes only (pronouns, connectives), so the lists stay short. A language that is not listed is not judged.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Openers(NamedTuple):
    """``leaning``: a first word that points back. ``speaking``: words of somebody who says "I", "we" or "you".

    ``joined``: a connective written as one with the first word, except where the word begins so by itself.
    """

    leaning: frozenset[str]
    speaking: frozenset[str] = frozenset()
    joined: tuple[str, ...] = ()
    not_joined: tuple[str, ...] = ()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NORWEGIAN = Openers(
    _words(
        "det den de dem dens dets deres han hun hans hennes ham henne dette denne disse slik slike "
        "men og eller også dog "
        "derimot derfor dermed dessuten siden så der her samtidig likevel imidlertid ho hans hennar dei deira desse "
        "difor dessutan likevel"
    ),
    _words("jeg eg vi meg oss min mitt mine mi vår vårt våre du deg din ditt dine dere"),
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
    ),
    "de": Openers(
        _words(
            "er sie es ihm ihr ihre sein seine dies diese dieser dieses das dabei damit dazu deshalb darum daher "
            "aber doch und oder jedoch auch dann zudem außerdem allerdings dennoch trotzdem somit so hier dort später"
        ),
        _words("ich wir mich mir uns mein meine unser unsere du dich dir dein deine euch euer"),
    ),
    "fr": Openers(
        _words(
            "il elle ils elles lui leur leurs son sa ses ce cet cette ces cela ceci c'est mais et ou donc or ainsi "
            "cependant toutefois pourtant puis ensuite aussi alors enfin néanmoins là"
        ),
        _words("je j'ai nous vous mon ma mes notre nos votre vos tu"),
    ),
    "es": Openers(
        _words(
            "él ella ellos ellas su sus este esta esto estos estas ese esa eso esos esas pero y o sin además también "
            "entonces luego así aunque embargo por allí aquí"
        ),
        _words("yo nosotros nosotras mi mis nuestro nuestra tú usted ustedes vosotros"),
    ),
    "it": Openers(
        _words(
            "lui lei loro egli ella suo sua suoi sue essi esso essa ciò questo questa questi queste "
            "quello quella quelli "
            "quelle tale tali ma e ed o però inoltre anche poi quindi così tuttavia infine intanto "
            "dunque perciò invece lì"
        ),
        _words("io noi mio mia nostro nostra tu voi vostro"),
    ),
    "pt": Openers(
        _words(
            "ele ela eles elas seu sua seus suas este esta estes estas isto esse essa esses essas isso aquele aquela "
            "aquilo nele nela mas e ou porém contudo todavia também então depois assim além "
            "entretanto portanto ali aí lá"
        ),
        _words("eu nós meu minha nosso nossa você vocês"),
    ),
    "nl": Openers(
        _words(
            "hij zij ze het zijn haar hun dit dat deze die maar en of ook toch daarna echter bovendien dus daar hier "
            "daarom daarbij daarmee daardoor daarvoor hierdoor hiermee toen vervolgens verder wel zo"
        ),
        _words("ik wij we mijn ons onze jij je jullie u uw"),
    ),
    "tr": Openers(
        _words(
            "o onlar onun onların ona onu bu şu bunlar bunun buna bunu böyle öte oysa ama fakat "
            "ancak ve veya ya ayrıca "
            "sonra böylece yine de öyle dolayısıyla bununla burada orada"
        ),
        _words("ben biz benim bizim sen siz"),
    ),
    "ru": Openers(
        _words(
            "он она оно они его её ее их ему ей им это этот эта эти этого этому этим тот та те такой такая такие там "
            "тогда тут здесь но а и или однако также затем потом поэтому при кроме вместе впрочем между"
        ),
        _words("я мы мой моя наш наша ты вы ваш"),
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
            "det den de dem dess deras han hon hans hennes honom henne detta denna dessa sådan sådana men och eller "
            "också dock däremot därför därmed dessutom sedan då där här så även ändå samtidigt tidigare"
        ),
        _words("jag vi mig oss min mitt mina vår vårt våra du dig din ditt dina ni er"),
    ),
    "da": Openers(
        _words(
            "det den de dem dens dets deres han hun hans hendes ham hende dette denne disse sådan "
            "men og eller også dog "
            "derimod derfor dermed desuden siden så der her samtidig endvidere imidlertid alligevel"
        ),
        _words("jeg vi mig os min mit mine vores du dig din dit dine"),
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
    ),
    "pl": Openers(
        _words(
            "on ona ono oni one jego jej ich jemu mu im to ten ta te ci tego tej tych temu tym taki taka takie ale i a "
            "oraz lub jednak też także również ponadto potem następnie dlatego więc natomiast zatem "
            "tam tu wtedy tymczasem"
        ),
        _words("ja my mój moja moje nas nam nasz nasza nasze ty wy wasz wasza"),
    ),
    "uk": Openers(
        _words(
            "він вона воно вони його її їх їхній їхня йому їй їм це цей ця ці цього той та ті такий "
            "така такі там тоді тут "
            "але а і й або проте однак також потім тому крім водночас утім втім"
        ),
        _words("я ми мій моя мої наш наша наші ти ви ваш ваша"),
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
