"""Queues a person's request for another summary of an article; the worker writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from standfirst.domain import fingerprint
from standfirst.domain.article import ArticleId, Regeneration
from standfirst.domain.errors import NothingToReview
from standfirst.domain.ports import UploadQueue
from standfirst.use_cases.get_summaries import GetSummaries

MessageWriter = Callable[[Regeneration], str]
"""Returns the body of the message for a regeneration."""


@dataclass(frozen=True, slots=True)
class RequestRegeneration:
    """Queues regenerations. ``prefix`` is that of the articles' keys, ``new_request_id`` returns a unique id."""

    find: GetSummaries
    queue: UploadQueue
    write_message: MessageWriter
    new_request_id: Callable[[], str]
    prefix: str

    def __call__(self, article_id: ArticleId, by: str, key: str | None = None) -> str:
        """Queues the regeneration and returns its request id; the same idempotency ``key`` gives the same request id.

        Raises ``SummaryNotFound``, ``ArticleWithdrawn``, ``NothingToReview`` for a record without a bucket, or
        ``StoreUnavailable``.
        """
        source = self.find.get(article_id).article
        if source.bucket is None:
            raise NothingToReview(f"The article {article_id} lies in no bucket.")
        document = ArticleId(source.key.removeprefix(self.prefix))
        request_id = self.new_request_id() if key is None else fingerprint.of_regeneration(key, f"{by} {article_id}")
        command = Regeneration(article_id, document, source.bucket, source.key, request_id, by)
        self.queue.send(self.write_message(command))
        return request_id
