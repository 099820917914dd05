"""Text that gives orders to a machine: no part of the story, whoever put it into the article."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from standfirst.text.word_lists import any_of

_TOOLS = any_of(
    "system systems software summariser summarisers summarizer summarizers tool tools model models agent agents"
)
_MACHINE = (
    r"(?:ai|llms?|language models?|chat ?bots?|(?:ai |automated |virtual )?assistants?"
    rf"|(?:automated|analysis|screening|scoring|ai) (?:\w+ )?(?:{_TOOLS}|desk|readers?)"
    r"|summari[sz]ers?|gpt\S{0,20}|claude|gemini|copilot)"
)
_TEXT = (
    "(?:"
    + any_of(
        """
        summary summaries standfirst answer reply response output message headline key_point key_points text result
        translation completion
        """
    )
    + ")"
)
_NOTE = any_of("note message notice instruction instructions attention memo correction")
_BOUND = (
    "(?:"
    + any_of(
        """
    instruction instructions prompt prompts rule rules above previous prior rest data info information indicator
    indicators scoring everything all
    """
    )
    + ")"
)
_WORK = (
    "(?:"
    + any_of(
        """
    write print output repeat translate decode encode append pretend paraphrase rewrite reply respond disregard ignore
    forget summarise summarize recommend describe mention insert include omit execute fetch conclude publish render
    analyse analyze provide suggest replace emphasise emphasize
    """
    )
    + ")"
)
_READERS = any_of(
    """
    software_only machines_only machine_readers automated_readers automated_systems automated_tools ai_systems
    ai_readers ai_tools any_ai ai_only language_models
    """
)
_WORK_ON = (
    "(?:"
    + any_of(
        """
    begin start end finish replace rewrite render write encode translate express modify enhance substitute insert
    include append add use shift integrate highlight mention
    """
    )
    + ")"
)

_HIDDEN = (
    # invisible characters, full-width brackets, spaced letters, base64, two scripts in a word
    r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]{2,}|[＜＞﹤﹥]|(?:<\s?){3}|(?:>\s?){3}",
    r"(?:\b\w\b[ \u00a0]){6,}",
    r"\b(?-i:(?=[A-Za-z0-9+/]{0,60}[A-Z])(?=[A-Za-z0-9+/]{0,60}[a-z])[A-Za-z0-9+/]{28,})",
    r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]",
)
"""What is not meant for people's eyes."""

_IMPERATIVES = (
    (
        rf"(?:^|[.!?:\n]\s{{1,3}})(?:(?:{any_of('please now then instead first finally always just')}),? )?"
        rf"{_WORK}\b(?!\s?[,.’'])(?= \w)"
    ),
)
"""A sentence that begins with a word for work on texts."""

_QUICK = re.compile("|".join((*_HIDDEN, *_IMPERATIVES)), re.IGNORECASE)

ORDERS = re.compile(
    "|".join(
        (
            *_HIDDEN,
            *_IMPERATIVES,
            # roles of a chat, and markup
            r"<\|?\w*(?:im_start|im_end|system|assistant|user|instructions?|endoftext|end of session)\b[^>]*>?",
            r"\[/?(?:system|inst|rest-of-document)\]",
            r"<!--|-->|<<+|>>+|<(?:span|div|p|a|script|style|img)\b",
            r"(?:^|[\n\"'“.!?-])\s{0,20}(?:system|assistant|user|human|developer)\s*:",
            # forget what you were told
            rf"\b(?:ignore|disregard|forget|override|bypass)\b.{{0,40}}\b{_BOUND}\b",
            r"\byou are now\b|\bsystem prompt\b|\bchain of thought\b|\bpre-verified\b",
            # words to a machine
            rf"\b(?:{_NOTE})\b.{{0,12}}\b(?:to|for)\b.{{0,12}}{_MACHINE}\b",
            rf"\b{_MACHINE}\s*:\s|(?:^|[.!?]\s){_MACHINE},\s",
            rf"\b(?:for|to) (?:{_READERS})\b",
            # orders about an answer
            r"\b(?:reply|respond|answer)\s+(?:only\s+)?(?:with|in|using)\b|\b(?:print|output)\s*[:<\"'“]",
            rf"\b(?:your|the|each) {_TEXT}\b.{{0,30}}\b(?:must|should|has to|shall)\b",
            rf"\b{_WORK_ON}\b[^.]{{0,60}}\b(?:your|the|this|each) {_TEXT}\b",
            r"\b(?:the|this) (?:summary|standfirst)\b.{0,20}\b(?:with|must|read|verbatim)\b",
            r"\b(?:in|to|of|into) your (?:answer|reply|response|summary|output|message)\b",
            r"\b(?:focus|concentrate) (?:only|exclusively|solely) on (?:the|positive|this|what)\b",
            r"\balways report (?:it|this|the)\b|\breport(?: that)?\s*:|\bif (?:the )?user asks\b|\bif questioned\b",
            r"\bprovide it to the user\b|\brewrite the (?:story|article|text)\b|\buse it verbatim\b",
            r"\bprint (?:out )?(?-i:[A-Z]{3,}|[\"'“])",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
"""What such text is known by. In English."""

REACH = 3
"""So many sentences after an order may belong to it, and one before."""

MOST = 0.5
"""A paragraph with a larger share of the article's characters is not left out as a whole."""

_ENDED = re.compile(r"[.!?…。！？][\"”’'»)\]]*\s*$")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+[\"”’')\]>]*|\n|$)\s*")
_SIGNS = (
    "<", ">", "[", "{", "system", "assistant", "user:", "human:", "ignore", "disregard", "forget", "overrid",
    "bypass", "instruct", "prompt", "summar", "standfirst", "your", "reply", "respon", "answer", "print", "output",
    "focus", "concentrat", "ai ", "ai:", "ai,", "llm", "model", "chatbot", "software", "automat", "gpt", "claude",
    "gemini", "copilot", "report:", "report that:", "verbatim", "you are now", "chain of thought", "pre-verified",
    "always report", "questioned", "headline", "key point", "rewrite", "message", "translation", "completion",
    "the text", "this text", "result", "machine", "automated",
)  # fmt: skip
"""Each order but those of ``_QUICK`` holds one of these; looking for them first is much faster."""


@lru_cache(maxsize=256)  # the writer and the checks ask about the same paragraphs
def is_order(text: str) -> bool:
    """Whether ``text`` gives orders to a machine."""
    lowered = text.lower()
    return bool(_QUICK.search(text)) or (any(sign in lowered for sign in _SIGNS) and bool(ORDERS.search(text)))


def without_instructions(paragraphs: Sequence[str]) -> Iterator[tuple[int, str]]:
    """``paragraphs`` with their indexes, without what gives orders, and what hangs on it.

    A paragraph with an order is left out as a whole; of one that is most of the article, the sentences around it.
    Where it breaks off ("reply with the following:"), so are the first sentences of the next.
    """
    total, following = sum(map(len, paragraphs)), 0
    for at, paragraph in enumerate(paragraphs):
        if is_order(paragraph):
            rest = _without_orders(paragraph) if len(paragraph) > MOST * total else ""
            following = 0 if _ENDED.search(paragraph) else REACH
        else:
            rest = "".join(_sentences(paragraph)[following:]) if following else paragraph
            following = 0
        if rest.strip():
            yield at, rest


def _without_orders(paragraph: str) -> str:
    sentences = _sentences(paragraph)
    hit = {
        near for at, sentence in enumerate(sentences) if is_order(sentence) for near in range(at - 1, at + REACH + 1)
    }
    return "".join(sentence for at, sentence in enumerate(sentences) if at not in hit)


def _sentences(paragraph: str) -> list[str]:
    """The pieces of ``paragraph``, which together are the whole of it; roughly, in any language."""
    return [found.group() for found in _SENTENCE.finditer(paragraph) if found.group()]
