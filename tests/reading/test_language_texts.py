"""A short news text in each language we promise, from the bytes to a draft within the house style."""

import pytest

from standfirst.checking.rules.house_style import check_limits
from standfirst.domain.article import Document, Language
from standfirst.reading.document import read_single
from standfirst.text.sentences import split_sentences
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

# Sentence by sentence; an empty string begins a paragraph. Each has an abbreviation, a quotation, a decimal, a date.
NEWS: dict[str, tuple[str, ...]] = {
    "en": (
        ("The harbour board of Greyhaven will close its old fish market on 3 May 2026 and move the "
        "traders to a new hall."),
        "Board members voted seven to two for the move, Dr. Ida Marrow said on Thursday.",
        "",
        "“We waited long enough. The roof is not safe,” she told reporters at about 5 p.m. in the market.",
        "The new hall will cost 3.2 million crowns, half of it paid by the region.",
        "Traders fear that fewer customers will come to a hall so far from the harbour, e.g. in winter.",
    ),
    "de": (
        "Die Stadt Bad Aulau baut bis zum 3. Mai 2026 eine neue Brücke über die Aue, weil die alte nicht mehr trägt.",
        ("Das beschloss der Stadtrat am Dienstagabend nach einer langen Aussprache, sagte "
        "Bürgermeisterin Dr. Anna Brandt."),
        "",
        "„Wir haben lange gewartet. Jetzt wird gebaut“, sagte sie nach der Sitzung vor dem Rathaus.",
        "Die neue Brücke kostet rund 14,5 Mio. Euro, davon trägt das Land Aulau etwa 60 Prozent.",
        "Die alte Brücke stammt aus dem 19. Jahrhundert und trägt z. B. keine Lastwagen mehr über den Fluss.",
    ),
    "fr": (
        "La ville de Valmorin fermera son vieux marché aux poissons le 3 mai 2026 et déplacera quarante commerçants.",
        ("Le conseil municipal l’a décidé jeudi soir après un long débat, a indiqué M. Paul Dupré, "
        "le maire de la ville."),
        "",
        "« Nous avons assez attendu. Le toit n’est plus sûr », a-t-il déclaré devant la mairie.",
        "La nouvelle halle coûtera 3,2 millions d’euros, dont la moitié sera payée par la région.",
        "Les commerçants craignent de perdre des clients, a souligné Mme Petit au nom de leur association.",
    ),
    "es": (
        ("La ciudad de Almeriza cerrará su antiguo mercado de pescado el 3 de mayo de 2026 y "
        "trasladará a los vendedores."),
        "El ayuntamiento lo decidió el jueves por la noche tras un largo debate, dijo el Sr. Pablo Rueda, el alcalde.",
        "",
        "«Hemos esperado bastante. El techo no es seguro», afirmó ante los periodistas frente al ayuntamiento.",
        "La nueva nave costará 3,2 millones de euros, la mitad de ellos pagados por el gobierno regional.",
        "¿Vendrán los clientes hasta la estación?",
        "Los vendedores temen que no, explicó la Dra. Ruiz en nombre de su asociación de comerciantes.",
    ),
    "it": (
        "Il comune di Valserena chiuderà il vecchio mercato del pesce il 3 maggio 2026 e sposterà quaranta venditori.",
        "Lo ha deciso giovedì sera il consiglio comunale dopo un lungo dibattito, ha detto il sindaco, il dott. Neri.",
        "",
        "«Abbiamo aspettato abbastanza. Il tetto non è sicuro», ha dichiarato ai giornalisti davanti al municipio.",
        "Il nuovo padiglione costerà 3,2 milioni di euro, la metà dei quali pagati dalla regione.",
        "I venditori temono che meno clienti verranno così lontano dal porto e dai suoi ristoranti.",
    ),
    "pt": (
        "A cidade de Vale Sereno fechará o seu antigo mercado de peixe em 3 de maio de 2026 e mudará os vendedores.",
        "A câmara municipal decidiu isso na noite de quinta-feira, depois de um longo debate, disse o Dr. João Pinho.",
        "",
        "“Já esperamos muito. O telhado não é seguro”, afirmou ele aos jornalistas diante da câmara.",
        "O novo pavilhão custará 3,2 milhões de euros, metade deles pagos pelo governo da região.",
        "Os vendedores receiam que menos clientes venham até tão longe do porto e dos seus restaurantes.",
    ),
    "nl": (
        ("De gemeente Oudwaarde sluit op 3 mei 2026 de oude vismarkt en verhuist de veertig "
        "handelaren naar een nieuwe hal."),
        "Dat besloot de gemeenteraad donderdagavond na een lang debat, zei burgemeester mr. J. de Groot.",
        "",
        "‘We hebben lang genoeg gewacht. Het dak is niet veilig’, zei zij na afloop voor het stadhuis.",
        "De nieuwe hal kost ongeveer 3,2 miljoen euro, waarvan de provincie de helft betaalt.",
        "De handelaren vrezen dat er minder klanten komen naar een hal die zo ver van de haven ligt.",
    ),
    "pl": (
        "Miasto Zalesie zamknie 3 maja 2026 r. stary targ rybny i przeniesie czterdziestu kupców do nowej hali.",
        "Zdecydowała o tym w czwartek wieczorem rada miasta po długiej debacie, powiedział burmistrz dr Jan Wilk.",
        "",
        "„Czekaliśmy dość długo. Dach nie jest bezpieczny” – dodał na spotkaniu z dziennikarzami przed ratuszem.",
        "Nowa hala będzie kosztować 3,2 mln zł, z czego połowę zapłaci województwo ze swojego budżetu.",
        "Kupcy obawiają się, że do hali położonej tak daleko od portu przyjdzie mniej klientów.",
    ),
    "tr": (
        "Gülpınar Belediyesi eski balık pazarını 3 Mayıs 2026'da kapatacak ve kırk esnafı yeni bir binaya taşıyacak.",
        "Belediye Meclisi bu kararı perşembe akşamı uzun bir tartışmadan sonra aldı, dedi Başkan Dr. Ayla Demir.",
        "",
        "“Yeterince bekledik. Çatı artık güvenli değil,” dedi ve binanın önünde gazetecilerin sorularını yanıtladı.",
        "Yeni bina yaklaşık 3,2 milyon liraya mal olacak ve bunun yarısını il özel idaresi ödeyecek.",
        "Esnaf ise limandan bu kadar uzak bir binaya daha az müşterinin geleceğinden endişe ediyor.",
    ),
    "fi": (
        ("Haukisalmen kaupunki sulkee vanhan kalatorin 3. toukokuuta 2026 ja siirtää neljäkymmentä "
        "kauppiasta uuteen halliin."),
        ("Kaupunginvaltuusto päätti asiasta torstai-iltana pitkän keskustelun jälkeen, kertoo "
        "kaupunginjohtaja Aino Salmi."),
        "",
        ("”Olemme odottaneet tarpeeksi kauan. Katto ei ole enää turvallinen”, hän sanoi "
        "toimittajille kaupungintalon edessä."),
        "Uusi halli maksaa noin 3,2 miljoonaa euroa, josta maakunta maksaa esim. puolet omasta budjetistaan.",
        "Kauppiaat pelkäävät, että niin kauas satamasta tulee entistä vähemmän asiakkaita varsinkin talvella.",
    ),
    "sv": (
        "Staden Norrvik stänger sin gamla fiskmarknad den 3 maj 2026 och flyttar fyrtio handlare till en ny hall.",
        "Det beslutade kommunfullmäktige på torsdagskvällen efter en lång debatt, säger borgmästaren Eva Lind.",
        "",
        "”Vi har väntat länge nog. Taket är inte säkert”, sade hon till journalisterna framför stadshuset.",
        "Den nya hallen kostar ca 3,2 miljoner kronor, och hälften av dem betalas av regionen.",
        "Handlarna är rädda för att färre kunder ska komma till en hall så långt från hamnen, t.ex. på vintern.",
    ),
    "ar": (
        "تغلق مدينة وادي النور سوق السمك القديم في 3 مايو 2026 وتنقل أربعين تاجرا إلى قاعة جديدة قرب محطة القطار.",
        "واتخذ المجلس البلدي هذا القرار مساء الخميس بعد نقاش طويل استمر أربع ساعات، كما قال رئيس البلدية د. سامر حداد.",
        "",
        "وقال للصحفيين أمام مبنى البلدية: «انتظرنا طويلا بما يكفي، والسقف لم يعد آمنا على الناس».",
        "وتبلغ تكلفة القاعة الجديدة 3.2 مليون دينار تدفع الحكومة نصفها من ميزانية هذا العام.",
        "هل سيأتي الزبائن إلى هناك؟",
        "يخشى التجار أن يقل عدد الزبائن في قاعة بعيدة إلى هذا الحد عن الميناء ومطاعمه.",
    ),
    "ru": (
        ("Город Заречинск 3 мая 2026 г. закроет старый рыбный рынок и переведёт сорок торговцев в "
        "новое здание у вокзала."),
        "Такое решение городской совет принял в четверг вечером после долгих споров, сообщил мэр А. П. Лесной.",
        "",
        "«Мы ждали достаточно долго. Крыша уже небезопасна», — сказал он журналистам перед зданием мэрии.",
        "Новое здание обойдётся в 3,2 млн руб., половину этой суммы заплатит область из своего бюджета.",
        "Торговцы опасаются, что так далеко от порта покупателей станет меньше, особенно зимой.",
    ),
    "uk": (
        "Місто Зеленопілля 3 травня 2026 р. закриє старий рибний ринок і переведе сорок торговців до нової будівлі.",
        "Таке рішення міська рада ухвалила в четвер увечері після довгих суперечок, повідомив мер І. П. Коваленко.",
        "",
        "«Ми чекали достатньо довго. Дах уже небезпечний», — сказав він журналістам перед міською радою.",
        "Нова будівля коштуватиме 3,2 млн грн, половину цієї суми заплатить область зі свого бюджету.",
        "Торговці побоюються, що так далеко від порту покупців стане менше, особливо взимку.",
    ),
    "zh": (
        "江城市将于2026年5月3日关闭老鱼市，并将四十家商户迁入火车站旁的新大厅，市政府周四宣布。",
        "市议会以七票赞成、两票反对通过了这项决定，此前一月的检查发现市场屋顶出现了裂缝。",
        "",
        "“我们等得够久了。屋顶已经不安全了。”市长李文华在市政厅前对记者说。",
        "新大厅造价为3.2亿元，其中一半由省政府承担，其余部分由市财政支付。",
        "商户们担心，新大厅离港口太远，冬天前来买鱼的顾客会越来越少。",
    ),
    "ja": (
        "青浜市は2026年5月3日に古い魚市場を閉鎖し、四十の業者を駅前の新しい施設に移すと木曜日に発表した。",
        "市議会は七対二でこの計画を可決した。",
        "一月の調査で市場の屋根に亀裂が見つかり、安全を保てないと判断されたためだ。",
        "",
        "「もう十分に待った。屋根は安全ではない」と市長は市役所の前で記者団に述べた。",
        "新しい施設の建設費は3.2億円で、その半分を県が負担し、残りは市の予算から支払われる。",
        "業者の間では、港から離れた場所では客が減るのではないかと心配する声が上がっている。",
    ),
    "no": (
        ("Byen Nordvik stenger det gamle fisketorget 3. mai 2026 og flytter førti handelsmenn til en "
        "ny hall ved stasjonen."),
        "Det vedtok bystyret torsdag kveld etter en lang debatt, sier ordfører Kari Haugen i byen.",
        "",
        "«Vi har ventet lenge nok. Taket er ikke trygt», sa hun til journalistene foran rådhuset.",
        "Den nye hallen koster ca. 3,2 millioner kroner, og halvparten av dem betales av fylket.",
        "Handelsmennene frykter at færre kunder vil komme så langt fra havnen om vinteren.",
    ),
    "da": (
        ("Byen Østhavn lukker det gamle fisketorv den 3. maj 2026 og flytter fyrre handlende til en "
        "ny hal ved stationen."),
        "Det besluttede byrådet torsdag aften efter en lang debat, siger borgmester Mette Lund.",
        "",
        "»Vi har ventet længe nok. Taget er ikke sikkert,« sagde hun til journalisterne foran rådhuset.",
        "Den nye hal koster ca. 3,2 millioner kroner, og halvdelen af dem betales af regionen.",
        "De handlende frygter, at færre kunder vil komme så langt væk fra havnen om vinteren.",
    ),
    "cs": (
        "Město Zálesí zavře 3. května 2026 starý rybí trh a přestěhuje čtyřicet obchodníků do nové haly u nádraží.",
        "Rozhodlo o tom ve čtvrtek večer zastupitelstvo po dlouhé debatě, řekl starosta Ing. Petr Dub.",
        "",
        "„Čekali jsme dost dlouho. Střecha už není bezpečná,“ řekl novinářům před radnicí.",
        "Nová hala bude stát 3,2 mil. korun, z toho polovinu zaplatí kraj ze svého rozpočtu.",
        "Obchodníci se obávají, že tak daleko od přístavu přijde méně zákazníků, hlavně v zimě.",
    ),
    "el": (
        "Η πόλη της Λευκαδίας θα κλείσει στις 3 Μαΐου 2026 την παλιά ψαραγορά και θα μεταφέρει σαράντα εμπόρους.",
        "Το αποφάσισε το βράδυ της Πέμπτης το δημοτικό συμβούλιο ύστερα από μακρά συζήτηση, είπε ο δήμαρχος κ. Νίκου.",
        "",
        "«Περιμέναμε αρκετά. Η στέγη δεν είναι ασφαλής», δήλωσε στους δημοσιογράφους μπροστά στο δημαρχείο.",
        "Το νέο κτίριο θα κοστίσει 3,2 εκατ. ευρώ, από τα οποία τα μισά θα πληρώσει η περιφέρεια.",
        "Θα έρθουν οι πελάτες ως εκεί;",
        "Οι έμποροι φοβούνται ότι τόσο μακριά από το λιμάνι θα έρχονται λιγότεροι πελάτες.",
    ),
    "he": (
        "עיריית נווה ים תסגור ב־3 במאי 2026 את שוק הדגים הישן ותעביר ארבעים סוחרים לאולם חדש ליד תחנת הרכבת.",
        'כך החליטה מועצת העיר ביום חמישי בערב לאחר דיון ארוך, אמרה ראש העירייה ד"ר נועה ברק.',
        "",
        "״חיכינו מספיק זמן. הגג כבר אינו בטוח״, אמרה לעיתונאים מול בניין העירייה.",
        "האולם החדש יעלה 3.2 מיליון שקלים, ומחצית הסכום תשלם הממשלה מתקציב השנה.",
        "הסוחרים חוששים שפחות לקוחות יגיעו לאולם הרחוק כל כך מן הנמל וממסעדותיו.",
    ),
}  # fmt: skip
LANGUAGES = [pytest.param(language, id=language) for language in NEWS]


def the_paragraphs(language: str) -> list[str]:
    """The text, its sentences joined as the language joins them."""
    joiner = "" if language in {"zh", "ja"} else " "
    paragraphs: list[list[str]] = [[]]
    for sentence in NEWS[language]:
        if sentence:
            paragraphs[-1].append(sentence)
        else:
            paragraphs.append([])
    return [joiner.join(sentences) for sentences in paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_known_for_its_language_and_keeps_its_paragraphs(language: str) -> None:
    """Nobody has to declare it."""
    article = read_single(Document("story.txt", "\n\n".join(the_paragraphs(language)).encode()))

    assert article.language == language
    assert list(article.paragraphs) == the_paragraphs(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_falls_into_its_sentences(language: str) -> None:
    """Abbreviations, decimals, dates and quotations do not end one."""
    sentences = [each for paragraph in the_paragraphs(language) for each in split_sentences(paragraph, language)]

    assert sentences == [sentence for sentence in NEWS[language] if sentence]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_of_whole_sentences_keeps_the_house_style(language: str) -> None:
    """Words where there are words, characters where there are none, from left or from right."""
    article = read_single(Document("story.txt", "\n\n".join(the_paragraphs(language)).encode()))
    style = load_styles(None).named("default")

    draft = ExtractiveWriter().write(article, style)

    assert check_limits(article, draft, style) == ()
    for text in (draft.texts["standfirst"], draft.texts["summary"]):
        assert all(sentence in NEWS[language] for sentence in split_sentences(text, language))


@pytest.mark.parametrize("language", ["en", "de", "ar", "ru", "zh", "ja"])
@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_text_is_the_same_in_every_unicode_encoding(language: str, charset: str) -> None:
    """The encoding is no part of the story."""
    article = read_single(Document("story.txt", "\n\n".join(the_paragraphs(language)).encode(charset)))

    assert list(article.paragraphs) == the_paragraphs(language)
    assert article.language == Language(language)
