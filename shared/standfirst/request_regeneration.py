"""The story of a person who wants a summary written anew: the wish is queued, and the worker fulfils it."""

from collections.abc import Callable
from dataclasses import dataclass

from standfirst.domain.article import ArticleId, Regeneration
from standfirst.domain.errors import NothingToReview
from standfirst.domain.ports import UploadsQueue
from standfirst.find_summaries import FindSummaries

MessageWriter = Callable[[Regeneration], str]
"""The body of a message that wishes for a regeneration."""


@dataclass(frozen=True, slots=True)
class RequestRegeneration:
    """Queues wishes. ``prefix`` is what keys of articles begin with, ``new_wish`` gives a name that no wish had yet."""

    find: FindSummaries
    queue: UploadsQueue
    write_message: MessageWriter
    new_wish: Callable[[], str]
    prefix: str

    def __call__(self, article_id: ArticleId, by: str) -> str:
        """The name of the wish, once it is queued.

        Raises ``SummaryNotFound``, ``ArticleWithdrawn``, ``NothingToReview`` for a record that names no bucket, or
        ``StoreUnavailable``.
        """
        source = self.find.one(article_id).article
        if source.bucket is None:
            raise NothingToReview(f"The article {article_id} lies in no bucket.")
        document = ArticleId(source.key.removeprefix(self.prefix))
        wish = Regeneration(article_id, document, source.bucket, source.key, self.new_wish(), by)
        self.queue.send(self.write_message(wish))
        return wish.wish
