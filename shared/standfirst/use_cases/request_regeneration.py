"""The story of a person who wants a summary written anew: the wish is queued, and the worker fulfils it."""

from collections.abc import Callable
from dataclasses import dataclass

from standfirst.domain import fingerprint
from standfirst.domain.article import ArticleId, Regeneration
from standfirst.domain.errors import NothingToReview
from standfirst.domain.ports import UploadQueue
from standfirst.use_cases.get_summaries import GetSummaries

MessageWriter = Callable[[Regeneration], str]
"""The body of a message that wishes for a regeneration."""


@dataclass(frozen=True, slots=True)
class RequestRegeneration:
    """Queues wishes. ``prefix`` is what keys of articles begin with, ``new_wish`` gives a name that no wish had yet."""

    find: GetSummaries
    queue: UploadQueue
    write_message: MessageWriter
    new_request_id: Callable[[], str]
    prefix: str

    def __call__(self, article_id: ArticleId, by: str, key: str | None = None) -> str:
        """The name of the wish, once it is queued; with the same ``key`` it is the same wish, which is paid for once.

        Raises ``SummaryNotFound``, ``ArticleWithdrawn``, ``NothingToReview`` for a record that names no bucket, or
        ``StoreUnavailable``.
        """
        source = self.find.get(article_id).article
        if source.bucket is None:
            raise NothingToReview(f"The article {article_id} lies in no bucket.")
        document = ArticleId(source.key.removeprefix(self.prefix))
        name = self.new_request_id() if key is None else fingerprint.of_regeneration(key, f"{by} {article_id}")
        self.queue.send(self.write_message(Regeneration(article_id, document, source.bucket, source.key, name, by)))
        return name
