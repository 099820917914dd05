"""The ids of the articles of a document, and which object of the bucket a record belongs to.

A document of one article gives it its own id. Of several, each has the document's id, a slash and its part; but an
article keeps the id that it has, however many others come or go beside it:

1. the article that the record under the document's id is about keeps that id; it is known by its part, or, if none has
   that part, by its content;
2. an article whose part has had an id of its own keeps that one;
3. a new one has the document's id if it is the only article, else one of its own; also if the document has held
   several, or is a list of the latest articles, and the record under its id is about another one.
"""

from collections.abc import Collection, Sequence

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, UnreadPart
from standfirst.domain.record import ArticleSource, Record


def part_id(document: ArticleId, part: str | None) -> ArticleId:
    """Returns the id of an article of a package: the document's, a slash and the part's name."""
    return ArticleId(f"{document}/{part}") if part else document


def ids_of(
    document: ArticleId, articles: Sequence[Article | UnreadPart], held: Record | None, known: Collection[str]
) -> list[ArticleId]:
    """Returns the id of each of ``articles``, in their order.

    ``held`` is the record under the document's id, ``known`` are the parts that have had ids of their own.
    """
    holder = _holder(articles, held, known)
    return [document if each is holder else part_id(document, each.part) for each in articles]


def _holder(
    articles: Sequence[Article | UnreadPart], held: Record | None, known: Collection[str]
) -> Article | UnreadPart | None:
    """Returns the article that the document's id belongs to, if any does."""
    new = [each for each in articles if each.part not in known]
    is_free = held is None or held.article.part is None or not known
    if held:
        named = (each for each in articles if each.part and each.part == held.article.part)
        alike = (each for each in new if isinstance(each, Article) and _content(each) == held.content_hash)
        if found := next(named, None) or next(alike, None):
            return found
    if not is_free or not len(articles) == len(new) == 1:
        return None
    # Of a list, the article before is older, and not this one.
    return None if held and held.article.part and _is_listed(new[0]) else new[0]


def _is_listed(article: Article | UnreadPart) -> bool:
    return isinstance(article, Article) and article.is_listed


def _content(article: Article) -> str:
    return fingerprint.content_hash(article)


def article_of(record: Record, articles: Sequence[Article | UnreadPart], prefix: str) -> Article | UnreadPart | None:
    """Returns the one of ``articles``, read from the object of ``record``, that the record is about, if any is.

    ``prefix`` is that of the articles' keys. An older record does not name its part, which stands in its id.
    """
    document = record.article.key.removeprefix(prefix)
    part = record.article.part or record.article_id.removeprefix(f"{document}/")
    is_only = len(articles) == 1 and not _is_listed(articles[0])
    return next((each for each in articles if each.part == part or is_only), None)


def is_of_another_object(record: Record, source: ArticleSource) -> bool:
    """Returns whether ``record`` was made of another object of the bucket than the one at ``source``.

    The object ``a/b`` and the part ``b`` of the package ``a`` have the same id. An object whose key has another prefix
    than before is the same one.
    """
    one, other = record.article.key, source.key
    if record.article_id and (one.endswith(record.article_id) or other.endswith(record.article_id)):
        # At least one of them is the object itself.
        return one.endswith(record.article_id) != other.endswith(record.article_id)
    if record.article.part and source.part:
        # Of two packages with this id for one of their articles, one has the longer key and the shorter name.
        return record.article.part != source.part
    return not one.endswith(other) and not other.endswith(one)
