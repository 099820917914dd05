"""Bytes of every origin become the text that was meant, or an error; never mojibake."""

import codecs
from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import UnreadableText
from standfirst.reading.encoding.decode import decode

Read = Callable[..., Article]

ENGLISH = "The café on the quay was “open for business” on Friday, the owner’s wife told us — and it was full."
GERMAN = "Der Bürgermeister sagte am Freitag, es werde „größere“ Änderungen geben, auch beim Straßenbau."
FRENCH = "Le maire a déclaré à l’été que la réunion était terminée et que l’œuvre serait achevée à Noël."
POLISH = "Władze miasta poinformowały, że w środę odbędzie się spotkanie mieszkańców Łodzi. Żółw, ćma."
CZECH = "Starosta řekl, že příliš žluťoučký kůň úpěl ďábelské ódy celé pondělí odpoledne na náměstí."
TURKISH = "Belediye başkanı çarşamba günü İstanbul'da yaptığı açıklamada köprünün yakında açılacağını söyledi."
HUNGARIAN = "A polgármester azt mondta, hogy a város új hídja őszre elkészül, és több műhely is nyílik majd."
RUSSIAN = "Городские власти сообщили, что в среду состоится встреча жителей, посвящённая новому мосту."
UKRAINIAN = "Міський голова сказав, що міст відкриють у п’ятницю, а її мешканці чекають на це з осені."
GREEK = "Ο δήμαρχος δήλωσε ότι η γέφυρα θα ανοίξει την Παρασκευή και ότι όλοι είναι ευτυχισμένοι."
JAPANESE = (
    "市長は月曜日に橋が開通すると述べた。住民は喜んでいる。工事には三年かかり、費用は四億円だった。式典も開かれた。"
)


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (ENGLISH, "cp1252"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "iso8859-15"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (HUNGARIAN, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (UKRAINIAN, "cp1251"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
    ],
    ids=lambda value: value if len(value) < 12 else value[:12],
)
def test_a_short_legacy_text_is_read_without_a_declared_charset(read: Read, text: str, charset: str) -> None:
    """A hundred characters are enough to tell the charset by the letters of a language."""
    assert read(text.encode(charset)).text == text


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "unmarked utf-16-le", "unmarked utf-16-be"],
)
def test_unicode_is_read_with_and_without_its_mark(read: Read, mark: bytes, charset: str) -> None:
    """The mark is not part of the text."""
    assert read(mark + ENGLISH.encode(charset)).text == ENGLISH


def test_a_declared_charset_decides_where_the_bytes_are_no_utf8(read: Read) -> None:
    """The content type is believed for what cannot be told from the bytes."""
    text = "Sa mairesse a ouvert la fête du village en présence de ses voisins réunis."

    assert read(text.encode("mac-roman"), content_type='text/plain; charset="macintosh"').text == text


def test_utf8_is_read_as_utf8_whatever_is_declared(read: Read) -> None:
    """A text that is valid UTF-8 is UTF-8; the declaration is the commoner mistake."""
    assert read(GERMAN.encode(), content_type="text/plain; charset=iso-8859-1").text == GERMAN


KOREAN = "시의회는 화요일 겨울 동안에도 수영장을 계속 열기로 결정했다고 시장이 말했다. 주민들은 이 결정을 크게 반겼다."
CHINESE = "市议会星期二决定冬季继续开放游泳池。市长表示，资金来自道路预算。居民们对这一决定感到高兴，收集了签名。"


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (CHINESE, "gb18030", "GB18030"),
        (CHINESE, "gb2312", "gb2312"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (CHINESE, "utf-16-le", "utf-16"),
        (JAPANESE, "utf-16-be", "UTF-16BE"),
        (GREEK, "iso8859-7", "iso-8859-7"),
        (RUSSIAN, "iso8859-5", "ISO-8859-5"),
    ],
    ids=lambda value: value if len(value) < 12 else value[:4],
)
def test_a_declared_charset_is_read_as_declared(read: Read, text: str, charset: str, declared: str) -> None:
    """Those of East Asia too, and the ones whose bytes are valid UTF-8."""
    assert read(text.encode(charset), content_type=f"text/plain; charset={declared}").text == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "ascii"])
def test_a_declaration_that_gives_mojibake_is_not_believed(read: Read, declared: str) -> None:
    """Servers declare Latin-1 for everything; Cyrillic in it is no language's spelling."""
    assert read(RUSSIAN.encode("cp1251"), content_type=f"text/plain; charset={declared}").text == RUSSIAN


@pytest.mark.parametrize("declared", ["punycode", "idna", "rot13", "unicode_escape", "base64", "utf-7", "a" * 39])
def test_a_codec_that_is_no_charset_is_passed_over(read: Read, declared: str) -> None:
    """Python knows more codecs than the web does charsets."""
    assert read(GERMAN.encode("cp1252"), content_type=f"text/plain; charset={declared}").text == GERMAN


@pytest.mark.parametrize(
    "head",
    ['<?xml version="1.0" encoding="{}"?>', '<html><head><meta charset="{}">',
     '<meta http-equiv="Content-Type" content="text/html; charset={}">'],
    ids=["xml", "meta", "old meta"],
)  # fmt: skip
def test_a_document_that_says_its_own_charset_is_believed(head: str) -> None:
    """Where nothing else was said."""
    text = head.format("shift_jis") + JAPANESE

    assert decode(text.encode("shift_jis")) == text


def test_an_unknown_declared_charset_is_passed_over(read: Read) -> None:
    """A misspelled charset does not stop the reading."""
    assert read(GERMAN.encode("cp1252"), content_type="text/plain; charset=x-nonsense").text == GERMAN


def test_text_encoded_twice_is_undone(read: Read) -> None:
    """UTF-8 that somebody read as Windows-1252 is given back its letters."""
    assert read(GERMAN.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode()).text == GERMAN


@pytest.mark.parametrize("charset", ["cp1250", "mac-roman", "latin-1"])
@pytest.mark.parametrize("text", [GERMAN, FRENCH], ids=["de", "fr"])
def test_text_that_went_through_another_charset_is_undone_too(read: Read, text: str, charset: str) -> None:
    """Not everybody who reads UTF-8 wrongly is on Windows in Western Europe."""
    twice = "".join(bytes([byte]).decode(charset, "ignore") for byte in text.encode())

    assert read(twice).text == text


def test_capitals_before_quotation_marks_are_not_taken_for_mojibake(read: Read) -> None:
    """A text that really ends a word in Ã or É before a mark keeps it."""
    text = "A placa dizia “IRMÔ e a outra «CAFÉ», e ninguém sabia explicar aos visitantes o motivo."

    assert read(text).text == text


def test_windows_quotation_marks_pasted_into_utf8_are_understood(read: Read) -> None:
    """A mixed file is read byte by byte where that is certain."""
    mixed = "Der Bürgermeister sprach von größeren Änderungen im Straßenbau: ".encode() + b"\x93sehr bald\x94."

    assert read(mixed).text.endswith("“sehr bald”.")


@pytest.mark.parametrize(
    "content",
    [
        b"abc\x00def" * 20,
        bytes(range(128, 256)) * 20,
        bytes(at * 7919 % 9973 % 96 + 160 for at in range(400)),
        b"\x01\x02\x03\x04text" * 20,
        "caf\ufffd ".encode() * 20,
    ],
    ids=["NUL bytes", "every high byte", "scattered high bytes", "control characters", "replacement characters"],
)
def test_what_is_no_text_is_unreadable(read: Read, content: bytes) -> None:
    """Rather an error than letters nobody wrote."""
    with pytest.raises(UnreadableText):
        read(content)


@pytest.mark.parametrize("name", ["story.txt", "story.md", "story.html", "story.json", "story.xml"])
@pytest.mark.parametrize("lost", ["\x00", "\ufffd"], ids=ascii)
def test_a_few_letters_lost_outside_the_body_do_not_refuse_it(read: Read, name: str, lost: str) -> None:
    """A name in a byline, the end of a teaser that was cut."""
    first = "The ferry across the Sele is to return in June, the council of Brackenford said on Tuesday."
    wrapped = {
        "story.txt": f"Ferry returns\n\nBy Jos@ Marin\n\n{first}\n",
        "story.md": f"# Ferry returns\n\n*By Jos@ Marin*\n\n{first}\n",
        "story.html": f"<article><h1>Ferry returns</h1><p class='byline'>By Jos@ Marin</p><p>{first}</p></article>",
        "story.json": f'{{"headline": "Ferry returns", "byline": "Jos@", "body": "By Jos@ Marin\\n\\n{first}"}}',
        "story.xml": "<nitf><body><body.head><hedline><hl1>Ferry returns</hl1></hedline><byline>Jos@</byline>"
        f"</body.head><body.content><p>{first}</p></body.content></body></nitf>",
    }[name]

    article = read(wrapped.replace("@", lost), name=name)

    assert (article.headline, article.paragraphs) == ("Ferry returns", (first,))


def test_a_few_letters_lost_in_the_story_stay_marked(read: Read) -> None:
    """Who reads it sees where; no text is made of that sentence."""
    story = "The ferry across the S\ufffdle is to return in June, the council of Brackenford said on Tuesday."

    assert read(story).paragraphs == (story,)


@pytest.mark.parametrize(
    "text",
    [
        GERMAN.translate(dict.fromkeys(map(ord, "äöüß"), "\ufffd")),
        "“It is over,” the mayor’s wife said. “He’s not coming back,” she said.".translate(
            dict.fromkeys(map(ord, "“”’"), "\ufffd")
        ),
    ],
    ids=["letters", "marks"],
)
def test_a_story_that_lost_all_letters_of_a_kind_is_refused(read: Read, text: str) -> None:
    """What is left is not what was written."""
    with pytest.raises(UnreadableText, match=r"U\+FFFD"):
        read(text)


def test_a_broken_utf16_file_is_unreadable_at_the_byte(read: Read) -> None:
    """The reason names the charset and the place."""
    with pytest.raises(UnreadableText, match=r"UTF-16-LE, but byte \d+"):
        read(codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le") + b"\x00\xd8")


def test_invisible_characters_do_not_reach_the_article(read: Read) -> None:
    """Zero-width and bidi characters, soft hyphens and icons go; no-break spaces become spaces; letters compose."""
    hidden = (
        "The\u200b har\u00adbour\u202e of\u00a0Dunmere\u2066 re\u2060opened\ue001 "
        "for the cafe\u0301 boats on Monday morning.\ufeff"
    )

    assert read(hidden).text == "The harbour of Dunmere reopened for the café boats on Monday morning."


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\u2029", "\x85"], ids=["CRLF", "CR", "LS", "PS", "NEL"])
def test_every_kind_of_newline_parts_paragraphs(read: Read, newline: str) -> None:
    """Two lines are two paragraphs, whichever system wrote them."""
    article = read(f"The first boat left the quay at dawn.{newline}The second one followed at noon.")

    assert len(article.paragraphs) == 2


def test_persian_keeps_its_joiners(read: Read) -> None:
    """The zero-width non-joiner is spelling there, not decoration."""
    text = "شهردار گفت که پل جدید را می‌خواهند روز دوشنبه باز کنند و مردم شهر خوشحال هستند."

    assert "می\u200cخواهند" in read(text).text
