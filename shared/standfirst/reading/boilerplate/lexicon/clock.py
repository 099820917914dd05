"""The words of dates, times and reading times, per language. Only data, as in ``vocabulary.py``."""

from standfirst.reading.boilerplate.lexicon.headings import phrases

# Dates and times, in words. A line whose words are all of these, or figures, says when and nothing else.
CLOCK_WORDS = phrases(
    en=(
        "jan; january; feb; february; mar; march; apr; april; may; jun; june; jul; july; aug; august; sep; sept; "
        "september; oct; october; nov; november; dec; december; monday; tuesday; wednesday; thursday; friday; "
        "saturday; sunday; mon; tue; tues; wed; thu; thur; thurs; fri; sat; sun; today; yesterday; am; pm; a.m; "
        "p.m; gmt; utc; bst; est; edt; et; pt; pst; pdt; ct; cst; cdt; mst; mdt; cet; cest; mez; mesz; eet; eest; "
        "ist; aest; aedt; msk; noon; midnight; th; st; nd; rd; published; publish date; updated; last; modified; "
        "first; posted; created; on; at; of; the; ago; just; now; hour; hours; hr; hrs; minute; minutes; min; "
        "mins; second; seconds; sec; day; days; week; weeks; month; months; year; years; read; reading; time; "
        "date; issued; about; less; than; a; an; h; m; d; s; version; edited; article; story; from; added; audio; "
        "length; listen; listening; duration; estimated; since"
    ),
    de=(
        "januar; februar; märz; mai; juni; juli; oktober; dezember; montag; dienstag; mittwoch; donnerstag; "
        "freitag; samstag; sonntag; mo; di; mi; do; fr; sa; so; uhr; stand; vor; veröffentlicht; aktualisiert; "
        "zuletzt; am; um; stunde; stunden; minuten; std; tag; tagen; lesezeit; heute; gestern; erstellt; "
        "geändert; letzte; aktualisierung; update; bis; lesedauer; jan.; uhr)"
    ),
    fr=(
        "janvier; février; mars; avril; juin; juillet; août; septembre; octobre; novembre; décembre; lundi; "
        "mardi; mercredi; jeudi; vendredi; samedi; dimanche; publié; publiée; mis; mise; à; jour; modifié; le; "
        "il; y; a; heure; heures; temps; de; lecture; aujourd'hui; hier; janv; févr; juil; sept; déc; dernière; "
        "modification; écouter; jours; durée; article; minutes"
    ),
    es=(
        "enero; febrero; marzo; abril; mayo; junio; julio; agosto; septiembre; octubre; noviembre; diciembre; "
        "lunes; martes; miércoles; jueves; viernes; sábado; domingo; publicado; actualizado; actualizada; hace; "
        "hora; horas; minutos; días; el; las; a; del; de; ene; abr; ago; dic; h; lectura; tiempo; última; "
        "actualización; creado; hoy; ayer; fecha"
    ),
    it=(
        "gennaio; febbraio; aprile; maggio; giugno; luglio; settembre; ottobre; dicembre; lunedì; martedì; "
        "mercoledì; giovedì; venerdì; sabato; domenica; pubblicato; aggiornato; aggiornata; alle; ore; ora; "
        "minuti; fa; il; tempo; di; lettura; oggi; ieri; giorni; ultimo; aggiornamento; gen; mag; giu; lug; ott; "
        "modifica; modificato"
    ),
    pt=(
        "janeiro; fevereiro; março; maio; junho; julho; setembro; outubro; novembro; dezembro; segunda-feira; "
        "terça-feira; quarta-feira; quinta-feira; sexta-feira; segunda; terça; quarta; quinta; sexta; atualizado; "
        "atualizada; publicada; há; às; em; dias; tempo; leitura; hoje; ontem; min; última; atualização; fev; "
        "out; dez; set"
    ),
    nl=(
        "januari; februari; maart; mei; augustus; maandag; dinsdag; woensdag; donderdag; vrijdag; zaterdag; "
        "zondag; gepubliceerd; bijgewerkt; geleden; uur; minuten; om; op; dagen; laatst; leestijd; vandaag; "
        "gisteren; laatste; gewijzigd; geplaatst"
    ),
    pl=(
        "stycznia; lutego; marca; kwietnia; maja; czerwca; lipca; sierpnia; września; października; listopada; "
        "grudnia; poniedziałek; wtorek; środa; czwartek; piątek; sobota; niedziela; opublikowano; aktualizacja; "
        "zaktualizowano; temu; godz; godzin; godziny; minut; min; dni; dzisiaj; dziś; wczoraj; czas; czytania; "
        "publikacja; data; publikacji; dodano; r; ostatnia; o"
    ),
    tr=(
        "ocak; şubat; mart; nisan; mayıs; haziran; temmuz; ağustos; eylül; ekim; kasım; aralık; pazartesi; salı; "
        "çarşamba; perşembe; cuma; cumartesi; pazar; güncelleme; güncellendi; yayınlanma; yayınlandı; yayın; "
        "tarihi; son; önce; saat; dakika; dk; gün; bugün; dün; giriş; okuma; süresi; oluşturulma; eklenme; tarih; "
        "haber; tsi"
    ),
    sv=(
        "mars; maj; augusti; måndag; tisdag; onsdag; torsdag; fredag; lördag; söndag; publicerad; publicerat; "
        "uppdaterad; uppdaterat; sedan; för; timmar; timme; minuter; kl; dagar; idag; igår; lästid; senast; i; "
        "dag; går; den"
    ),
    fi=(
        "tammikuuta; helmikuuta; maaliskuuta; huhtikuuta; toukokuuta; kesäkuuta; heinäkuuta; elokuuta; syyskuuta; "
        "lokakuuta; marraskuuta; joulukuuta; maanantai; tiistai; keskiviikko; torstai; perjantai; lauantai; "
        "sunnuntai; julkaistu; päivitetty; sitten; tuntia; minuuttia; klo; päivää; tänään; eilen; lukuaika; "
        "muokattu; ma; ti; ke; to; pe; la; su"
    ),
    ru=(
        "января; февраля; марта; апреля; мая; июня; июля; августа; сентября; октября; ноября; декабря; "
        "понедельник; вторник; среда; четверг; пятница; суббота; воскресенье; опубликовано; обновлено; назад; "
        "час; часа; часов; минут; минуты; мин; сегодня; вчера; в; г; года; время; чтения; дата; дней; дня; мск; "
        "создано; изменено"
    ),
    uk=(
        "січня; лютого; березня; квітня; травня; червня; липня; серпня; вересня; жовтня; листопада; грудня; "
        "понеділок; вівторок; середа; четвер; п'ятниця; субота; неділя; опубліковано; оновлено; тому; година; "
        "години; годин; хвилин; хвилини; хв; сьогодні; вчора; о; р; року; час; читання; дата; днів; дні; "
        "створено; змінено"
    ),
)
