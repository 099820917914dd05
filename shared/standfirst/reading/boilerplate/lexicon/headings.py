"""What page furniture says of itself, per language. Only data: ``furniture.py`` says what each table is for.

All phrases are in small letters without their punctuation, parted by semicolons. A phrase stands for itself in every
language: "video" on a line of its own is furniture wherever the page comes from.
"""


def phrases(**languages: str) -> frozenset[str]:
    """The phrases of all ``languages`` as one set; the names are for those who mend the tables."""
    return frozenset(phrase.strip() for table in languages.values() for phrase in table.split(";"))


# Headings over links to other stories. In the middle of a page the story may go on after the box.
RELATED_HEADINGS = phrases(
    en=(
        "read next; read more; read also; also read; more on this story; more on this; more on this topic; "
        "related; related stories; related articles; related story; related article; related content; related "
        "news; related topics; related coverage; related links; related internet links; related posts; related "
        "reading; related video; related videos; see also; see more; more stories; more coverage; further "
        "reading; other stories; other news; in other news; don't miss; do not miss; up next; next up; next "
        "story; next article; previous article; previous story; must read; must reads; watch next; read this "
        "next; what to read next; keep reading; you might also like; you might like; you may like; you may also "
        "like; you might be interested in; you may be interested in; more like this; more for you; recommended; "
        "recommended for you; recommended stories; recommended reading; suggested topics; suggested reading; top "
        "stories; top story; most read; most popular; most viewed; most shared; most watched; most commented; "
        "most recent; trending; trending now; trending stories; popular; popular now; popular stories; popular in "
        "the community; latest; latest news; latest stories; the latest; latest headlines; headlines; features; "
        "features & analysis; features and analysis; editor's picks; editors' picks; editors picks; editor’s "
        "choice; editor's choice; our picks; explore more; explore; discover; discover more; in case you missed "
        "it; icymi; best of; around the web; from the web; elsewhere on the web; sponsored; sponsored content; "
        "sponsored links; promoted stories; promoted content; paid content; partner content; paid post; from our "
        "partners; around the bbc; elsewhere on the bbc; what others are reading; people are also reading; what "
        "we're reading; more news; more headlines; other articles; similar articles; similar stories; the big "
        "read; in this section; watch more; watch; listen; read the full story; our other stories; today's top "
        "stories; today's headlines; news in brief; explainers; go deeper; dig deeper; stories you may like; "
        "stories for you; for you; continue reading; latest in; timeline of events"
    ),
    de=(
        "lesen sie auch; lesen sie mehr; lesen sie hier; mehr zum thema; mehr zu diesem thema; auch interessant; "
        "das könnte sie auch interessieren; das könnte dich auch interessieren; das könnte ihnen auch gefallen; "
        "weitere artikel; weitere themen; weitere nachrichten; weitere meldungen; meistgelesen; meistgelesene "
        "artikel; meist gelesen; meistgelesene; am häufigsten gelesen; mehr lesen; weiterlesen; zum thema; "
        "ähnliche artikel; verwandte artikel; verwandte themen; passend zum thema; aktuelle meldungen; neueste "
        "artikel; empfehlungen; empfohlene artikel; empfehlungen der redaktion; unsere empfehlungen; top-themen; "
        "topthemen; anzeigen; siehe auch; nächster artikel; das wichtigste; mehr aus der rubrik; mehr "
        "nachrichten; neueste nachrichten; beliebte artikel; auch lesenswert; lesetipps; lesetipp; mehr dazu; "
        "mehr aus dem ressort; videos; bilderstrecke; im video; die wichtigsten nachrichten; beliebt"
    ),
    fr=(
        "à lire aussi; lire aussi; à lire également; lire également; lire la suite; sur le même sujet; sur le "
        "même thème; les plus lus; les plus lues; le plus lu; les plus populaires; articles liés; articles "
        "associés; articles similaires; contenus associés; à voir aussi; voir aussi; à découvrir; à ne pas "
        "manquer; vous aimerez aussi; dans la même rubrique; dans la même catégorie; recommandé pour vous; nos "
        "recommandations; les plus partagés; plus d'articles; d'autres articles; autres articles; contenus "
        "sponsorisés; à la une; les dernières actualités; dernières actualités; en continu; nos lecteurs ont lu "
        "ensuite; pour aller plus loin; article suivant; article précédent; les + lus; plus sur ce sujet; notre "
        "sélection; tendances"
    ),
    es=(
        "lea también; lee también; leer también; lea además; leer más; lee más; más información; más noticias; "
        "noticias relacionadas; artículos relacionados; contenido relacionado; relacionado; relacionadas; "
        "relacionados; te puede interesar; le puede interesar; también te puede interesar; puede interesarte; te "
        "recomendamos; recomendados; recomendado; lo más leído; lo más visto; lo más popular; más leídas; las más "
        "leídas; más leídos; lo último; últimas noticias; última hora; otras noticias; no te pierdas; además; "
        "sobre este tema; más sobre este tema; ver también; archivado en; siga leyendo; sigue leyendo; seguir "
        "leyendo; siguiente noticia; contenido patrocinado; tendencias; destacados; temas relacionados"
    ),
    it=(
        "leggi anche; leggi di più; leggi tutto; leggi altro; potrebbe interessarti; ti potrebbe interessare; "
        "potrebbe interessarti anche; potrebbero interessarti; articoli correlati; notizie correlate; contenuti "
        "correlati; i più letti; più letti; i più visti; le più lette; più lette; ultime notizie; altre notizie; "
        "da non perdere; consigliati per te; consigliati; per approfondire; vedi anche; guarda anche; sullo "
        "stesso argomento; continua a leggere; contenuti sponsorizzati; prossimo articolo; ultim'ora; in "
        "evidenza; i più condivisi; raccomandati per te"
    ),
    pt=(
        "leia também; leia mais; leia ainda; veja também; saiba mais; mais lidas; as mais lidas; mais lidos; mais "
        "vistas; mais notícias; notícias relacionadas; artigos relacionados; conteúdo relacionado; relacionadas; "
        "matérias relacionadas; últimas notícias; você também pode gostar; você pode gostar; pode interessar-lhe; "
        "pode gostar também; recomendado para você; recomendadas; outras notícias; continue lendo; em destaque; "
        "destaques; conteúdo patrocinado; sobre o mesmo assunto; não perca; próxima notícia; ler mais; ler "
        "também; tópicos relacionados"
    ),
    nl=(
        "lees ook; lees meer; lees verder; meer lezen; meer over dit onderwerp; meer over; gerelateerd; "
        "gerelateerde artikelen; meest gelezen; best gelezen; ook interessant; aanbevolen; aanbevolen artikelen; "
        "laatste nieuws; ander nieuws; net binnen; bekijk ook; zie ook; dit vind je misschien ook leuk; misschien "
        "ook interessant; volgende artikel; trending nu; meer nieuws; populair; uitgelicht; lees dit ook"
    ),
    pl=(
        "czytaj też; czytaj także; czytaj również; czytaj więcej; zobacz też; zobacz także; zobacz również; "
        "przeczytaj też; przeczytaj także; przeczytaj również; najczęściej czytane; najpopularniejsze; powiązane "
        "artykuły; powiązane tematy; podobne artykuły; polecane; polecamy; polecane artykuły; może cię "
        "zainteresować; może zainteresować cię także; najnowsze; najnowsze wiadomości; więcej na ten temat; "
        "więcej; inne artykuły; na ten temat; warto przeczytać; następny artykuł; materiał sponsorowany; wideo"
    ),
    tr=(
        "ilgili haberler; ilgili haber; benzer haberler; diğer haberler; bunlar da ilginizi çekebilir; ilginizi "
        "çekebilir; bunları da okuyun; bunu da okuyun; ayrıca okuyun; en çok okunanlar; çok okunanlar; en çok "
        "okunan; çok okunan haberler; son haberler; son dakika; sıradaki haber; önerilen haberler; önerilenler; "
        "devamını oku; öne çıkanlar; daha fazla oku; daha fazla haber; haberin devamı; haberin devamı için; "
        "gündem haberleri; şunlar da hoşunuza gidebilir; editörün seçtikleri; popüler haberler; günün manşetleri"
    ),
    sv=(
        "läs också; läs även; läs mer; läs vidare; mer om ämnet; relaterat; relaterade artiklar; mest läst; mest "
        "lästa; senaste nytt; senaste nyheterna; rekommenderat; rekommenderat för dig; fler artiklar; fler "
        "nyheter; se även; se också; missa inte; mer läsning; mest sett; liknande artiklar; populärt just nu; "
        "nästa artikel"
    ),
    fi=(
        "lue myös; lue lisää; lue seuraavaksi; aiheesta lisää; aiheeseen liittyvää; luetuimmat; katsotuimmat; "
        "suosituimmat; tuoreimmat; uusimmat; lisää aiheesta; suosittelemme; katso myös; muita uutisia; uutisia; "
        "seuraava artikkeli; suosittua; mainos"
    ),
    ru=(
        "читайте также; читать также; читайте ещё; читайте еще; читать далее; по теме; материалы по теме; ещё по "
        "теме; похожие новости; похожие материалы; самое читаемое; популярное; самое популярное; последние "
        "новости; другие новости; новости по теме; рекомендуем; главное; главные новости; смотрите также; лента "
        "новостей; новости партнеров; новости партнёров; еще новости; главное за день; вам может быть интересно; "
        "следующая новость; связанные темы"
    ),
    uk=(
        "читайте також; читати також; читати далі; за темою; матеріали за темою; ще за темою; по темі; схожі "
        "новини; схожі матеріали; найпопулярніше; популярне; останні новини; інші новини; новини за темою; "
        "рекомендуємо; головне; головні новини; дивіться також; стрічка новин; новини партнерів; вас може "
        "зацікавити; дивись також; більше новин"
    ),
)

# Labels of a single link: what follows the link is the story again.
LINK_LABELS = phrases(
    en=(
        "read more; read also; also read; read next story; see also; see more; continue reading; keep reading; "
        "watch; listen; read the full story; related video; watch more"
    ),
    de="lesen sie auch; lesen sie mehr; lesen sie hier; weiterlesen; mehr lesen; siehe auch; auch interessant",
    fr="lire aussi; à lire aussi; lire la suite; à lire également; voir aussi",
    es=(
        "lea también; lee también; leer más; lee más; lea además; siga leyendo; sigue leyendo; seguir leyendo; "
        "ver también"
    ),
    it="leggi anche; leggi di più; leggi tutto; vedi anche; guarda anche; continua a leggere",
    pt="leia também; leia mais; veja também; saiba mais; continue lendo; ler mais",
    nl="lees ook; lees meer; lees verder; zie ook; bekijk ook",
    pl=(
        "czytaj też; czytaj także; czytaj również; czytaj więcej; zobacz też; zobacz także; przeczytaj też; "
        "przeczytaj także"
    ),
    tr="ilgili haber; ayrıca okuyun; bunu da okuyun; devamını oku; haberin devamı",
    sv="läs också; läs även; läs mer; läs vidare; se även; se också",
    fi="lue myös; lue lisää; katso myös",
    ru="читайте также; читать также; читать далее; смотрите также",
    uk="читайте також; читати також; читати далі; дивіться також",
)

# Headings that stand at a page's foot: what comes after them is hardly ever the story again.
FOOT_HEADINGS = phrases(
    en=(
        "read next; up next; next up; what to read next; most read; most popular; most viewed; most shared; most "
        "watched; most commented; trending; trending now; trending stories; you may also like; you might also "
        "like; you may like; recommended for you; recommended stories; more for you; top stories; latest news; "
        "latest stories; around the web; from the web; elsewhere on the web; sponsored content; sponsored links; "
        "promoted stories; from our partners; popular stories; popular now; stories you may like; suggested "
        "topics; next article; previous article; next story; around the bbc; more stories; more news"
    ),
    de=(
        "meistgelesen; meistgelesene artikel; das könnte sie auch interessieren; das könnte dich auch "
        "interessieren; weitere meldungen; neueste artikel; weitere artikel; weitere nachrichten; nächster "
        "artikel"
    ),
    fr=(
        "les plus lus; les plus lues; vous aimerez aussi; les dernières actualités; dernières actualités; "
        "contenus sponsorisés; nos lecteurs ont lu ensuite; article suivant; à la une"
    ),
    es=(
        "lo más leído; lo más visto; últimas noticias; las más leídas; más leídas; te recomendamos; recomendados; "
        "contenido patrocinado; otras noticias; más noticias"
    ),
    it=(
        "i più letti; più letti; le più lette; ultime notizie; potrebbe interessarti anche; altre notizie; "
        "contenuti sponsorizzati"
    ),
    pt=(
        "mais lidas; as mais lidas; últimas notícias; você também pode gostar; recomendado para você; mais "
        "notícias; outras notícias"
    ),
    nl="meest gelezen; best gelezen; laatste nieuws; aanbevolen artikelen; ander nieuws",
    pl="najczęściej czytane; najpopularniejsze; najnowsze wiadomości; najnowsze; polecane artykuły",
    tr=(
        "en çok okunanlar; çok okunanlar; son haberler; sıradaki haber; önerilen haberler; bunlar da ilginizi "
        "çekebilir; ilginizi çekebilir; diğer haberler"
    ),
    sv="mest läst; mest lästa; senaste nytt; senaste nyheterna; fler nyheter",
    fi="luetuimmat; tuoreimmat; uusimmat; lue seuraavaksi",
    ru=(
        "самое читаемое; самое популярное; популярное; последние новости; другие новости; главные новости; лента "
        "новостей"
    ),
    uk="найпопулярніше; популярне; останні новини; інші новини; головні новини; стрічка новин",
)

# The same as the first, when the line goes on: "More from Politics", "Top stories in Sport".
RELATED_HEADING_STARTS = phrases(
    en=(
        "more from; more in; more on; more about; read more on; read more about; top stories in; most read in; "
        "latest from; latest in; trending in; stories from; also in; also on; related to; here's what else; "
        "recommended by; next in; about"
    ),
    de="mehr von; mehr zu; mehr aus; mehr über; meistgelesen in; nachrichten aus; über uns",
    fr="plus d'infos sur; dans notre dossier; les plus lus dans; toute l'actualité",
    es="más sobre; más en; más de; lo más leído en; archivado en",
    it="altro su; leggi anche su; i più letti di; altri articoli",
    pt="mais sobre; mais em; mais lidas em; leia mais sobre",
    nl="meer over; meer uit; meer van",
    pl="więcej o; więcej z; czytaj więcej o",
    tr="daha fazla; konuyla ilgili",
    sv="mer om; mer från; läs mer om",
    fi="lisää aiheesta; lue lisää aiheesta",
    ru="ещё о; больше о; все новости",
    uk="більше про; усі новини",
)

# Headings after which a page has nothing more to say to the story.
ENDINGS = phrases(
    en=(
        "comments; comment; view comments; show comments; leave a comment; leave a reply; post a comment; add a "
        "comment; join the conversation; join the discussion; have your say; what do you think; share your "
        "thoughts; conversation; discussion; reader comments; your comments; about the author; about the authors; "
        "about the writer; about author; about us; "
        "editor's note; attention editors; notes to editors; note to editors; editor's notes; media "
        "contact; media contacts; press contact; contact us; contacts; for more information; for further "
        "information; topics; tags; topics mentioned in this article; filed under; ends; end; more; 30; report a "
        "typo; corrections; our standards; follow us; get in touch; contact details; notes for editors; all "
        "rights reserved; forward-looking statements; forward looking statements; safe harbor statement; "
        "terms of use; terms of service; terms and conditions; privacy policy; cookie policy; "
        "cautionary statement; ###"
    ),
    de=(
        "kommentare; kommentar schreiben; kommentare anzeigen; ihre meinung; diskutieren sie mit; diskussion; "
        "über den autor; über die autorin; zur person; schlagworte; schlagwörter; stichworte; themen; impressum; "
        "datenschutz; alle rechte vorbehalten; zum autor; kommentar verfassen; leserkommentare; ende; "
        "pressekontakt; schreiben sie einen kommentar"
    ),
    fr=(
        "commentaires; commenter; laisser un commentaire; réagir; réagissez; vos réactions; à propos de l'auteur; "
        "mots-clés; mots clés; thèmes; thématiques; étiquettes; mentions légales; tous droits réservés; voir les "
        "commentaires; contact presse; fin"
    ),
    es=(
        "comentarios; deja un comentario; deja tu comentario; comenta; añadir comentario; escribe un comentario; "
        "etiquetas; temas; sobre el autor; sobre la firma; normas; aviso legal; todos los derechos reservados; "
        "ver comentarios; contacto de prensa; únete a la conversación"
    ),
    it=(
        "commenti; lascia un commento; scrivi un commento; commenta; tag; argomenti; sull'autore; riproduzione "
        "riservata; tutti i diritti riservati; note legali; informativa sulla privacy; ufficio stampa; vedi "
        "commenti; riproduzione riservata ©"
    ),
    pt=(
        "comentários; deixe um comentário; deixe seu comentário; comente; comentar; tópicos; sobre o autor; todos "
        "os direitos reservados; política de privacidade; assuntos; ver comentários; palavras-chave"
    ),
    nl=(
        "reacties; reageer; plaats een reactie; geef een reactie; over de auteur; onderwerpen; trefwoorden; alle "
        "rechten voorbehouden; privacybeleid; schrijf een reactie; bekijk reacties"
    ),
    pl=(
        "komentarze; skomentuj; dodaj komentarz; tagi; tematy; o autorze; wszelkie prawa zastrzeżone; polityka "
        "prywatności; zobacz komentarze; słowa kluczowe"
    ),
    tr=(
        "yorumlar; yorum yap; yorum yaz; yorum ekle; etiketler; yazar hakkında; tüm hakları saklıdır; gizlilik "
        "politikası; yorumunuzu yazın; ilk yorumu siz yapın; ilk yorumu sen yaz; konular"
    ),
    sv=(
        "kommentarer; kommentera; skriv en kommentar; ämnen; taggar; etiketter; om skribenten; alla rättigheter "
        "förbehållna; visa kommentarer"
    ),
    fi=(
        "kommentit; kommentoi; jätä kommentti; keskustelu; aiheet; avainsanat; kirjoittajasta; kaikki oikeudet "
        "pidätetään"
    ),
    ru=(
        "комментарии; оставить комментарий; комментировать; обсуждение; теги; тэги; об авторе; темы; все права "
        "защищены; добавить комментарий"
    ),
    uk=(
        "коментарі; залишити коментар; коментувати; обговорення; теги; про автора; теми; усі права захищені; всі "
        "права захищено; додати коментар"
    ),
)
# Those of them that are a button, too, in the middle of a page.
COMMENT_BUTTONS = phrases(
    en=(
        "comments; comment; view comments; show comments; leave a comment; post a comment; add a comment; join the "
        "conversation; join the discussion; have your say; share your thoughts; get in touch; follow us"
    ),
    de="kommentare; kommentar schreiben; kommentare anzeigen; ihre meinung; diskutieren sie mit; kommentar verfassen",
    fr="commentaires; commenter; laisser un commentaire; réagir; réagissez; voir les commentaires",
    es="comentarios; comenta; añadir comentario; ver comentarios; únete a la conversación; deja tu comentario",
    it="commenti; lascia un commento; commenta; scrivi un commento; vedi commenti",
    pt="comentários; comente; comentar; deixe um comentário; deixe seu comentário; ver comentários",
    nl="reacties; reageer; plaats een reactie; geef een reactie; bekijk reacties",
    pl="komentarze; skomentuj; dodaj komentarz; zobacz komentarze",
    tr="yorumlar; yorum yap; yorum yaz; yorum ekle",
    sv="kommentarer; kommentera; skriv en kommentar; visa kommentarer",
    fi="kommentit; kommentoi; keskustelu; jätä kommentti",
    ru="комментарии; комментировать; оставить комментарий; добавить комментарий",
    uk="коментарі; коментувати; залишити коментар; додати коментар",
)
ENDING_STARTS = phrases(
    en=(
        "what is your opinion; what's your opinion; what do you think; leave the first comment; be the first to "
        "comment; comments are closed; comments (; reporting by; additional reporting by; (reporting by; our "
        "standards:; notes to editors; about the author; topics:; tags:; filed under:; tagged:; tagged with; "
        "copyright ©; copyright (c); copyright 20; © 20; ©20; © copyright; (c) 20; all rights reserved; related "
        "topics:; view all comments; show all comments; media contact:; press contact:; for media enquiries; for "
        "more information, contact; for further information, contact; join the conversation; -30-; --30--; read "
        "all comments; log in to comment; sign in to comment; this article is closed for comments"
    ),
    de=(
        "schlagworte:; schlagwörter:; themen:; stichworte:; © dpa; copyright 19; alle rechte vorbehalten; was "
        "meinen sie; was denken sie; diskutieren sie; über den autor:; über die autorin:; tags :; pressekontakt:"
    ),
    fr=(
        "mots-clés :; mots-clés:; mots clés :; thèmes :; thèmes associés; tous droits réservés; et vous, qu'en "
        "pensez; soyez le premier à; lire les commentaires; vous devez être connecté"
    ),
    es=(
        "etiquetas:; temas:; archivado en:; todos los derechos reservados; ¿qué opinas; ¿usted qué opina; sé el "
        "primero en comentar; sea el primero en comentar; puedes seguir a"
    ),
    it=("argomenti:; tag:; riproduzione riservata; © riproduzione; tutti i diritti riservati; e voi cosa ne pensate"),
    pt=(
        "tópicos:; assuntos:; todos os direitos reservados; o que você acha; seja o primeiro a comentar; "
        "palavras-chave:"
    ),
    nl="onderwerpen:; trefwoorden:; alle rechten voorbehouden; wat vind jij; wees de eerste die reageert",
    pl="tagi:; tematy:; słowa kluczowe:; wszelkie prawa zastrzeżone; a wy co sądzicie; bądź pierwszą osobą",
    tr="etiketler:; tüm hakları saklıdır; siz ne düşünüyorsunuz; ilk yorumu",
    sv="ämnen:; taggar:; alla rättigheter; vad tycker du",
    fi="aiheet:; avainsanat:; kaikki oikeudet; mitä mieltä olet",
    ru="теги:; тэги:; темы:; все права защищены; а что думаете вы; что вы думаете; будьте первым",
    uk="теги :; теми:; усі права захищені; всі права захищен; що ви думаєте; будьте першим",
)
