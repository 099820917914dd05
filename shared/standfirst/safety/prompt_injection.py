"""Text that gives orders to a machine: no part of the news, whoever put it into the article.

An order has two signs. It addresses a machine or its text (a language model, the summary, earlier instructions), and it
says what is to be done to the text. What is told of others ("drivers who ignore the rules") is news, and so is what
somebody is quoted with. The signs are words, in 19 languages (``lexicon/``); for English there are patterns, too, which
find more kinds of orders.
"""

import base64
import binascii
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from standfirst.safety.lexicon import ADDRESSED, imperative_pattern, languages_addressed, section_pattern
from standfirst.text.quotations import quotations_in
from standfirst.text.word_lists import any_of, word_set

_MACHINE = (
    r"(?:ais?|llms?|(?:large )?language models?|chat ?bots?|chatgpt|gpt-?\d\S{0,10}|claude|gemini|copilot"
    r"|(?:ai|virtual|automated) (?:\w{1,15} )?(?:assistants?|agents?|models?|systems?|tools?|readers?|crawlers?|desks?)"
    r"|(?:(?:ai|automated) )?summari[sz](?:ers?|(?:ation|ing) (?:tools?|systems?|software|models?))"
    r"|(?:machine|analysis|screening|scoring) (?:\w{1,15} )?(?:systems?|software|tools?|models?|agents?|readers?))"
)
_MACHINES = """
ai ais llm llms model models bot bots chatbot chatbots chatgpt claude gemini copilot gpt assistant assistants agent
agents system systems tool tools reader readers crawler crawlers desk desks software summariser summarisers summarizer
summarizers
"""
"""The words of which the name of a machine has one."""
_THIS_TEXT = r"(?:this|the above) (?:text|page|article|story|document|file|report|data|passage)"
_SUMMARY = r"(?:summar(?:y|ies)|standfirst|headline|key points?|output|completion)"
_SUMMARIES = "summary summaries standfirst headline key output completion"
_ANSWER = rf"(?:{_SUMMARY}|answers?|reply|replies|responses?|message|translation)"
_ANSWERS = f"{_SUMMARIES} answer answers reply replies response responses message translation"
_IMPERATIVE = (
    r"(?:^|[.!?:;,\n][\"”’)]*\s{1,3}|[\"“‘'(\[<>*#–—-]\s?|\b(?:and|please|kindly|then|now|instead|just|always)\s"
    r"|\b(?:you (?:must|should|will|can|have to|need to|are to)|want you to)\s)"
)
"""Where an imperative stands: at the start of a sentence or clause, or behind "please" or "you must"."""
_MUST = r"(?:must|should|shall|has to|have to|needs? to|ought to|(?:is|are) to)"
_ADVICE = r"[^.]{0,80}, (?:\w{1,15} ){1,4}(?:advises?|says?|said|recommends?|suggests?)\b"
"""What follows where somebody in the news gives the advice."""
_WORK_ON = (
    "(?:"
    + any_of(
        """
        begin start end finish conclude close open replace rewrite render write encode translate express modify enhance
        substitute insert include append add integrate shift highlight give make set change
        """
    )
    + ")"
)


class Order:
    """A kind of order. A text that it matches has one of ``signs``, words or marks, which are looked for first."""

    def __init__(self, signs: str, *patterns: str) -> None:
        """``signs`` has blanks between them."""
        self.signs = word_set(signs)
        self._patterns = patterns

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it; compiled when a sign was found, which is seldom."""
        return re.compile("|".join(self._patterns), re.IGNORECASE | re.DOTALL)


ORDERS = (
    # roles of a chat, markup
    Order(
        "< [ {",
        r"</?\|?\w{0,10}(?:im_start|im_end|system|assistant|user|instructions?|endoftext|end of session)\b",
        r"\[/?(?:system|inst|instructions?|assistant|user|rest-of-document)\]",
        r"<!--|<\s?<\s?[<>]|<(?:span|div|p|a|script|style|img)\b|\{%|\{\{",
        r"\"role\"\s?:\s?\"(?:system|user|assistant)\"",
    ),
    Order(
        "system assistant user human developer instruction instructions",
        r"(?:^|[\n\"'“.!?-])\s{0,20}(?:system|assistant|user|human|developer)(?: message| override)?\s?:"
        r"[^.]{0,50}\b(?:you|your|now|sure|here|forget|ignore|focus|write|say|print|output|report|text"
        r"|summary|standfirst"
        r"|prompt|headline|instructions?|thanks|fact|follow|off)\b",
        r"#{2,6} ?(?:system|instructions?|assistant|user)\b|\bsystem override\s?:",
        r"\bas (?:the|your) (?:developer|administrator|operator)\b.{0,40}\bi authori[sz]e you\b",
    ),
    # forget what you were told
    Order(
        "ignore disregard forget override bypass discard",
        rf"{_IMPERATIVE}(?:ignore|disregard|forget|override|bypass|discard)\s(?:(?:all|any|every|each|of|the"
        rf"|my)\s){{0,3}}"
        r"(?:(?:your|these|those|previous|prior|above|earlier|preceding|foregoing|original|initial|system"
        r"|safety|manual)"
        r"\s){1,3}(?:(?:system|safety|developer)\s)?"
        r"(?:instructions?|prompts?|guidelines|guardrails|rules|programming|directives|directions|scoring|context)\b",
        rf"{_IMPERATIVE}(?:ignore|disregard|forget)\s(?:all|any|the)\s(?:\w{{1,15}}\s)?(?:info|instructions|prompts"
        r"|indicators|data except|information except)\b(?! on\b| of\b| for\b)",
        rf"{_IMPERATIVE}(?:ignore|disregard|forget)\s(?:everything|anything|all(?: text)?|what(?:ever)?)\s"
        r"(?:above|below|before this|you were|you have been)\b",
        rf"{_IMPERATIVE}(?:ignore|disregard|forget)\s(?:the (?:above\b(?! \w)|rest of this)|{_THIS_TEXT}"
        r"|the (?:article|text|story) and (?:write|say|print|output))",
    ),
    Order(
        "prompt instructions everything",
        r"\b(?:reveal|print|output|repeat|show|leak|text of)\b[^.]{0,25}\byour (?:system )?prompt\b",
        rf"{_IMPERATIVE}(?:reveal|print|output|repeat|show)\s(?:all |me )?(?:the |your )?(?:system )?"
        r"(?:instructions|prompt) (?:above|you)\b",
        r"\brepeat everything above\b",
    ),
    # you are somebody else
    Order(
        "now",
        r"\byou are now (?:in \w{1,15} mode|(?:an? |the )?(?:\w{1,15} ){0,2}(?:ai|\w{0,15}bot|assistant|model|poet"
        r"|pirate|copywriter|writer|translator|jailbroken|unrestricted|summari[sz]er)\b)",
        r"\bfrom now on,? (?:you (?:will|must|are to|should) (?:always )?(?:answer|reply|respond|write|say"
        r"|speak|print)\b"
        rf"|(?:every|each|all) (?:{_ANSWER}|text)\b)",
    ),
    Order("longer", r"\byou are no longer an? (?:ai|assistant|summari[sz]er|(?:language )?model)\b"),
    Order("pretend game", rf"{_IMPERATIVE}pretend (?:that )?you(?:['’]re| are) an? |\bgame: you are\b"),
    Order("act", rf"{_IMPERATIVE}act as an? (?:\w{{1,15}} ){{1,3}}and (?:turn|write|rewrite|say|praise)\b"),
    Order(
        "task",
        r"\byour (?:new |only |next )?task is to (?:write|summari[sz]e|print|produce|repeat|answer|praise|say"
        r"|ignore)\b",
    ),
    # addressed to a machine
    Order(
        "note notice instruction instructions attention memo correction reminder message ai ais llm llms model models "
        "machine machines software readers",
        rf"\b(?:note|notice|instructions?|attention|memo|correction|reminder)\b,?\s?\(?(?:(?:to"
        rf"|for) (?:\w{{1,15}} ){{0,2}})?"
        rf"{_MACHINE}\b[^.:!?]{{0,15}}(?::|,| that\b|\))",
        rf"\bmessage (?:to|for) (?:any |all )?(?!ais?\b){_MACHINE}\s?:",
        r"\beditor['’]s note (?:to|for) the desk:",
        r"\b(?:for|to) (?:the benefit of )?(?:language models?|llms?|ais?|machines?|software|(?:machine|automated|ai)"
        r" readers)(?: only\b|[,:])",
    ),
    Order(
        _MACHINES,
        rf"(?:^|[.!?:]\s|[\n\"“])(?:(?:dear|hey|hello|attention|any|all|the),? )?{_MACHINE}(?: only)?[,:]\s"
        r"(?:\w{1,10}ly )?(?:please|kindly|you|your|do not|don['’]t|say|write|ignore|treat|begin|start|end"
        r"|finish|add|print"
        r"|output|include|mention|describe|report|state|give|recommend|make sure|stop|use|the (?:summary|standfirst"
        r"|correct|next|following|headline))\b",
        rf"\b(?:as an?|you(?:['’]re| are) an?) (?:ai|llm|(?:large )?language model"
        rf"|summari[sz]er)(?: \w{{1,15}}){{0,2}},?"
        rf" (?:reading this|you {_MUST}|you)\b",
        rf"\bif you(?:['’]re| are) (?:an?|the) {_MACHINE}\b",
        rf"\b{_MACHINE}\s(?:that |which )?(?:(?:read|process|retell|summari[sz]|pars)(?:e?s|ing)|is) {_THIS_TEXT}",
        rf"(?:^|[.!?]\s)(?:automated |ai )?summari[sz]ers {_MUST}\b",
        rf"\b{_MACHINE} may skip the rest\b",
        r"🤖|\bAI\b\W{1,6}\bwrite\b",
    ),
    Order(
        "summarises summarizes shortens processes retells processing summarising summarizing processed read summarised "
        "summarized generated whatever",
        rf"\b(?:anyone|whoever|whichever|any|every)\b[^.]{{0,30}}\b(?:summari[sz]es|shortens|processes"
        rf"|retells) {_THIS_TEXT}",
        rf"\bthank you for (?:processing|summari[sz]ing) {_THIS_TEXT}",
        rf"\bif {_THIS_TEXT} is (?:being )?(?:processed|read|summari[sz]ed) by an? ",
        rf"\bgenerated from {_THIS_TEXT}|\bwhatever you (?:produce|generate|write)\b|\bkeywords for generated text\b",
    ),
    # orders about an answer
    Order(
        "reply respond answer response summary",
        rf"{_IMPERATIVE}(?:reply|respond|answer) (?:only|exclusively|solely)\b",
        rf"{_IMPERATIVE}(?:reply|respond|answer) (?:with|in|using) (?:only|just|reverse|base64|json|emojis?|one word"
        r"|(?:english|french|german|spanish|italian|latin|chinese)\b|the (?:following|words?|phrase|sentence)\b"
        r"|(?-i:[A-Z]{3,})|[\"“'‘])",
        r"\byou\b[^.]{0,40}\bin (?:every|each) (?:answer|reply|response|summary)\b",
    ),
    Order(
        _SUMMARIES,
        rf"\byour {_SUMMARY}\b[^.]{{0,30}}\b(?:{_MUST}|opens?|begins?|starts?|ends?|closes|mentions?|includes?|is)\b",
        rf"{_IMPERATIVE}(?:write|give|set|make) the (?:standfirst|summary|headline|key points)\b",
        rf"\b(?:the|each|every|any|all|that the) {_SUMMARY}\s(?:of {_THIS_TEXT}\s)?{_MUST} (?:not )?"
        rf"(?:read|say|contain|include|mention|begin|start|open|end|close|state|name)\b(?!{_ADVICE})",
        rf"\b(?:the|any|all|each|every)? ?summar(?:y|ies) (?:of|for) {_THIS_TEXT} (?:{_MUST}|could|can|may)\b",
        r"\bthe (?:summary|standfirst|headline) (?:is|reads)\s?:|\bthe standfirst is\b|\bthe summary goes out with\b",
        r"\bimportant that the (?:summary|standfirst)\b|\bin all summaries\b|\binstead of (?:a|the|your) summary\b",
        r"\bonly one sentence for the summary\b|\"(?:standfirst|summary)\"\s?:\s?\"",
        r"\breplace the (?:summary|standfirst)\b|\bthis (?:summary|standfirst), use it\b",
    ),
    Order(
        "headline standfirst summary lead",
        r"\bthe (?:correct |only |right |approved )(?:headline|standfirst|summary|lead) is\b",
    ),
    Order(
        _ANSWERS,
        rf"\byour (?:answer|reply|response) {_MUST} (?:begin|start|end|open|close|include|mention|contain|be)\b",
        rf"{_IMPERATIVE}{_WORK_ON}\b(?:[^.]|\.\w){{0,80}}\b(?:your {_ANSWER}|(?:the|this|each|any) (?:summary"
        rf"|standfirst))\b"
        rf"(?!{_ADVICE})",
        rf"\b(?:can|could|would) you {_WORK_ON}\b[^.]{{0,60}}\byour {_ANSWER}\b",
        rf"(?:^|[.!?\n]\s?)in your {_ANSWER},",
        rf"{_IMPERATIVE}make sure (?:that )?(?:your|the|every|each) {_ANSWER}\b",
    ),
    Order("instead", r"\binstead of the (?:article|news|story|text),? (?:say|write|print|output)\b"),
    Order(
        "summarise summarize summarising summarizing",
        r"(?:^|[.!?\n]\s?)when (?:asked to )?summari[sz](?:e|ing)\b[^.]{0,40}, (?:reply|say|write|omit"
        r"|mention|include|state"
        r"|leave|do not|don['’]t)\b",
        rf"{_IMPERATIVE}summari[sz]e (?:only )?(?:the (?:above|following|article|text|story)|this|{_THIS_TEXT})\b",
    ),
    Order(
        "read mention summarise summarize include",
        rf"{_IMPERATIVE}(?:do not|don['’]t) (?:read|mention|summari[sz]e"
        rf"|include) (?:the rest of )?(?:the article|{_THIS_TEXT})",
    ),
    Order(
        "rewrite retell turn",
        rf"{_IMPERATIVE}(?:rewrite|retell) (?:the|this) (?:story|article|text|report)\b|\bturn this (?:article"
        rf"|text|story) into\b",
    ),
    Order("translate", rf"{_IMPERATIVE}translate (?:the (?:above|story|text|article)|everything above)\b"),
    Order("treat", rf"{_IMPERATIVE}treat the (?:next|following|quotation|text)\b[^.]{{0,40}}\bas\b"),
    Order("else", rf"{_IMPERATIVE}(?:write|say|print|output|reply|state|publish)\b[^.]{{0,60}}\band nothing else\b"),
    Order(
        "nothing only exactly",
        rf"{_IMPERATIVE}(?:write|say|output|state) (?:only that|nothing but|only the (?:word|following)"
        rf"|exactly (?:this|the))\b",
    ),
    Order(
        "times",
        rf"{_IMPERATIVE}(?:write|say|print|repeat|output) [\"“‘'][^\"”\n]{{1,60}}[\"”’'] (?:\w{{1,10}} )?times\b",
    ),
    Order(
        "verbatim decode",
        r"\bverbatim in (?:all|every|each|your)\b|\buse it verbatim\b|\bdecode (?:this"
        r"|the following)\b[^.]{0,20}\bdo what",
    ),
    Order("fetch", rf"{_IMPERATIVE}fetch https?:"),
    Order("glowing", rf"{_IMPERATIVE}(?:describe|present|portray) [^.]{{1,40}} in glowing terms\b"),
    Order(
        "replace",
        r"\breplace (?:every|all|each) (?:main )?(?:names?|amounts?|figures?|numbers?|dates?|keywords?) (?:with|by)\b",
    ),
    Order("user questioned", r"\bif (?:the )?user asks\b|\bif questioned, report\b|\bprovide it to the user\b"),
    Order(
        "focus concentrate",
        rf"{_IMPERATIVE}(?:focus|concentrate) (?:only|exclusively|solely) on (?:the (?:positive|following"
        rf"|information)|this)\b",
    ),
    Order(
        "print output say",
        rf"{_IMPERATIVE}(?:print|output|say) (?:out )?(?-i:[A-Z]{{4,}}|[\"“]|'\w)",
        r"\bprint\s?\([\"'“‘]",
    ),
    Order(
        "report print output", rf"{_IMPERATIVE}(?:always )?report it as\b|\band (?:report|print|output)(?: that)?\s?:"
    ),
    Order(
        "include mention write say",
        r"\bif you (?:do not|don['’]t) (?:include|mention|write|say) the (?:word|phrase|sentence|name)\b",
    ),
)

LEAST_OUTSIDE = 12
"""Characters outside quotations from which on a text is more than a quotation."""

REACH = 3
"""So many sentences after an order may belong to it, and one before."""

MOST = 0.5
"""A paragraph with a larger share of the article's characters is not left out as a whole."""

MOST_FOREIGN = 0.5
"""An article with a larger share in another language is in both."""

_ENDED = re.compile(r"[.!?…。！？][\"”’»')\]]*\s*$")
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+[\"”’')\]>]*|\n|$)\s*")
_MEMBER = re.compile(r"\"\s?:\s?[\"{\[]")
_COLON = re.compile("[:：]")
_INTRODUCES = re.compile(r"(?:[:：](?!\d|//))|[—–-]\s*$")

_INVISIBLE = dict.fromkeys(
    (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10))
)
_TAGS = {0xE0000 + code: chr(code) for code in range(0x20, 0x7F)}
"""Characters without a shape that stand for those of ASCII."""
_LIKE_LATIN = str.maketrans(
    "аеіјоорсухѕһԁАВЕІЈКМНОРСТУХαορνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeijoopcyxshdABEIJKMHOPCTYXaopvikABEZHIKMNOPTYX"
)
_NOT_LATIN = re.compile(r"[\u0370-\u04ff]")
_TWO_SCRIPTS = re.compile(r"(?<!\w)(?=\w{0,30}[A-Za-z])(?=\w{0,30}[\u0370-\u04ff])\w{2,}")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_] {1,4}){5,}[^\W_](?![^\W_])")
_SPACED_SMALL = re.compile(r"(?:[a-z] ){8}")
_WORD = re.compile(r"[^\W\d_]+|[<>{\[]")
_ENCODED = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{16,}={0,2}")


@lru_cache(maxsize=512)  # the writer and the checks ask about the same paragraphs
def is_order(text: str) -> bool:
    """Returns whether ``text`` gives orders to a machine.

    An order that somebody is quoted with in a sentence is what the news tells of, and none.
    """
    if any(map(_SPACED_SMALL.search, _SPACED.findall(text))) or any(map(_is_encoded, _ENCODED.findall(text))):
        return True
    seen = _as_seen(unquoted(text))
    lowered = seen.lower()
    words = _words_of(lowered)
    return _is_in_english(seen, words) or _is_by_signs(lowered, words)


def unquoted(text: str) -> str:
    """Returns ``text`` without its quotations, or as it is if it is little else, or data."""
    if _MEMBER.search(text):
        return text
    rest, at = "", 0
    for start, end in quotations_in(text):
        rest, at = rest + text[at:start], end
    rest += text[at:]
    return rest if len(rest) > LEAST_OUTSIDE else text


def _words_of(lowered: str) -> frozenset[str]:
    """Returns the words of ``lowered``, and the marks that roles and markup begin with."""
    return frozenset(_WORD.findall(lowered))


def _is_in_english(seen: str, words: frozenset[str]) -> bool:
    by_sign = _orders_by_sign()
    orders = {order for sign in words & by_sign.keys() for order in by_sign[sign]}
    return any(order.pattern.search(seen) for order in orders)


@cache
def _orders_by_sign() -> Mapping[str, Sequence[Order]]:
    found = defaultdict[str, list[Order]](list)
    for order in ORDERS:
        for sign in order.signs:
            found[sign].append(order)
    return found


def _is_by_signs(lowered: str, words: frozenset[str]) -> bool:
    """Returns whether ``lowered`` has the signs of an order, in two sentences that follow each other."""
    for language in languages_addressed(lowered, words):
        addressed = [found.start() for found in section_pattern(language, *ADDRESSED).finditer(lowered)]
        if addressed and any(_has_signs(each, language) for each in _around(lowered, addressed)):
            return True
    return False


def _around(text: str, places: Sequence[int]) -> Iterator[str]:
    """Each sentence of ``text`` that holds one of ``places``, with the one before and with the one behind."""
    sentences = _sentences(text)
    starts = [0, *accumulate(map(len, sentences))]
    for at in sorted({bisect_right(starts, place) - 1 for place in places}):
        for first in range(max(0, at - 1), at + 1):
            yield text[starts[first] : starts[min(first + 2, len(sentences))]]


def _has_signs(text: str, language: str) -> bool:
    """Returns whether ``text`` says who is addressed, a machine or its text, and what is to be done to the text."""

    def found(section: str) -> re.Match[str] | None:
        return section_pattern(language, section).search(text)

    machine = found("machine") or (found("article") and found("condenses"))
    output, given = found("output"), found("given")
    if not machine and not output and not given:
        return False
    if given and imperative_pattern(language, "forget").search(text):
        return True
    asked = imperative_pattern(language, "orders").search(text) or found("requests")
    act = asked or (found("hold") and found("must"))
    if not act:
        return False
    signs = [
        found("exactly") or _COLON.search(text, act.end()),
        machine and _COLON.search(text, machine.end(), act.start()),
    ]
    if asked:
        signs += [machine, output, given]
        return sum(map(bool, signs)) > 1
    return any(signs)


def _as_seen(text: str) -> str:
    """Returns ``text`` as a machine reads it: without what is invisible, in plain letters, s p a c e d ones joined."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE).translate(_TAGS))
        if _NOT_LATIN.search(text):
            text = _TWO_SCRIPTS.sub(lambda word: word[0].translate(_LIKE_LATIN), text)
    return _SPACED.sub(lambda run: re.sub(r" +", " ", re.sub(r"(?<! ) (?! )", "", run[0])), text)


def _is_encoded(run: str) -> bool:
    """Returns whether ``run`` is readable text in base64, as no long word, path or checksum is."""
    try:
        decoded = base64.b64decode(run.rstrip("=") + "=" * (-len(run.rstrip("=")) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return " " in decoded and decoded.isprintable()


def quoted_orders(text: str) -> list[str]:
    """Returns the quotations in ``text`` that are orders, as news about machines quotes them."""
    return [text[start:end] for start, end in quotations_in(text) if is_order(text[start:end])]


def without_instructions(
    paragraphs: Sequence[str], is_foreign: Callable[[str], bool] = lambda _sentence: False
) -> Iterator[tuple[int, str]]:
    """``paragraphs`` with their indexes, without what gives orders, and what hangs on it.

    A paragraph with an order is left out as a whole; of one that is most of the article, the sentences around it.
    Where it breaks off ("reply with the following:"), so are the first sentences of the next. A sentence of which
    ``is_foreign`` tells that it is in another language than the article is left out alone, unless much of the article
    is, and with what it introduces by a colon; a paragraph with one that also speaks of a machine or its text is left
    out as an order is.
    """
    total, following = sum(map(len, paragraphs)), 0
    foreign = {sentence for each in paragraphs for sentence in _sentences(each) if _is_foreign(sentence, is_foreign)}
    if sum(map(len, foreign)) > MOST_FOREIGN * total:
        foreign = set()
    for at, paragraph in enumerate(paragraphs):
        ordering = _ordering(paragraph, foreign)
        if any(ordering) and not is_order(paragraph) and not _addresses_a_machine(paragraph):
            rest, following = _without_foreign(paragraph, foreign)
        elif any(ordering):
            rest = _without_orders(paragraph, ordering) if len(paragraph) > MOST * total else ""
            following = 0 if _ENDED.search(paragraph) else REACH
        else:
            rest = "".join(_sentences(paragraph)[following:]) if following else paragraph
            following = 0
        if rest.strip():
            yield at, rest


def sentences_left_out(paragraph: str, rest: str) -> Iterator[str]:
    """Yields the sentences of ``paragraph`` that are not in ``rest``, what ``without_instructions`` yields of it.

    Sentences that stand side by side come as one text.
    """
    run, at = "", 0
    for sentence in _sentences(paragraph):
        if rest.startswith(sentence, at):
            at += len(sentence)
            run, found = "", run
        else:
            run, found = run + sentence, ""
        if found.strip():
            yield found.strip()
    if run.strip():
        yield run.strip()


def _is_foreign(sentence: str, is_foreign: Callable[[str], bool]) -> bool:
    """Returns whether ``sentence`` is in another language, up to its colon at least."""
    before, colon, _ = sentence.replace("：", ":").partition(":")
    return is_foreign(sentence) or (bool(colon) and is_foreign(before))


def _without_foreign(paragraph: str, foreign: Container[str]) -> tuple[str, int]:
    """Returns ``paragraph`` without its foreign sentences, and how many of the next paragraph's they introduce.

    A foreign order may be in a language that has no file, and end in words too few to tell one by ("Írd ide: …"). So
    what has a colon and is a foreign sentence, or stands behind one, takes those behind it along.
    """
    rest, reach, is_behind = "", 0, False
    for sentence in _sentences(paragraph):
        is_one = sentence in foreign
        if (is_one or is_behind) and _INTRODUCES.search(sentence):
            reach = REACH + 1
        if not is_one and not reach:
            rest += sentence
        reach, is_behind = max(0, reach - 1), is_one
    return rest, REACH if reach == REACH and not _ENDED.search(paragraph) else 0


def _addresses_a_machine(text: str) -> bool:
    """Returns whether ``text`` names a machine or its text, in any language."""
    lowered = _as_seen(text).lower()
    return any(
        section_pattern(language, *ADDRESSED).search(lowered) is not None
        for language in languages_addressed(lowered, _words_of(lowered))
    )


def _ordering(paragraph: str, foreign: Container[str]) -> list[bool]:
    """Returns for each sentence of ``paragraph`` whether it is one of ``foreign``, or it, the next or all an order."""
    sentences = _sentences(paragraph)
    strange = [sentence in foreign for sentence in sentences]
    if any(strange) or not is_order(paragraph):
        return strange
    for size in (1, 2):
        ordering = [is_order("".join(sentences[at : at + size])) for at in range(len(sentences))]
        if any(ordering):
            return ordering
    return [True] * len(sentences)


def _without_orders(paragraph: str, ordering: Sequence[bool]) -> str:
    sentences = _sentences(paragraph)
    hit = {near for at, is_one in enumerate(ordering) if is_one for near in range(at - 1, at + REACH + 1)}
    return "".join(sentence for at, sentence in enumerate(sentences) if at not in hit)


def _sentences(paragraph: str) -> list[str]:
    """The pieces of ``paragraph``, which together are the whole of it; roughly, in any language."""
    return [found.group() for found in _SENTENCE.finditer(paragraph) if found.group()]
