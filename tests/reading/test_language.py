"""Which language an article is said to be in."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.reading.language import detect_language, normalize_tag

Read = Callable[..., Article]

SENTENCES = {
    "en": "The council voted on Tuesday to keep the swimming pool open through the winter, the mayor said.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, das Bad im Winter offen zu halten, sagte die Bürgermeisterin.",
    "fr": "Le conseil municipal a décidé mardi de garder la piscine ouverte pendant l'hiver, a indiqué la maire.",
    "es": "El ayuntamiento decidió el martes mantener abierta la piscina durante el invierno, dijo la alcaldesa.",
    "pt": "A câmara municipal decidiu na terça-feira manter a piscina aberta durante o inverno, disse a prefeita.",
    "it": "Il consiglio comunale ha deciso martedì di tenere aperta la piscina durante l'inverno, ha detto la sindaca.",
    "nl": "De gemeenteraad heeft dinsdag besloten het zwembad in de winter open te houden, zei de burgemeester.",
    "sv": "Kommunfullmäktige beslutade på tisdagen att hålla simhallen öppen under vintern, sade borgmästaren.",
    "ar": "قرر مجلس المدينة يوم الثلاثاء إبقاء المسبح مفتوحا طوال فصل الشتاء، وفقا لما قالته رئيسة البلدية.",
    "zh": "市议会星期二决定冬季继续开放游泳池。市长表示，资金来自道路预算。居民们对这一决定感到高兴，收集了签名。",
    "ja": "市議会は火曜日、冬の間もプールを開けておくことを決めた。市長によると、費用は道路予算から出されるという。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_an_undeclared_language_is_detected(read: Read, language: str, sentence: str) -> None:
    """A sentence is enough."""
    assert read(sentence).language == language


def test_a_text_without_letters_is_undetermined() -> None:
    """Nobody is told a language that nobody knows."""
    assert detect_language("12.50 17.20 99.10 1.234") == "und"


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("EN_gb", "en-GB"),
        (" pt-br ", "pt-BR"),
        ("ZH-hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de", "de"),
        ("english!!", None),
        ("english", None),
        ("und", None),
        ("", None),
        (None, None),
    ],
    ids=str,
)
def test_a_declared_tag_is_written_as_the_standard_writes_it(declared: str | None, tag: str | None) -> None:
    """What is no tag counts as not declared."""
    assert normalize_tag(declared) == tag


def test_a_declaration_that_is_no_tag_gives_way_to_the_text(read: Read) -> None:
    """A newsroom rather has the summary than an error about a tag."""
    assert read(SENTENCES["de"], language="german!!").language == "de"


LONG = {
    "nb": (
        "Kommunestyret vedtok tirsdag å holde svømmehallen åpen gjennom vinteren, sa ordføreren. Pengene kommer "
        "fra veibudsjettet, og de som bor i bygda, er glade for vedtaket. Ingen trenger lenger å reise til "
        "nabokommunen."
    ),
    "nn": (
        "Kommunestyret vedtok tysdag å halde symjehallen open gjennom vinteren, sa ordføraren. Pengane kjem frå "
        "vegbudsjettet, og dei som bur i bygda er glade for vedtaket. Ein treng ikkje lenger reise til "
        "nabokommunen."
    ),
    "da": (
        "Byrådet besluttede tirsdag at holde svømmehallen åben hele vinteren, sagde borgmesteren. Pengene kommer "
        "fra vejbudgettet, og byens borgere er glade for beslutningen, fordi de har ventet længe på den og har "
        "skrevet under."
    ),
    "hr": (
        "Gradsko vijeće odlučilo je u utorak da će bazen ostati otvoren tijekom zime, rekla je gradonačelnica. "
        "Novac dolazi iz proračuna za ceste. Stanovnici su zadovoljni odlukom, a tko želi, može se prijaviti "
        "sljedeći tjedan."
    ),
    "bs": (
        "Gradsko vijeće je u utorak odlučilo da bazen ostane otvoren tokom zime, rekla je gradonačelnica. Novac "
        "dolazi iz budžeta za puteve. Stanovnici su zadovoljni odlukom i kažu da su dugo čekali na to, još od "
        "prošle zime."
    ),
    "sr": (
        "Градско веће је у уторак одлучило да базен остане отворен током зиме, рекла је градоначелница. Новац "
        "долази из буџета за путеве. Становници су задовољни одлуком и кажу да су дуго чекали."
    ),
    "sr-Latn": (
        "Gradsko veće je u utorak odlučilo da bazen ostane otvoren tokom zime, rekla je gradonačelnica. Novac "
        "dolazi iz budžeta za puteve. Stanovnici su zadovoljni odlukom i kažu da su dugo čekali, još od prošlog "
        "leta."
    ),
    "cs": (
        "Zastupitelstvo v úterý rozhodlo, že bazén zůstane otevřený celou zimu, řekla primátorka. Peníze půjdou "
        "z rozpočtu na silnice. Obyvatelé jsou s rozhodnutím spokojeni, protože na ně dlouho čekali a psali "
        "kvůli němu."
    ),
    "sk": (
        "Mestské zastupiteľstvo v utorok rozhodlo, že plaváreň zostane otvorená celú zimu, povedala primátorka. "
        "Peniaze pôjdu z rozpočtu na cesty. Obyvatelia sú s rozhodnutím spokojní, lebo naň dlho čakali."
    ),
    "id": (
        "Dewan kota pada hari Selasa memutuskan untuk tetap membuka kolam renang selama musim hujan, kata wali "
        "kota. Uangnya berasal dari anggaran jalan. Warga senang dengan keputusan itu karena mereka sudah lama "
        "menunggu."
    ),
    "ms": (
        "Majlis bandar raya pada hari Selasa memutuskan untuk terus membuka kolam renang sepanjang musim "
        "tengkujuh, kata datuk bandar. Wang itu datang daripada peruntukan jalan raya. Penduduk gembira dengan "
        "keputusan itu."
    ),
    "pt-BR": (
        "A câmara municipal decidiu na terça-feira manter a piscina aberta durante o inverno, disse a prefeita. "
        "O dinheiro vem do orçamento das estradas. Os moradores estão contentes com a decisão, que esperavam "
        "fazia tempo."
    ),
    "gl": (
        "O concello decidiu o martes manter aberta a piscina durante o inverno, dixo a alcaldesa. Os cartos saen "
        "do orzamento das estradas. A veciñanza está contenta coa decisión, porque levaba moito tempo agardando "
        "por ela."
    ),
    "af": (
        "Die stadsraad het Dinsdag besluit om die swembad deur die winter oop te hou, het die burgemeester gesê. "
        "Die geld kom uit die padbegroting. Inwoners is bly oor die besluit, want hulle het lank daarvoor gewag."
    ),
    "gsw": (
        "De Stadtrat hät am Zyschtig bschlosse, d Badi im Winter offe z lah, hät d Stadtpräsidentin gseit. S "
        "Gäld chunnt us em Strassebudget. D Lüüt sind froh über de Entscheid, will si lang druf gwartet händ."
    ),
    "zh-Hans": (
        "市议会星期二决定冬季继续开放游泳池。市长表示，资金来自道路预算。居民们对这一决定感到高兴，他们已经等了很"
        "久，去年就收集了两千个签名，今年夏天又收集了一千个。"
    ),
    "zh-Hant-TW": (
        "市議會星期二決定冬季繼續開放游泳池。市長表示，資金來自道路預算。居民們對這一決定感到高興，他們已經等了很"
        "久，去年就收集了兩千個簽名，今年夏天又收集了一千個。"
    ),
    "en-GB": (
        "The council voted on Tuesday to keep the swimming pool open through the winter, the mayor said. The "
        "money comes from the roads budget, and people in the town are glad of the decision, because they had "
        "waited a long time for it."
    ),
    "de": (
        "Der Stadtrat hat am Dienstag beschlossen, das Bad im Winter offen zu halten, sagte die Bürgermeisterin. "
        "Das Geld kommt aus dem Straßenbau. Die Leute in der Stadt freuen sich über den Beschluss, auf den sie "
        "lange gewartet haben."
    ),
    "fr": (
        "Le conseil municipal a décidé mardi de garder la piscine ouverte pendant l'hiver, a indiqué la maire. "
        "L'argent vient du budget des routes. Les habitants se réjouissent de cette décision, qu'ils attendaient "
        "depuis longtemps."
    ),
    "es": (
        "El ayuntamiento decidió el martes mantener abierta la piscina durante el invierno, dijo la alcaldesa. "
        "El dinero sale del presupuesto de carreteras. Los vecinos se alegran de la decisión, porque la "
        "esperaban desde hacía tiempo."
    ),
    "it": (
        "Il consiglio comunale ha deciso martedì di tenere aperta la piscina durante l'inverno, ha detto la "
        "sindaca. Il denaro viene dal bilancio delle strade. Gli abitanti sono contenti della decisione, che "
        "aspettavano da tempo."
    ),
    "nl": (
        "De gemeenteraad heeft dinsdag besloten het zwembad in de winter open te houden, zei de burgemeester. "
        "Het geld komt uit de begroting voor wegen. De inwoners zijn blij met het besluit, want ze hadden er "
        "lang op gewacht."
    ),
    "sv": (
        "Kommunfullmäktige beslutade på tisdagen att hålla simhallen öppen under vintern, sade borgmästaren. "
        "Pengarna kommer från vägbudgeten. Invånarna är glada över beslutet, som de har väntat länge på och "
        "skrivit under för."
    ),
    "ar": (
        "قرر مجلس المدينة يوم الثلاثاء إبقاء المسبح مفتوحا طوال فصل الشتاء، وفقا لما قالته رئيسة البلدية. وتأتي "
        "الأموال من ميزانية الطرق. والسكان سعداء بالقرار لأنهم انتظروه طويلا."
    ),
    "ja": (
        ""
        "市議会は火曜日、冬の間もプールを開けておくことを決めた。市長によると、費用は道路予算から出されるという。 "
        "住民は長い間待っていたこの決定を喜んでいる。夏には署名も集められていた。"
    ),
}
"""Long enough to be believed, most of them in a language that others are taken for."""


@pytest.mark.parametrize("language", LONG)
def test_a_text_is_in_the_language_that_it_is_rightly_said_to_be_in(read: Read, language: str) -> None:
    """With its region and its script, also where a detector takes it for another one: in capitals, too."""
    for text in (LONG[language], LONG[language].upper()):
        article = read(text, language=language)

        assert (article.language, article.declared_language) == (language, None)


@pytest.mark.parametrize("language", LONG)
def test_the_text_says_better_than_a_content_system_what_it_is_in(read: Read, language: str) -> None:
    """A system that says ``tr-TR`` of every page, or ``en-US``; what it said is kept."""
    article = read(LONG[language], language="tr-TR")

    assert article.language.partition("-")[0] != "tr"
    assert article.declared_language == "tr-TR"


@pytest.mark.parametrize(
    "text", [SENTENCES["de"], "Ruth Ames, Dunmere, Orren Valley, Hatch Lane, 3.2 km, 14 min. " * 5]
)
def test_a_text_that_says_too_little_is_in_the_language_declared(read: Read, text: str) -> None:
    """One sentence, or nothing but names, overrules nobody."""
    article = read(text, language="sw")

    assert (article.language, article.declared_language) == ("sw", None)


@pytest.mark.parametrize(
    ("own", "quoted"),
    [("de", "en-GB"), ("fr", "en-GB"), ("es", "pt-BR"), ("ar", "en-GB"), ("ja", "en-GB"), ("sv", "da")],
)
def test_a_text_that_quotes_another_language_stays_in_its_own(read: Read, own: str, quoted: str) -> None:
    """Also where the quotations are as long as the rest."""
    article = read(f"{LONG[own]}\n\n“{LONG[quoted]}”\n\n{LONG[own][:120]}", language=own)

    assert (article.language, article.declared_language) == (own, None)


@pytest.mark.parametrize("declared", ["zu", "ha"])
def test_a_language_that_no_detector_knows_is_as_declared(read: Read, declared: str) -> None:
    """What it takes such a text for, it is not sure of."""
    text = {
        "zu": (
            "Umkhandlu wedolobha unqume ngoLwesibili ukuthi ichibi lokubhukuda lihlale livuliwe ubusika bonke, kusho "
            "imeya. Imali izovela esabelweni semigwaqo. Abahlali bajabule ngalesi sinqumo ngoba sebelinde isikhathi "
            "eside."
        ),
        "ha": (
            "Majalisar birnin ta yanke shawara ranar Talata cewa za a bar wurin ninkaya a bude har zuwa karshen "
            "hunturu, in ji magajin gari. Kudin za su fito daga kasafin hanyoyi. Mazauna garin sun yi farin ciki "
            "sosai."
        ),
    }[declared]

    assert read(text, language=declared).language == declared
