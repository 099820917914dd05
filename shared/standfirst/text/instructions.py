"""Text that gives orders to a machine: no part of the story, whoever put it into the article."""

import re
from collections.abc import Iterator, Sequence

_MACHINE = (
    r"(?:ai|llms?|language models?|chat ?bots?|(?:ai |automated |virtual )?assistants?|(?:automated|analysis|screening|scoring|ai)"
    r" (?:\w+ )?(?:systems?|software|summari[sz]ers?|tools?|models?|agents?|desk|readers?)|summari[sz]ers?|gpt\S*|claude|gemini|copilot)"
)
_TEXT = r"(?:summar(?:y|ies)|standfirst|answer|reply|response|output|message|headline|key points?|text|result|translation|completion)"
ORDERS = re.compile(
    r"<\|?\w*(?:im_start|im_end|system|assistant|user|instructions?|endoftext|end of session)\b[^>]*>?|\[/?(?:system|inst|rest-of-document)\]"
    r"|<!--|-->|<<+|>>+|<(?:span|div|p|a|script|style|img)\b"
    r"|(?:^|[\n\"'“])\s*(?:system|assistant|user|human|developer)\s*:"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|above|previous|prior|rest|data|info(?:rmation)?"
    r"|indicators?|scoring|everything|all)\b"
    r"|\b(?:note|message|notice|instructions?|attention|memo|correction)\b.{0,12}\b(?:to|for)\b.{0,12}"
    + _MACHINE
    + r"\b"
    r"|\b" + _MACHINE + r"\s*[:,]\s"
    r"|\b(?:reply|respond|answer)\s+(?:only\s+)?(?:with|in|using)\b|\b(?:print|output)\s*[:<\"'“]"
    r"|\b(?:your|the|each) " + _TEXT + r"\b.{0,30}\b(?:must|should|has to|shall)\b"
    r"|\b(?:begin|start|end|finish|replace|rewrite|render|write|encode|translate|express|modify|enhance|substitute|insert|include|append|add|use"
    r"|shift|integrate|highlight|mention)\b[^.]{0,60}\b(?:your|the|this|each) " + _TEXT + r"\b"
    r"|\b(?:the|this) (?:summary|standfirst)\b.{0,20}\b(?:with|must|read|verbatim)\b"
    r"|\b(?:in|to|of|into) your (?:answer|reply|response|summary|output|message)\b"
    r"|\b(?:focus|concentrate) (?:only|exclusively|solely) on (?:the|positive|this|what)\b|\byou are now\b|\bsystem prompt\b|\bchain of thought\b|\bpre-verified\b"
    r"|\balways report (?:it|this|the)\b|\breport(?: that)?\s*:|\bif (?:the )?user asks\b|\bif questioned\b|\bprovide it to the user\b"
    r"|\brewrite the (?:story|article|text)\b|\buse it verbatim\b|\boutput\s*:|\bprint (?:out )?[A-Z]",
    re.IGNORECASE | re.DOTALL,
)
"""What such text is known by: roles of a chat, markup, orders about an answer, words to a machine. In English."""

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+[\"”’')\]>]*|\n|$)\s*")
REACH = 3
"""So many sentences after an order may belong to it."""


_SIGNS = (
    "<", ">", "[", "{", "system", "assistant", "user:", "human:", "ignore", "disregard", "forget", "overrid", "bypass", "instruct",
    "prompt", "summar", "standfirst", "your", "reply", "respon", "answer", "print", "output", "focus", "concentrat", "ai ", "ai:",
    "ai,", "llm", "model", "chatbot", "software", "automat", "gpt", "claude", "gemini", "copilot", "report:", "report that:",
    "verbatim", "you are now", "chain of thought", "pre-verified", "always report", "questioned", "headline", "key point", "rewrite",
    "message", "translation", "completion", "the text", "this text", "result",
)  # fmt: skip
"""Each order holds one of these; looking for them first is much faster."""


def is_order(text: str) -> bool:
    """Whether ``text`` gives orders to a machine."""
    lowered = text.lower()
    return any(sign in lowered for sign in _SIGNS) and bool(ORDERS.search(text))


def without_instructions(paragraphs: Sequence[str]) -> Iterator[tuple[int, str]]:
    """``paragraphs`` with their indexes, without what gives orders, and what hangs on it.

    A paragraph with an order is left out as a whole. Where the article is one paragraph, the sentences from the order on
    are, and ``REACH`` after the last one.
    """
    for at, paragraph in enumerate(paragraphs):
        if not is_order(paragraph):
            yield at, paragraph
        elif len(paragraphs) == 1 and (rest := _without_sentences(paragraph)):
            yield at, rest


def _without_sentences(paragraph: str) -> str:
    sentences = [found.group() for found in _SENTENCE.finditer(paragraph) if found.group()]
    hit = {
        near for at, sentence in enumerate(sentences) if is_order(sentence) for near in range(at - 1, at + REACH + 1)
    }
    return "".join(sentence for at, sentence in enumerate(sentences) if at not in hit)
