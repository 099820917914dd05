"""Every error of ours, and what becomes of the upload that met it.

    StandfirstError
    ├── ReadingError         permanent: the article becomes ``failed`` with the reason, the event is acknowledged
    │   ├── EmptyDocument
    │   ├── UnreadableText
    │   ├── UnknownFormat
    │   ├── InvalidDocument
    │   ├── DocumentTooLarge
    │   ├── ArticleTooShort
    │   └── NotOneArticle            sent to be summarised at once, which a package cannot be: nothing is stored
    ├── ArticleRemoved       the object is gone: the article becomes ``withdrawn``, acknowledged
    ├── NewerVersionStored   this event is older than what is stored: nothing is written, acknowledged
    ├── TransientError       the queue delivers the event again, after a delay that grows
    │   ├── StoreUnavailable
    │   ├── RevisionConflict
    │   ├── GenerationInProgress     another delivery is writing about the same article
    │   └── ModelUnavailable         on the last delivery the extractive writer stands in: ``model_unavailable``
    │       ├── ModelBusy                too many requests; the model is well
    │       └── ModelDown                counted by the breaker, which opens after several in a row
    ├── ModelError           the model gives no draft, asked again or not: the extractive writer stands in
    │   ├── ModelMisconfigured       this request is not taken: ``model_unavailable``
    │   │   └── ModelUnusable            no request is: the operator has to act, and the breaker opens at once
    │   ├── ModelSwitchedOff         the breaker is open, nothing was asked: ``model_unavailable``
    │   ├── BudgetSpent              nothing was asked: ``budget``
    │   ├── ModelRefused             ``refused``, and an editor has to look
    │   └── ModelOutputInvalid       ``truncated``
    ├── LeftToQueue          tells the handler that the message was hidden, and about which article it is
    ├── InvalidMessage       a message of the queue is none of ours: put aside for a person at once
    ├── RequestError         what somebody asked of the API cannot be done (statuses: ``api/problem_details.py``)
    │   ├── SummaryNotFound          there is no such article, or revision: 404
    │   ├── ArticleWithdrawn         it was deleted: 410
    │   ├── InvalidField             a parameter or a member of the body cannot be used: 422
    │   ├── NothingToReview          the record has no text that could be reviewed: 409
    │   ├── CallerUnknown            nobody was authorised: 403
    │   ├── UnexpectedRevision       somebody else changed it since the caller looked: 412
    │   ├── RequestInProgress        the same request is being answered at this moment: 409
    │   └── IdempotencyKeyReused         an idempotency key came with another request before: 422
    └── SettingsError        the function cannot start: a setting is missing or wrong

Errors of boto3, of openai and of the file system are translated where they arise (``adapters/``), never caught
elsewhere.
"""


class StandfirstError(Exception):
    """Base of every error this package raises on purpose. ``str()`` of it is a sentence for a person."""


class ReadingError(StandfirstError):
    """The document cannot be read as an article, today or after any number of retries.

    ``remedy`` says what a person can do about it.
    """

    remedy = "Mend the document and upload it again."


class EmptyDocument(ReadingError):
    """Nothing is in it."""

    remedy = "Upload it again with its text."


class UnreadableText(ReadingError):
    """The bytes are no text in any charset we can be sure of."""

    remedy = "Save it as UTF-8 and upload it again."


class UnknownFormat(ReadingError):
    """The document is something we have no reader for."""

    remedy = "Upload the article as text, Markdown, HTML, JSON, NITF or NewsML-G2."


class InvalidDocument(ReadingError):
    """The format is known, but the document breaks its rules."""


class DocumentTooLarge(ReadingError):
    """Over a limit of ``domain/article.py``."""

    remedy = "Upload the story alone, or in parts."


class ArticleTooShort(ReadingError):
    """Under the least an article must hold once the page furniture is gone."""

    remedy = "Upload it again with its whole text."


class NotOneArticle(ReadingError):
    """The document is a package where one article is expected."""

    remedy = "Upload packages of several articles to the bucket."


class ArticleRemoved(StandfirstError):
    """The bucket no longer holds the object."""


class NewerVersionStored(StandfirstError):
    """A version with a later sequencer, or the same one, has been stored already."""


class TransientError(StandfirstError):
    """May well succeed when it is tried again; the queue is what tries again.

    ``retry_after`` is the least wait in seconds that makes sense, where it is known.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """A sentence for a person, and how long to wait."""
        super().__init__(message)
        self.retry_after = retry_after


class StoreUnavailable(TransientError):
    """S3, DynamoDB or SQS was throttled, unreachable or refused us."""


class RevisionConflict(TransientError):
    """Somebody else wrote a revision since we looked."""


class GenerationInProgress(TransientError):
    """The same text is being written about at this moment, or whoever did so has crashed a moment ago."""


class ModelUnavailable(TransientError):
    """The model cannot be had now; ``retry_after`` is its own wish."""


class ModelBusy(ModelUnavailable):
    """The provider takes no more requests from us for the moment."""


class ModelDown(ModelUnavailable):
    """The model failed, answered too late or could not be reached."""


class ModelError(StandfirstError):
    """The model gives no draft of this article; asking again as things are would change nothing."""


class ModelMisconfigured(ModelError):
    """The provider does not take the request as it is."""


class ModelUnusable(ModelMisconfigured):
    """The provider takes no request at all: key, rights, quota or the model's name are wrong."""


class ModelSwitchedOff(ModelError):
    """The breaker is open: for a while nobody asks the model."""


class BudgetSpent(ModelError):
    """What may be spent on the model in a day is spent."""


class ModelRefused(ModelError):
    """The model, or its provider's filter, declined to write about this article."""


class ModelOutputInvalid(ModelError):
    """What came was cut off or not of the shape that was asked for, twice."""


class LeftToQueue(StandfirstError):
    """A message could not be answered, and will be delivered again; ``from`` what stood in the way."""

    def __init__(self, article_id: str, cause: Exception) -> None:
        """Which article it is about, and why."""
        super().__init__(str(cause))
        self.article_id = article_id


class InvalidMessage(StandfirstError):
    """Nothing that S3 or we would send, or broken on its way."""


class RequestError(StandfirstError):
    """What was asked of the API cannot be done as it was asked."""


class SummaryNotFound(RequestError):
    """No such article, or no such revision of it."""


class ArticleWithdrawn(RequestError):
    """The article was deleted; its record remains."""


class InvalidField(RequestError):
    """A parameter, or a member of the body, has a value that cannot be used; ``field`` is its name."""

    def __init__(self, field: str, detail: str) -> None:
        """Which one, and a sentence for a person."""
        super().__init__(detail)
        self.field = field


class NothingToReview(RequestError):
    """The record has no text that could be edited, approved or rejected."""


class CallerUnknown(RequestError):
    """A request that would change something comes from nobody."""


class UnexpectedRevision(RequestError):
    """What the caller wants to change is no longer what the caller has seen."""


class RequestInProgress(RequestError):
    """A request with the same idempotency key has not been answered yet."""


class IdempotencyKeyReused(RequestError):
    """A request with the same idempotency key said something else."""


class SettingsError(StandfirstError):
    """A setting is missing or cannot be used; the message names it."""
