"""The small change of a page, per language: buttons, links, appeals, captions and bylines.

Only data, as in ``vocabulary.py``: small letters, no punctuation at the ends, parted by semicolons.
"""

from standfirst.reading.boilerplate.lexicon.headings import phrases

# Lines that are nothing else than a button, a label or an ad marker.
BUTTONS = phrases(
    en=(
        "share; share this; share this article; share this story; share article; share on facebook; share on "
        "twitter; share on x; share via email; share page; share full article; gift this article; give this "
        "article; save; save article; saved; bookmark; print; print this; print this article; print page; email; "
        "email this article; copy link; copy; link copied; link copied!; copy url; facebook; twitter; x; x "
        "(formerly twitter); whatsapp; telegram; reddit; linkedin; pinterest; flipboard; tumblr; messenger; "
        "instagram; tiktok; youtube; rss; bluesky; threads; mastodon; google news; follow; following; subscribe; "
        "subscribe now; sign in; sign up; log in; login; register; my account; menu; search; home; skip to "
        "content; skip to main content; skip to navigation; toggle navigation; close; open; back; back to top; "
        "next; previous; advertisement; advertising; ad; ads; sponsored; promoted; article continues below; "
        "article continues after ad; article continues after advertisement; story continues below; story "
        "continues below advertisement; story continues after ad; scroll to continue; content continues below; "
        "skip advertisement; skip ad; ad feedback; remove ads; listen; listen to this article; listen to article; "
        "listen to story; play; play audio; play video; pause; mute; watch; watch now; watch live; live; live "
        "updates; breaking; breaking news; exclusive; updated; video; photos; photo; gallery; source:; sources:; "
        "image caption; media caption; image source; getty images; video caption; enlarge; enlarge this image; "
        "toggle caption; view image in fullscreen; hide caption; view gallery; show more; load more; view more; "
        "see all; view all; read more; more; opinion; analysis; news analysis; explainer; comment; news; sport; "
        "sports; world; politics; business; technology; culture; weather; newsletters; newsletter; podcast; "
        "podcasts; crossword; jobs; donate; support us; contribute; contact; accept; accept all; accept cookies; "
        "reject all; manage cookies; manage preferences; cookie settings; loading; please wait; text size; font "
        "size; a a a; resize text; translate; add to favorites; add as preferred source; make us preferred on "
        "google; add us on google; preferred source on google; members only; premium; ap; reuters; afp; key "
        "points; at a glance"
    ),
    de=(
        "teilen; artikel teilen; drucken; merken; artikel merken; link kopieren; e-mail; per e-mail teilen; "
        "anzeige; werbung; startseite; suche; suchen; anmelden; abonnieren; anhören; artikel anhören; vorlesen; "
        "zum inhalt springen; folgen; mehr anzeigen; bild vergrößern; schließen; kommentar; meinung; politik; "
        "wirtschaft; kultur; wissen; panorama; nachrichten; newsticker; akzeptieren; alle akzeptieren; auf "
        "facebook teilen; auf x teilen"
    ),
    fr=(
        "partager; partager l'article; partager sur facebook; imprimer; enregistrer; copier le lien; publicité; "
        "accueil; rechercher; se connecter; s'abonner; abonnez-vous; écouter; écouter l'article; s'inscrire; "
        "suivre; afficher plus; voir plus; la suite après cette publicité; contribuer; réutiliser ce contenu; "
        "ajouter à vos favoris; offrir l'article; offrir cet article; ajouter à vos sélections; article réservé "
        "aux abonnés; réservé aux abonnés; accepter; tout accepter; fermer; envoyer par e-mail; politique; "
        "économie; monde; société; sports"
    ),
    es=(
        "compartir; compartir en facebook; compartir en twitter; imprimir; guardar; copiar enlace; publicidad; "
        "inicio; buscar; iniciar sesión; suscríbete; suscribirse; suscribete; escuchar; seguir; ver más; mostrar "
        "más; enviar por correo; menú; aceptar; cerrar; ir a comentarios; añadir a favoritos; política; economía; "
        "internacional; deportes; opinión; regístrate; enlace copiado"
    ),
    it=(
        "condividi; condividi su facebook; stampa; salva; copia link; pubblicità; home page; cerca; accedi; "
        "abbonati; ascolta; ascolta l'articolo; segui; mostra altro; iscriviti; accetta; chiudi; cronaca; esteri; "
        "economia; politica; invia per email; annuncio pubblicitario; ascolta la versione audio dell'articolo"
    ),
    pt=(
        "compartilhar; compartilhe; partilhar; imprimir; salvar; copiar link; publicidade; início; página "
        "inicial; entrar; assine; assinar; ouvir; ouvir artigo; ouça este conteúdo; seguir; ver mais; mostrar "
        "mais; continua após a publicidade; continua depois da publicidade; aceitar; fechar; notícias; economia; "
        "mundo; esportes; receba as notícias; link copiado"
    ),
    nl=(
        "delen; deel dit artikel; deel artikel; deel; printen; opslaan; bewaren; kopieer link; link kopiëren; "
        "advertentie; zoeken; inloggen; abonneren; luister; beluister; beluister dit artikel; volgen; volg; toon "
        "meer; accepteren; sluiten; naar hoofdinhoud; nieuws; binnenland; buitenland; economie; politiek"
    ),
    pl=(
        "udostępnij; drukuj; zapisz; kopiuj link; skopiuj link; reklama; strona główna; szukaj; zaloguj się; "
        "zaloguj; subskrybuj; posłuchaj; posłuchaj artykułu; obserwuj; pokaż więcej; akceptuję; zamknij; kraj; "
        "świat; polityka; gospodarka; wiadomości; dalszy ciąg materiału pod wideo"
    ),
    tr=(
        "paylaş; paylaşın; yazdır; kaydet; bağlantıyı kopyala; linki kopyala; reklam; ana sayfa; anasayfa; ara; "
        "giriş yap; üye ol; abone ol; dinle; haberi dinle; takip et; daha fazla göster; kabul et; kapat; gündem; "
        "dünya; ekonomi; spor; haberler; facebook'ta paylaş; twitter'da paylaş; google news'te takip et; abone "
        "olun"
    ),
    sv=(
        "dela; dela artikeln; skriv ut; spara; kopiera länk; annons; hem; sök; logga in; prenumerera; lyssna; "
        "lyssna på artikeln; följ; visa mer; acceptera; stäng; nyheter; inrikes; utrikes; ekonomi; annonsering; "
        "dela på facebook"
    ),
    fi=(
        "jaa; jaa artikkeli; jaa facebookissa; tulosta; tallenna; kopioi linkki; mainos; etusivu; haku; hae; "
        "kirjaudu; kirjaudu sisään; tilaa; kuuntele; kuuntele juttu; seuraa; näytä lisää; hyväksy; sulje; "
        "uutiset; kotimaa; ulkomaat; talous; urheilu"
    ),
    ru=(
        "поделиться; распечатать; сохранить; скопировать ссылку; реклама; главная; поиск; войти; подписаться; "
        "подписывайтесь; слушать; показать ещё; показать еще; закрыть; принять; новости; политика; экономика; "
        "общество; мир; вконтакте; одноклассники; на правах рекламы"
    ),
    uk=(
        "поділитися; поширити; роздрукувати; зберегти; копіювати посилання; реклама; головна; пошук; увійти; "
        "підписатися; слухати; показати ще; закрити; прийняти; новини; політика; економіка; суспільство; світ"
    ),
)

# Before a colon these lead to another page: "Read more: Bridge reopens".
LINK_STARTS = phrases(
    en=(
        "read more; read also; also read; read next; read; see also; see; more; watch; watch live; watch now; "
        "video; listen; related; related story; related article; read the full story; full story; explainer; "
        "don't miss; must read; live updates; follow live; in pictures; photos; gallery; go deeper; up next; "
        "opinion; analysis; podcast; recommended"
    ),
    de=(
        "lesen sie auch; lesen sie mehr; lesen sie hier; lesen sie dazu; mehr zum thema; mehr dazu; auch "
        "interessant; weiterlesen; lesetipp; siehe auch; video; im video; hintergrund; newsblog; liveticker; "
        "live-ticker"
    ),
    fr=(
        "lire aussi; à lire aussi; à lire; à lire également; lire également; lire; voir aussi; à voir; vidéo; en "
        "images; sur le même sujet; article réservé aux abonnés; à écouter; le direct; en direct"
    ),
    es=(
        "lea también; lee también; leer también; lea además; lee además; más información; te puede interesar; ver "
        "también; vídeo; video; relacionado; puede leer; también puedes leer; mira también; en vivo; en directo"
    ),
    it=(
        "leggi anche; leggi; guarda anche; guarda; vedi anche; approfondisci; il video; la diretta; per "
        "approfondire; potrebbe interessarti"
    ),
    pt="leia também; leia mais; leia; veja também; veja; saiba mais; assista; vídeo; ouça; leia ainda; veja mais",
    nl="lees ook; lees meer; lees verder; lees; bekijk ook; bekijk; luister ook; zie ook; video",
    pl=(
        "czytaj też; czytaj także; czytaj również; czytaj więcej; zobacz też; zobacz także; zobacz również; "
        "zobacz; przeczytaj także; przeczytaj też; wideo; polecamy"
    ),
    tr="ilgili haber; ayrıca okuyun; bunu da okuyun; oku; izle; izleyin; video; okuyun; bakınız; haberin devamı",
    sv="läs också; läs även; läs mer; läs mer här; läs; se även; se också; se; lyssna; video; bakgrund",
    fi="lue myös; lue lisää; lue; katso myös; katso; kuuntele; video",
    ru="читайте также; читайте; читать также; по теме; смотрите также; смотрите; видео; подробнее",
    uk="читайте також; читайте; за темою; дивіться також; дивіться; відео; детальніше; докладніше",
)

# Appeals to the reader: they begin so, whatever the length of the sentence.
APPEALS = phrases(
    en=(
        "privacy notice; i hope you appreciated; we hope you enjoyed; before you go; before you move on; sign up "
        "for; sign up to; sign up now; sign up today; sign up here; subscribe to; subscribe now; subscribe for; "
        "subscribe today; get our; get the latest; get breaking news; get more; get the best; get news alerts; "
        "get all the latest; join our; join us on; follow us; follow our; follow live; download our; download "
        "the; click here; click to; tap here; like us on; like our page; enter your email; by signing up; by "
        "choosing; by continuing; by using this; by subscribing; by entering your email; by clicking; by "
        "submitting; we use cookies; this site uses cookies; this website uses cookies; our website uses cookies; "
        "we and our partners; we value your privacy; this content is provided by; this article contains content; "
        "to view this content; you can unsubscribe; unsubscribe; thank you for subscribing; thanks for signing "
        "up; please enable; please check your inbox; your browser; an error has occurred; support independent "
        "journalism; support our journalism; support quality journalism; support us; become a member; become a "
        "subscriber; already a subscriber; already have an account; start your free trial; try it free; limited "
        "time offer; this article is for subscribers; this is a subscriber; to continue reading; create a free "
        "account; register for free; register to; have you been affected; are you affected; do you have a story; "
        "do you have a tip; got a tip; got a story; have a news tip; send your story; email us; email the author; "
        "contact the author; contact the reporter; contact us at; get in touch; you can follow; follow her on; "
        "follow him on; follow them on; reach him at; reach her at; reach the reporter; the bbc is not "
        "responsible; is not responsible for the content; this article was originally published; this story was "
        "originally published; this article first appeared; this story first appeared; this article was amended "
        "on; this article was updated; a correction was made; "
        "when we learn of a mistake; a version of this article; this story has been updated; "
        "this article has been updated; this is a "
        "developing story; this material may not be; this story was produced; this newsletter; to get this "
        "newsletter; want more; want to read; want the latest; want to stay updated; want to stay up to date; "
        "to get more breaking news; to get more news; to get more stories; stay informed; stay up to "
        "date; never miss; don't miss out; our free; the day's; the best of; sent to your inbox; "
        "delivered to your inbox; allow push; "
        "turn on notifications; turn on javascript; javascript is; hear more on; watch the video; view this post; "
        "a post shared by; this post; see more on; listen to the; subscribers can; gift this; for more on this; "
        "for more stories; for more news; if you have been affected; do not sell my; correction:; clarification:; "
        "editor's note; editor’s note; attention editors; attention: editors; eds:; (eds:; disclaimer"
    ),
    de=(
        "melden sie sich an; melden sie sich für; jetzt abonnieren; jetzt anmelden; jetzt registrieren; "
        "abonnieren sie; bestellen sie; folgen sie uns; laden sie unsere; wir verwenden cookies; wir nutzen "
        "cookies; diese website verwendet cookies; diese webseite verwendet cookies; mit ihrer zustimmung; sie "
        "können den newsletter; sie haben bereits; bereits abonnent; jetzt weiterlesen; zum weiterlesen; "
        "newsletter abonnieren; unser newsletter; der newsletter; die wichtigsten nachrichten des tages; klicken "
        "sie hier; hier können sie; an dieser stelle finden sie; empfohlener externer inhalt; ich bin damit "
        "einverstanden; dieser artikel wurde; dieser text erschien; diese meldung wurde; haben sie einen fehler; "
        "transparenzhinweis; hinweis der redaktion; anmerkung der redaktion; externer inhalt; möchten sie"
    ),
    fr=(
        "inscrivez-vous; abonnez-vous; recevez; suivez-nous; suivez toute; retrouvez; téléchargez; cliquez ici; "
        "nous utilisons des cookies; ce site utilise des cookies; en cliquant sur; avec nos partenaires; déjà "
        "abonné; la suite est réservée; il vous reste; pour lire la suite; la lecture de vos articles; cet "
        "article est réservé; chaque matin; chaque jour, recevez; merci pour votre inscription; vous pouvez vous "
        "désinscrire; votre adresse e-mail; rejoignez; tous les jours, recevez; lisez plus de; soutenez; ne "
        "manquez"
    ),
    es=(
        "suscríbete; suscríbase; suscribirse a; apúntate; apúntese; recibe; reciba; síguenos; sigue toda; sigue "
        "la; sigue nuestro; sigue a; regístrate; inscríbete; descarga; descargue; haz clic; haga clic; usamos "
        "cookies; utilizamos cookies; este sitio web utiliza cookies; este sitio utiliza cookies; puedes seguir; "
        "puede seguir; si quieres seguir leyendo; para seguir leyendo; ya eres suscriptor; únete a; consulta "
        "aquí; lee sin límites; tu suscripción; síganos; ayúdanos; forma parte; comparte esta"
    ),
    it=(
        "iscriviti; abbonati; ricevi; seguici; scarica; clicca qui; utilizziamo i cookie; questo sito utilizza; "
        "questo sito usa; resta aggiornato; registrati; sei già abbonato; per continuare a leggere; segui; "
        "unisciti; accedi per; contenuto riservato; scopri di più; entra nel nostro canale; per restare "
        "aggiornato"
    ),
    pt=(
        "inscreva-se; assine; cadastre-se; receba; siga-nos; siga o; siga a; clique aqui; baixe; usamos cookies; "
        "utilizamos cookies; este site utiliza cookies; este site usa cookies; entre no canal; participe do "
        "canal; já é assinante; para continuar lendo; subscreva; registe-se; clique e; acesse; compartilhe esta; "
        "junte-se; acompanhe o canal; entre para o"
    ),
    nl=(
        "meld je aan; meld u aan; schrijf je in; abonneer je; ontvang; volg ons; download onze; klik hier; wij "
        "gebruiken cookies; we gebruiken cookies; deze website gebruikt cookies; al abonnee; lees onbeperkt; "
        "blijf op de hoogte; wil je; steun ons; inloggen om; dit artikel is exclusief"
    ),
    pl=(
        "zapisz się; zaprenumeruj; subskrybuj; obserwuj nas; śledź nas; dołącz do; pobierz; kliknij tutaj; "
        "używamy plików cookie; ta strona używa; ta strona korzysta; otrzymuj; bądź na bieżąco; masz już konto; "
        "aby czytać dalej; dalsza część artykułu; dalsza część tekstu; wesprzyj; chcesz być na bieżąco; masz dla "
        "nas temat; polub nas; jeśli artykuł"
    ),
    tr=(
        "bültenimize; abone olun; abone olmak; bizi takip; takip edin; uygulamamızı; tıklayın; buraya tıklayın; "
        "çerez kullanıyoruz; sitemizde çerez; bu site çerez; whatsapp kanalımıza; haberlerden anında; e-posta "
        "bültenimize; google haberler'de; google news'te; okumaya devam etmek; kaydolun; bültene"
    ),
    sv=(
        "prenumerera på; anmäl dig; följ oss; ladda ner; klicka här; vi använder cookies; vi använder kakor; få "
        "våra; få senaste; registrera dig; redan prenumerant; vill du läsa; logga in för; hör mer; "
        "se klippet; tipsa oss; missa inte"
    ),
    fi=(
        "tilaa; seuraa meitä; lataa; klikkaa; käytämme evästeitä; sivusto käyttää evästeitä; rekisteröidy; liity; "
        "voit keskustella; kirjaudu lukeaksesi; oletko jo tilaaja; jatka lukemista; lähetä juttuvinkki"
    ),
    ru=(
        "подписывайтесь на; подпишитесь на; подпишись; следите за нашими; следите за новостями; скачайте; "
        "нажмите; мы используем cookie; мы используем файлы; наш сайт использует; этот сайт использует; читайте "
        "нас; присоединяйтесь; нашли опечатку; если вы нашли ошибку; выделите фрагмент; поддержите; оформите "
        "подписку; больше новостей"
    ),
    uk=(
        "підписуйтесь на; підписуйтеся на; підпишіться; підпишись; стежте за; завантажте; натисніть; ми "
        "використовуємо; цей сайт використовує; наш сайт використовує; читайте нас; приєднуйтесь; приєднуйтеся; "
        "знайшли помилку; якщо ви знайшли помилку; якщо ви помітили; підтримайте; більше новин"
    ),
)

# What the lines of a match report's team sheet begin with.
TEAM_STARTS = phrases(
    en=(
        "subs not used:; substitutes not used:; unused subs:; unused substitutes:; subs:; substitutes:; referee:; "
        "attendance:; man of the match:; player of the match:; half-time:"
    ),
    de="schiedsrichter:; zuschauer:; gelbe karten:; gelb-rote karten:; rote karten:; eingewechselt:",
    fr="remplaçants:; remplaçants :; arbitre:; arbitre :; spectateurs:; spectateurs :; avertissements :",
    es="árbitro:; suplentes:; espectadores:; tarjetas amarillas:",
    it="arbitro:; spettatori:; ammoniti:; espulsi:",
    pt="árbitro:; suplentes não utilizados:; público:; cartões amarelos:",
    nl="scheidsrechter:; toeschouwers:; gele kaart:; gele kaarten:",
)

# What a picture's line begins with.
CAPTION_STARTS = phrases(
    en=(
        "source:; sources:; image caption; media caption; video caption; image source; image:; image credit; "
        "image credits; images:; photo:; photos:; photo by; photo credit; photo courtesy; photograph:; "
        "photographs:; picture:; pictured:; file photo; file image; file picture; file -; file —; file –; stock "
        "photo; composite:; illustration:; illustration by; graphic:; caption:; credit:; source: getty; courtesy "
        "of; video:; handout"
    ),
    de=(
        "quelle:; quellen:; foto:; fotos:; bild:; bilder:; bildunterschrift; bildquelle; archivfoto; archivbild; "
        "symbolbild; symbolfoto; grafik:; quelle: dpa; © picture alliance; picture alliance; bildrechte"
    ),
    fr=(
        "source :; sources :; photo :; photos :; photo d'archives; photo d'illustration; crédit photo; crédits "
        "photo; crédit :; crédits :; légende :; image d'illustration; illustration :; image :"
    ),
    es=(
        "fuente:; fotografía:; fotografía de; imagen:; imagen de archivo; foto de archivo; foto de; pie de foto; "
        "crédito:; vídeo:; imágenes:"
    ),
    it="fonte:; foto di; immagine:; didascalia:; foto d'archivio; crediti:; foto ansa; credit:",
    pt=(
        "crédito:; créditos:; imagem:; legenda:; foto de arquivo; foto de divulgação; foto por; reprodução/; "
        "divulgação/; fotografia:"
    ),
    nl="bron:; beeld:; foto ©; afbeelding:; fotograaf:; beeld ©; bron: anp",
    pl="fot.; fot:; zdjęcie:; zdjęcie ilustracyjne; źródło:; foto ilustracyjne; autor zdjęcia",
    tr="fotoğraf:; fotoğraf :; görsel:; arşiv fotoğrafı; kaynak:; foto muhabiri",
    sv="källa:; bild på; arkivbild; bildtext; foto/; foto -; genrebild",
    fi="lähde:; kuva:; kuvat:; kuvituskuva; arkistokuva; kuvateksti",
    ru=(
        "источник:; фото:; фото :; фото ©; изображение:; иллюстрация:; архивное фото; фото из архива; источник "
        "фото; источник изображения; © фото; видео:"
    ),
    uk="джерело:; зображення:; ілюстрація:; архівне фото; ілюстративне фото; джерело фото; відео:",
)

BYLINE_STARTS = phrases(
    en=(
        "by; written by; words by; reported by; story by; edited by; reviewed by; posted by; published by; "
        "additional reporting by; with reporting by; analysis by; text by; from our correspondent"
    ),
    de=(
        "von; ein beitrag von; ein kommentar von; eine analyse von; text:; aus; interview:; autor:; autorin:; ein "
        "artikel von"
    ),
    fr="par; propos recueillis par; publié par; écrit par; avec; texte :",
    es="por; escrito por; texto:; texto por; redacción",
    it="di; a cura di; dal nostro inviato; dalla nostra inviata; articolo di; testo di; redazione",
    pt="da redação; texto de",
    nl="door; tekst:; van onze",
    pl="autor:; oprac.; oprac; tekst:; opracowanie; opracował; opracowała; przygotował",
    tr="haber:; muhabir:; yazan:; hazırlayan:; haber merkezi; editör:",
    sv="av; text:; reporter:",
    fi="teksti:; kirjoittaja:; toimittaja:",
    ru="автор:; текст:; корреспондент:; авторы:",
    uk="автор :; автори:; кореспондент:",
)
