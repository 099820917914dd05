"""Every error of ours, and what becomes of the upload that met it.

    StandfirstError
    ├── ReadingError         permanent: the article becomes ``failed`` with the reason, the event is acknowledged
    │   ├── EmptyDocument
    │   ├── UnreadableText
    │   ├── UnknownFormat
    │   ├── InvalidDocument
    │   ├── DocumentTooLarge
    │   └── ArticleTooShort
    ├── ArticleRemoved       the object is gone: the article becomes ``withdrawn``, acknowledged
    ├── NewerVersionStored   this event is older than what is stored: nothing is written, acknowledged
    ├── TransientError       raised out of the record handler, so that the queue delivers the event again
    │   ├── StoreUnavailable
    │   ├── RevisionConflict
    │   └── ModelUnavailable     on the last delivery the extractive writer stands in: ``model_unavailable``
    ├── ModelError           the model gave no draft, and would give none tomorrow: the extractive writer stands in
    │   ├── ModelMisconfigured   the operator has to act; ``model_unavailable``
    │   ├── ModelRefused         ``refused``, and an editor has to look
    │   └── ModelOutputInvalid   ``truncated``
    ├── SummaryNotFound      a reader asked for what is not there: 404
    ├── ArticleWithdrawn     a reader asked for what was deleted: 410
    ├── InvalidCursor        a reader's cursor is not one of ours: 422
    └── SettingsError        the function cannot start: a setting is missing or wrong

Errors of boto3, of openai and of the file system are translated where they arise (``adapters/``), never caught
elsewhere.
"""


class StandfirstError(Exception):
    """Base of every error this package raises on purpose. ``str()`` of it is a sentence for a person."""


class ReadingError(StandfirstError):
    """The document cannot be read as an article, today or after any number of retries."""


class EmptyDocument(ReadingError):
    """Nothing is in it."""


class UnreadableText(ReadingError):
    """The bytes are no text in any charset we can be sure of."""


class UnknownFormat(ReadingError):
    """The document is something we have no reader for."""


class InvalidDocument(ReadingError):
    """The format is known, but the document breaks its rules."""


class DocumentTooLarge(ReadingError):
    """Over a limit of ``domain/article.py``."""


class ArticleTooShort(ReadingError):
    """Under the least an article must hold once the page furniture is gone."""


class ArticleRemoved(StandfirstError):
    """The bucket no longer holds the object."""


class NewerVersionStored(StandfirstError):
    """A version with a later sequencer, or the same one, has been stored already."""


class TransientError(StandfirstError):
    """May well succeed when it is tried again; the queue is what tries again."""


class StoreUnavailable(TransientError):
    """S3 or DynamoDB was throttled, unreachable or refused us."""


class RevisionConflict(TransientError):
    """Somebody else wrote a revision since we looked."""


class ModelUnavailable(TransientError):
    """The model was busy, slow or unreachable; ``retry_after`` is its own wish in seconds, where it gave one."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """A sentence for a person, and how long to wait."""
        super().__init__(message)
        self.retry_after = retry_after


class ModelError(StandfirstError):
    """The model gave no draft of this article; asking again as it is would change nothing."""


class ModelMisconfigured(ModelError):
    """The provider does not take our requests: key, rights, quota, the model's name or the request itself."""


class ModelRefused(ModelError):
    """The model, or its provider's filter, declined to write about this article."""


class ModelOutputInvalid(ModelError):
    """What came was cut off or not of the shape that was asked for, twice."""


class SummaryNotFound(StandfirstError):
    """No such article, or no such revision of it."""


class ArticleWithdrawn(StandfirstError):
    """The article was deleted; its record remains."""


class InvalidCursor(StandfirstError):
    """Not a cursor that this list gave out."""


class SettingsError(StandfirstError):
    """A setting is missing or cannot be used; the message names it."""
