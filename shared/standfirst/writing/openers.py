"""Words of some languages that tell whether a sentence can be read without the one before it.

Closed classes only (pronouns, connectives), so the lists stay short. A language that is not listed is not judged.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Openers(NamedTuple):
    """``leaning``: a first word that points back. ``speaking``: words of somebody who says "I", "we" or "you"."""

    leaning: frozenset[str]
    speaking: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
            "lui lei loro egli ella suo sua suoi sue questo questa questi queste ma e o però inoltre anche poi "
            "quindi così"
        ),
        _words("io noi mio mia nostro nostra tu voi vostro"),
    ),
    "pt": Openers(
        _words(
            "ele ela eles elas seu sua seus suas este esta isto esse essa isso mas e ou porém também então depois assim"
        ),
        _words("eu nós meu minha nosso nossa você vocês"),
    ),
    "nl": Openers(
        _words(
            "hij zij ze het zijn haar hun dit dat deze die maar en of ook toch daarna echter bovendien dus daar hier"
        ),
        _words("ik wij we mijn ons onze jij je jullie u uw"),
    ),
    "tr": Openers(
        _words("o onlar onun bu şu bunlar ama fakat ancak ve veya ayrıca sonra böylece yine de"),
        _words("ben biz benim bizim sen siz"),
    ),
    "ru": Openers(
        _words("он она оно они его её ее их ему ей это этот эта эти но а и или однако также затем потом поэтому при"),
        _words("я мы мой моя наш наша ты вы ваш"),
    ),
    "ar": Openers(
        _words(
            "هو هي هم هذا هذه ذلك تلك لكن ولكن كما ثم وقال وقالت وأضاف وأضافت وأوضح وأكد وأشار وتابع وهو وهي وكان "
            "وكانت ومع وفي"
        ),
        _words("أنا نحن أنت أنتم"),
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
