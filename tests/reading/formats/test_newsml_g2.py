"""NewsML-G2: items, messages and packages, and the text in them whatever it is marked up in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.article import Article, Document, UnreadPart
from standfirst.domain.errors import (
    ArticleKilled,
    ArticleTooShort,
    DocumentTooLarge,
    EmptyDocument,
    ReadingError,
)
from standfirst.reading.document import read_document
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

Read = Callable[..., Article]

SAMPLES = Path(__file__).parents[1] / "xml"
ITEM = (SAMPLES / "item.g2.xml").read_text(encoding="utf-8")
BUNDLED = Path(__file__).parents[3] / "local" / "standfirst_local" / "samples"
MESSAGE = (BUNDLED / "newsml-g2-message.xml").read_text(encoding="utf-8")
LEAD = "The ferry across the Sele is to return in June, the council of Brackenford said on Tuesday."
NEXT = "It stopped in 2019, when a flood washed its landing stage away, and nobody had paid for another."
DATA = f'<inlineData contenttype="text/plain">{LEAD}\n\n{NEXT}</inlineData>'


def _item(content: str = DATA, meta: str = "", labels: str = "", kind: str = "ninat:text", guid: str = "urn:1") -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" xml:lang="en">'
        f'<itemMeta><itemClass qcode="{kind}"/>{meta}</itemMeta><contentMeta>{labels}</contentMeta>'
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def _message(*items: str) -> str:
    return f"<newsMessage><header/><itemSet>{''.join(items)}</itemSet></newsMessage>"


def _articles(document: str) -> tuple[Article | UnreadPart, ...]:
    return read_document(Document(name="message.xml", content=document.encode()))


def test_every_field_of_an_item_reaches_the_article(read: Read) -> None:
    """The headline without a role, in the story's language, and the one that is marked as its sub-headline."""
    article = read(ITEM, name="item.xml")

    assert article.format == "newsml-g2"
    assert article.headline == "Merrows Hallenbad bleibt im Winter offen"
    assert article.standfirst == "Der Rat findet das Geld im Haushalt für die Strassen"
    assert article.language == "de-CH"
    assert article.published_at == "2026-03-03T10:15:00+01:00"
    assert article.version == "7"
    assert article.embargoed_until == "2026-03-04T06:00:00+01:00"
    assert article.part == "urn:newsml:selepost.example:20260303:pool"


def test_of_several_renditions_the_one_that_tells_most_is_read(read: Read) -> None:
    """In XHTML, without its crosshead, its picture and what it hides."""
    assert read(ITEM, name="item.xml").paragraphs == (
        "Der Rat von Merrow hat am Dienstag beschlossen, das Hallenbad auch im Winter offen zu halten.",
        "Das Geld dafür, 84 000 Franken, kommt aus dem Haushalt für die Strassen, sagte Stadtpräsidentin Ida Marrow.",
    )


@pytest.mark.parametrize(
    "content",
    [
        DATA,
        f"<inlineData>{LEAD}\n\n{NEXT}</inlineData>",
        f"<inlineData>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{NEXT}&lt;/p&gt;</inlineData>",
        f'<inlineData contenttype="text/html; charset=utf-8"><![CDATA[<p>{LEAD}</p><p>{NEXT}</p>]]></inlineData>',
        f"<inlineXML><div><p>{LEAD}</p><p>{NEXT}</p></div></inlineXML>",
        f"<inlineXML><p>{LEAD}</p><p>{NEXT}</p></inlineXML>",
        f"<inlineXML><nitf><body><body.content><p>{LEAD}</p><p>{NEXT}</p></body.content></body></nitf></inlineXML>",
        f"<inlineXML><body.content><p>{LEAD}</p><p>{NEXT}</p></body.content></inlineXML>",
        f"<inlineXML>{LEAD}\n\n{NEXT}</inlineXML>",
        f'<remoteContent href="a.pdf"/>{DATA}<inlineData contenttype="image/jpeg" encoding="e:base64">AA</inlineData>',
    ],
    ids=["plain", "untyped", "untyped HTML", "HTML", "XHTML", "paragraphs", "NITF", "NITF body", "text for markup",
         "beside other content"],
)  # fmt: skip
def test_the_text_is_read_from_any_kind_of_content(read: Read, content: str) -> None:
    """By content type where one is given, else by what it holds."""
    assert read(_item(content), name="item.xml").paragraphs == (LEAD, NEXT)


@pytest.mark.parametrize("root", ["contentSet", "inlineXML"], ids=lambda root: root)
def test_a_part_of_an_item_is_read_as_the_guide_prints_it(read: Read, root: str) -> None:
    """The metadata are then the NITF's own."""
    nitf = (
        "<nitf baselang='nl'><body><body.head><hedline><hl1>Veer vaart weer</hl1><hl2>Na zes jaar</hl2></hedline>"
        f"</body.head><body.content><p>{LEAD}</p></body.content></body></nitf>"
    )
    inner = nitf if root == "inlineXML" else f"<inlineXML>{nitf}</inlineXML>"

    article = read(f"<{root}>{inner}</{root}>", name="item.xml")

    assert (article.headline, article.standfirst, article.language) == ("Veer vaart weer", "Na zes jaar", "nl")


@pytest.mark.parametrize(
    ("labels", "standfirst"),
    [
        ('<headline role="hld:subHeadline">Boat is back</headline><description>Summary.</description>', "Boat is back"),
        ('<description role="drol:summary">The boat is back.</description>', "The boat is back."),
        ('<description role="drol:caption">The quay.</description>', None),
        (f'<description role="drol:summary">{LEAD}</description>', None),
        ('<headline role="hld:subHeadline">Ferry returns</headline>', None),
    ],
    ids=["sub-headline", "summary", "caption", "first paragraph again", "headline again"],
)
def test_the_standfirst_says_something_of_its_own(read: Read, labels: str, standfirst: str | None) -> None:
    """A summary stands in for one only where there is none."""
    article = read(_item(labels=f"<headline>Ferry returns</headline>{labels}"), name="item.xml")

    assert article.standfirst == standfirst


@pytest.mark.parametrize(
    ("labels", "headline"),
    [
        ('<headline role="hld:short">Short</headline><headline role="hld:main">Main</headline>', "Main"),
        ('<headline role="hld:main">Main</headline><headline>Bare</headline>', "Bare"),
        ('<headline xml:lang="fr">Bac</headline><headline xml:lang="en-GB">Ferry</headline>', "Ferry"),
        ('<headline xml:lang="fr">Bac</headline>', "Bac"),
        ('<headline role="hld:subHeadline">Below</headline>', None),
        ("<slugline>FERRY</slugline>", None),
    ],
    ids=["main", "without a role", "in the language", "in another", "only below", "slug"],
)
def test_the_headline_is_the_main_one_in_the_storys_language(read: Read, labels: str, headline: str | None) -> None:
    """A sub-headline or a slug is none."""
    assert read(_item(labels=labels), name="item.xml").headline == headline


@pytest.mark.parametrize(
    "embargoed", ["<embargoed/>", "<embargoed> </embargoed>", "<embargoed>Friday</embargoed>"], ids=str
)
def test_an_embargo_without_a_readable_end_has_none(read: Read, embargoed: str) -> None:
    """An empty one means until further notice; one that cannot be read is not taken for none."""
    assert read(_item(meta=embargoed), name="item.xml").embargoed_until == UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize(
    "status",
    [
        '<pubStatus qcode="stat:canceled"/>',
        '<pubStatus qcode="stat:withheld"/>',
        '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>',
    ],
    ids=["cancelled", "withheld", "by URI"],
)
def test_what_must_not_be_published_is_refused(read: Read, status: str) -> None:
    """The reason says who said so."""
    with pytest.raises(ArticleKilled, match=r"The provider has (cancelled|withheld) this NewsML-G2 item"):
        read(_item(meta=status), name="item.xml")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (SAMPLES.joinpath("picture.g2.xml").read_text(encoding="utf-8"), "This is a NewsML-G2 picture: it holds no"),
        (_item("", kind="ninat:video"), "This is a NewsML-G2 video: it holds no text"),
        (_item("", kind="ninat:hologram"), "This is a NewsML-G2 'hologram' item: it holds no text"),
        (_item('<remoteContent href="a.xml"/>'), "text item holds no text: its content lies elsewhere .* is fetched"),
        (_item("<inlineXML><!-- here --></inlineXML>", labels="<headline>A</headline>"), "a headline and no text"),
        (_item("<inlineXML><sports-content>9</sports-content></inlineXML>"), "<sports-content>, .* nor XHTML"),
        (_item('<inlineData encoding="e:base64">AAAA</inlineData>'), "encoded binary data"),
        ("<packageItem><groupSet><group><itemRef/><itemRef/></group></groupSet></packageItem>", "refers to 2 items"),
        ("<newsMessage><header/></newsMessage>", "message is empty"),
    ],
    ids=["picture", "video", "unknown class", "elsewhere", "only a comment", "sports data", "encoded", "package",
         "empty message"],
)  # fmt: skip
def test_what_holds_no_text_is_told_by_what_it_is(read: Read, document: str, reason: str) -> None:
    """In words that whoever sent it understands."""
    with pytest.raises(EmptyDocument, match=reason):
        read(document, name="item.xml")


def test_each_text_of_a_message_is_an_article_of_its_own() -> None:
    """The picture and the package around it are left out; the parts are the items' guids, fit for a URL's path."""
    ferries, pool = _articles(MESSAGE)

    assert ferries.part == "urn:newsml:selepost.example:20260303:ferries"
    assert (ferries.headline, ferries.standfirst) == ("Ferries resume", "Crews accept the deal")
    assert pool.part == "http:-selepost.example-items-pool-1-ddc1a00ae54b"
    assert len(pool.paragraphs) == 2


def test_the_part_of_an_item_is_the_same_in_any_message() -> None:
    """It does not depend on what else the message holds, or where in it the item stands."""
    items = [_item(guid=f"http://selepost.example/{number}/ä") for number in range(3)]

    there = {article.part for article in _articles(_message(*items))}
    back = {article.part for article in _articles(_message(*items[::-1], _item(guid="urn:other")))}

    assert len(there) == 3
    assert there < back


def test_an_item_has_the_same_part_alone_and_in_a_message(read: Read) -> None:
    """So its summary keeps the id that it has."""
    alone, sent = read(_item(), name="item.xml"), _message(_item("", kind="ninat:picture"), _item())

    assert alone == read(sent, name="message.xml")
    assert alone.part == "urn:1"


def test_of_two_versions_of_an_item_the_newer_is_read(read: Read) -> None:
    """A message may carry both."""
    older = _item(f"<inlineData>{NEXT}</inlineData>").replace('version="2"', 'version="1"')

    assert read(_message(_item(), older), name="message.xml").paragraphs == (LEAD, NEXT)


def test_items_without_or_with_the_same_guid_are_told_apart() -> None:
    """Nothing is lost because a provider does not number what it sends."""
    items = [_item(), _item(), _item(guid=""), _item(guid="")]

    assert [article.part for article in _articles(_message(*items))] == ["urn:1", "urn:1~2", "item-3", "item-4"]


def test_a_withheld_text_or_a_caption_does_not_hold_up_the_others(read: Read) -> None:
    """It is left out as long as one remains."""
    withheld = _item(meta='<pubStatus qcode="stat:withheld"/>', guid="urn:2")
    caption = _item("<inlineData>Ferry back.</inlineData>", guid="urn:3", kind="ninat:picture")

    assert read(_message(withheld, caption, _item()), name="message.xml").paragraphs == (LEAD, NEXT)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("<inlineData>Ferry back.</inlineData>", ArticleTooShort),
        (f"<inlineData>{'a b ' * 110_000}</inlineData>", DocumentTooLarge),
        ("", EmptyDocument),
    ],
    ids=["a flash", "a book", "nothing"],
)
def test_an_item_that_cannot_be_read_fails_alone(content: str, error: type[ReadingError]) -> None:
    """The others of its message are read; alone it is an error."""
    broken = _item(content, guid="urn:2")

    found, failed = _articles(_message(_item(), broken))

    assert (found.part, failed.part) == ("urn:1", "urn:2")
    assert isinstance(failed, UnreadPart)
    assert isinstance(failed.error, error)
    with pytest.raises(error):
        _articles(broken)


def test_a_message_without_text_lists_what_it_holds(read: Read) -> None:
    """By the items' kinds, counted."""
    pictures = [_item("", kind="ninat:picture", guid=f"urn:{number}") for number in range(2)]
    withheld = _item(meta='<pubStatus qcode="stat:withheld"/>')

    with pytest.raises(ArticleKilled, match="message of 2 pictures, 1 planning item and 1 withheld text item: none"):
        read(_message(*pictures, "<planningItem/>", withheld), name="message.xml")


TEXTS = st.text(max_size=20) | st.sampled_from(
    ["<p>", "</p>", "<newsItem>", "&a;", '"', "]]>", "<!DOCTYPE a [", "<br/>"]
)


@given(
    document=st.sampled_from([ITEM, MESSAGE]),
    at=st.integers(0, len(MESSAGE)),
    length=st.integers(0, 60),
    put=TEXTS,
)
def test_a_garbled_document_is_read_or_refused(document: str, at: int, length: int, put: str) -> None:
    """Whatever is cut out of it or written into it."""
    garbled = (document[:at] + put + document[at + length :]).encode("utf-8", "surrogatepass")

    try:
        articles = read_document(Document(name="item.xml", content=garbled))
    except ReadingError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both outcomes are right
    else:
        read = [article for article in articles if isinstance(article, Article)]
        assert all(paragraph.strip() for article in read for paragraph in article.paragraphs)
