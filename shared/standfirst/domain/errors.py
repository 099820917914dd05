"""Every error of this package, and how it is handled.

    StandfirstError
    ├── ReadingError         permanent: the record becomes ``failed`` with the reason; the event is acknowledged
    │   ├── EmptyDocument
    │   ├── UnreadableText
    │   ├── UnknownFormat
    │   ├── InvalidDocument
    │   │   └── ArticleKilled        its provider withholds or has cancelled it: the record becomes ``withdrawn``
    │   ├── DocumentTooLarge
    │   ├── ArticleTooShort
    │   ├── NotAnArticle             it is a list of articles, or a notice where one should be
    │   ├── NoServableText           the article was read, but no writer found words for it that may be served
    │   ├── DocumentTooDemanding     it needs more processor time or memory than one document may take
    │   └── NotOneArticle            a package was sent to ``POST /summaries``: nothing is stored
    ├── ArticleRemoved       the object was deleted: the record becomes ``withdrawn``; acknowledged
    ├── NewerVersionStored   the event is older than the stored record: nothing is written; acknowledged
    ├── TransientError       the queue redelivers the message, after a growing delay
    │   ├── StoreUnavailable
    │   ├── RevisionConflict
    │   ├── GenerationInProgress     another worker is generating the same summary
    │   ├── RunHeld                  another invocation works on the run of the backfill
    │   └── ModelUnavailable         on the last delivery the fallback writes: ``model_unavailable``
    │       ├── ModelBusy                too many requests; not counted by the breaker
    │       └── ModelDown                several in a row open the breaker
    ├── StoreRefused         DynamoDB refuses the write, and would again: moved to the dead-letter queue at once; to a
    │                        request that sends what is to be stored: 422
    ├── ModelError           a retry would give no draft either: the fallback writes
    │   ├── ModelMisconfigured       the provider rejects this request: ``model_unavailable``
    │   │   └── ModelUnusable            it rejects every request: the operator has to act; the breaker opens at once
    │   ├── ModelSwitchedOff         the breaker is open, no call was made: ``model_unavailable``
    │   ├── BudgetSpent              no call was made: ``budget``
    │   ├── ModelRefused             ``refused``, and the record needs review
    │   └── ModelOutputInvalid       ``truncated``
    ├── LeftToQueue          the message will be redelivered; names the article for the log
    ├── InvalidMessage       the message is not one of ours: moved to the dead-letter queue at once
    ├── RequestError         a request to the API cannot be met (statuses: ``api/problem_details.py``)
    │   ├── SummaryNotFound          no such article or revision: 404
    │   ├── ArticleWithdrawn         the article was deleted, killed or erased: 410
    │   ├── ArticleGone              the version of the article that a revision is about cannot be shown any more: 410
    │   ├── ArticleUnreadable        that version cannot be read as an article: 422
    │   ├── InvalidField             a parameter or a member of the body is invalid: 422
    │   ├── NothingToReview          the record has no text to review: 409
    │   ├── ArticleClaimed           somebody else has the article open: 409
    │   ├── CallerUnknown            the request has no authorised caller: 403
    │   ├── UnexpectedRevision       the record changed since the caller read it: 412
    │   ├── RequestInProgress        the same request is being processed: 409
    │   └── IdempotencyKeyReused         the idempotency key was used for another request: 422
    ├── RunInProgress        a run of the backfill begins when the one before it is over
    ├── NoSuchRun            there is no run of the backfill, or none of that name
    └── SettingsError        the function cannot start: a setting is missing or invalid

Errors of boto3, of openai and of the file system are translated where they arise (``adapters/``), never caught
elsewhere.
"""

import copyreg
from collections.abc import Mapping
from typing import Any, Self


class StandfirstError(Exception):
    """Base of every error this package raises on purpose. Its message is a sentence for a person."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Lets an error with arguments of its own be pickled: it is made again without its ``__init__``."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class ReadingError(StandfirstError):
    """The document cannot be read as an article, and a retry would not help.

    ``remedy`` tells the person what to do, ``embargoed_until`` is the embargo that the document states all the same.
    """

    remedy = "Fix the document and upload it again."
    embargoed_until: str | None = None

    def under_embargo(self, until: str | None) -> Self:
        """Returns this error, of a document that states an embargo, if it does."""
        self.embargoed_until = until
        return self


class EmptyDocument(ReadingError):
    """The document is empty."""

    remedy = "Upload it again with its text."


class UnreadableText(ReadingError):
    """The charset of the document cannot be determined."""

    remedy = "Save it as UTF-8 and upload it again."


class UnknownFormat(ReadingError):
    """No reader takes the document's format."""

    remedy = "Upload the article as text, Markdown, HTML, JSON, NITF or NewsML-G2."


class InvalidDocument(ReadingError):
    """The format is known, but the document breaks its rules."""


class ArticleKilled(InvalidDocument):
    """The provider withholds or has cancelled the article: nothing about it may be published."""

    remedy = "Upload it again once its provider has released it."


class DocumentTooLarge(ReadingError):
    """The document is over a limit of ``domain/article.py``."""

    remedy = "Upload the story alone, or in parts."


class ArticleTooShort(ReadingError):
    """The article is under the minimum length once the boilerplate is removed."""

    remedy = "Upload it again with its whole text."


class NotAnArticle(ReadingError):
    """The document is readable, but what it holds is no article: a section front, a cookie wall, an error page."""

    remedy = "Upload the page of one article, as a reader sees it."


class NoServableText(ReadingError):
    """Neither a model nor the extractive writer has a text of the article that may be served."""

    remedy = "Upload it again with its text in whole sentences."


class DocumentTooDemanding(ReadingError):
    """The document needs more processor time or memory than one may take, or crashes what reads it."""

    remedy = "Upload the story alone, without the page around it."


class NotOneArticle(ReadingError):
    """The document is a package where one article is expected."""

    remedy = "Upload packages of several articles to the bucket."


class ArticleRemoved(StandfirstError):
    """The bucket no longer holds the object."""


class NewerVersionStored(StandfirstError):
    """A version with the same or a later sequencer is stored already."""


class TransientError(StandfirstError):
    """May succeed when it is tried again; the queue redelivers the message.

    ``retry_after`` is the shortest useful wait in seconds, ``None`` if it is not known.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Takes a sentence for a person, and the wait in seconds."""
        super().__init__(message)
        self.retry_after = retry_after


class StoreUnavailable(TransientError):
    """S3, DynamoDB or SQS throttled or denied the request, or could not be reached."""


class StoreRefused(StandfirstError):
    """DynamoDB refuses what is to be written, and would refuse it again; what was paid for is not paid for again."""

    remedy = (
        "Nothing of this version is stored. The log of SummarizeUploads names what DynamoDB refuses; a document whose "
        "texts or names are too long has to be shortened and uploaded again. Redrive only what a new release mends."
    )


class RevisionConflict(TransientError):
    """Another writer stored a revision since the record was read."""


class GenerationInProgress(TransientError):
    """Another worker is generating the same summary, or crashed while it did and its deadline has not passed."""


class RunHeld(TransientError):
    """Another invocation works on the run of the backfill."""


class ModelUnavailable(TransientError):
    """The model is not available now; ``retry_after`` comes from the provider."""


class ModelBusy(ModelUnavailable):
    """The provider limits the rate of our requests."""


class ModelDown(ModelUnavailable):
    """The model failed, answered too late or could not be reached."""


class ModelError(StandfirstError):
    """The model gives no draft of this article, and the same call would fail again."""


class ModelMisconfigured(ModelError):
    """The provider rejects the request."""


class ModelUnusable(ModelMisconfigured):
    """The provider rejects every request: key, permissions, quota or the model's name are wrong."""


class ModelSwitchedOff(ModelError):
    """The circuit breaker is open: no call was made."""


class BudgetSpent(ModelError):
    """The daily budget is spent: no call was made.

    The next day's begins in ``retry_after`` seconds, if that is known.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Takes a sentence for a person, and the seconds."""
        super().__init__(message)
        self.retry_after = retry_after


class ModelRefused(ModelError):
    """The model, or its provider's filter, declined to write about this article."""


class ModelOutputInvalid(ModelError):
    """The model's output was truncated or did not match the schema, twice."""


class LeftToQueue(StandfirstError):
    """A message could not be processed and will be redelivered; chained ``from`` the cause."""

    def __init__(self, article_id: str, cause: Exception) -> None:
        """Takes the article's id and the cause."""
        super().__init__(str(cause))
        self.article_id = article_id


class InvalidMessage(StandfirstError):
    """The message is neither an S3 event nor a command of ours, or is malformed."""


class RequestError(StandfirstError):
    """A request to the API cannot be met.

    ``members`` are further members of its problem (RFC 9457), in the form of JSON.
    """

    def __init__(self, detail: str, members: Mapping[str, Any] | None = None) -> None:
        """Takes a sentence for a person, and the further members."""
        super().__init__(detail)
        self.members = members or {}


class SummaryNotFound(RequestError):
    """No such article, or no such revision of it."""


class ArticleWithdrawn(RequestError):
    """The article was deleted, killed by its provider or erased; its record remains."""


class RevisionExpired(RequestError):
    """The texts of an old revision are no longer kept."""


class ArticleGone(RequestError):
    """The version of the article that a revision is about was erased, or is no longer in the bucket."""


class ArticleUnreadable(RequestError):
    """The version of the article that a revision is about cannot be read as an article."""


class InvalidField(RequestError):
    """A parameter, or a member of the body, is invalid; ``field`` is its name."""

    def __init__(self, field: str, detail: str) -> None:
        """Takes the name of the field, and a sentence for a person."""
        super().__init__(detail)
        self.field = field


class NothingToReview(RequestError):
    """The record has no text to edit, approve or reject."""


class ArticleClaimed(RequestError):
    """Somebody else has the article open: ``by`` whom, and ``until`` when (RFC 3339)."""

    def __init__(self, by: str, until: str) -> None:
        """Takes who it is, and when their claim ends."""
        super().__init__(f"{by} has the article open until {until}.")
        self.members = {"claim": {"by": by, "until": until}}


class CallerUnknown(RequestError):
    """A request that changes something has no authorised caller."""


class UnexpectedRevision(RequestError):
    """The record has changed since the caller read it."""


class RequestInProgress(RequestError):
    """A request with the same idempotency key is still being processed."""


class IdempotencyKeyReused(RequestError):
    """The idempotency key was used for a different request."""


class RunInProgress(StandfirstError):
    """A run of the backfill is not over yet."""


class NoSuchRun(StandfirstError):
    """There is no such run of the backfill."""


class SettingsError(StandfirstError):
    """A setting is missing or invalid; the message names it."""
