"""One HTML page on which a person compares two drafts of each article without knowing whose they are."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from standfirst.domain.article import Article
from standfirst.domain.texts import TEXTS, Texts

SEED = "standfirst"


@dataclass(frozen=True, slots=True)
class Pair:
    """An article, and what each of the two settings wrote about it."""

    name: str
    article: Article
    one: Texts
    other: Texts


def blind_page(pairs: Sequence[Pair], names: tuple[str, str]) -> str:
    """Returns the page. It loads nothing; its policy allows its own script and style only.

    Which draft stands left is drawn for each article, by its name: the same drafts give the same page.
    """
    folder = files("standfirst_local.evaluation")
    script, style, page = (folder.joinpath(f"blind.{kind}").read_text("utf-8") for kind in ("js", "css", "html"))
    data = {"names": names, "articles": [_shown(pair) for pair in pairs]}
    # In a script element nothing but "<" can end the data, or begin a comment that hides its end.
    told = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    parts = {"POLICY": policy, "STYLE": style, "SCRIPT": script, "DATA": told}
    for name, part in parts.items():  # the data last: what stands in it is replaced by nothing
        page = page.replace(f"%{name}%", part, 1)
    return page


def _shown(pair: Pair) -> dict[str, object]:
    drafts = [
        [{"title": kind.title, "items": texts.items_of(kind.name)} for kind in TEXTS if texts[kind.name]]
        for texts in (pair.one, pair.other)
    ]
    left = hashlib.sha256(f"{SEED} {pair.name}".encode("utf-8", "surrogatepass")).digest()[0] % 2
    return {
        "name": pair.name,
        "headline": pair.article.headline,
        "language": pair.article.language,
        "paragraphs": pair.article.paragraphs,
        "drafts": drafts,
        "left": left,
    }


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
