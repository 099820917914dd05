"""Erases what is known of an article, for a legal takedown; who erased it and when is all that stays.

First the record becomes a withdrawn one without text, which remembers the hashes of what was erased. From then on
nobody can store or publish that content again, so that what follows may be interrupted and repeated: a second request
goes on where the first one stopped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standfirst.domain import fingerprint, revisions
from standfirst.domain.article import Article, ArticleId, UnreadPart, Upload
from standfirst.domain.article_ids import article_of, ids_of, part_id
from standfirst.domain.errors import ArticleRemoved, InvalidField, ReadingError, RevisionConflict, SummaryNotFound
from standfirst.domain.ports import ArticleStore, Clock, GenerationCache, ReviewStore, Stored, SummaryStore, Transition
from standfirst.domain.record import ArticleSource, Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.use_cases.article_versions import Reader
from standfirst.use_cases.get_summaries import refuse_impossible

TRIES = 5
"""Attempts to store the record, while others change it."""

PAGE = 50
"""Revisions that are read at once."""


@dataclass(frozen=True, slots=True)
class EraseSummary:
    """Erases articles. ``prefix`` is that of the articles' keys."""

    summaries: SummaryStore
    reviews: ReviewStore
    articles: ArticleStore
    generations: GenerationCache
    read: Reader
    clock: Clock
    prefix: str

    def __call__(self, article_id: ArticleId, by: str) -> Record:
        """Erases the texts and returns the record that stays; raises ``SummaryNotFound`` or ``TransientError``."""
        refuse_impossible(article_id)
        record = self._withdraw(article_id, by)
        for content in record.erased_content or ():
            self.generations.forget(content)
        # Before the revisions, which say where the records of their decisions are.
        self._erase_reviews(record)
        self.summaries.erase(article_id, before=record.revision)
        return record

    def _erase_reviews(self, erased: Record) -> None:
        """Erases the texts in the records of the decisions that brought the revisions before ``erased``."""
        before = erased.revision
        while page := self.summaries.history(erased.article_id, before, PAGE):
            for each in page:
                if each.review and each.review.at == each.updated_at:
                    at = erased.erased_at or erased.updated_at
                    self.reviews.erase(each.article_id, each.revision, each.review.at, at)
            before = page[-1].revision

    def with_object(self, article_id: ArticleId, by: str) -> Record:
        """Does the same, and deletes every version of the object.

        Raises ``InvalidField`` too, before anything is erased, if the object holds other articles.
        """
        refuse_impossible(article_id)
        source = self._current(article_id).record.article
        if others := self._others_in(source, article_id):
            raise InvalidField(
                "object_versions",
                f"{source.key} is a package with other articles too ({', '.join(others)}): erase those first, or "
                "delete the object yourself.",
            )
        record = self(article_id, by)
        if source.bucket:
            self.articles.erase(source.bucket, source.key)
        return record

    def _others_in(self, source: ArticleSource, article_id: ArticleId) -> list[ArticleId]:
        """Returns the other articles of the object that are not withdrawn, also those still to be summarised."""
        document = ArticleId(source.key.removeprefix(self.prefix))
        whole = self.summaries.current(document)
        articles = self._in_object(source)[1]
        in_bucket = ids_of(document, articles, whole.record if whole else None, self.summaries.parts(document))
        known = [document, *(part_id(document, part) for part in sorted(self.summaries.parts(document)))]
        found = {each: self.summaries.current(each) for each in (*known, *in_bucket) if each != article_id}
        return [
            each
            for each, stored in found.items()
            if (stored.record.status is not Status.WITHDRAWN if stored else each in in_bucket)
        ]

    def _current(self, article_id: ArticleId) -> Stored:
        stored = self.summaries.current(article_id)
        if stored is None:
            raise SummaryNotFound(f"There is no summary of {article_id}.")
        return stored

    def _withdraw(self, article_id: ArticleId, by: str) -> Record:
        """Returns the record that stays; stores it unless it is there already."""
        for _ in range(TRIES):
            stored = self._current(article_id)
            if stored.record.erased_at:
                return stored.record
            etag, read = self._in_bucket(stored.record)
            content = tuple(dict.fromkeys([*read, *self._in_table(stored.record)]))
            was = stored.record.article
            source = ArticleSource(bucket=was.bucket, key=was.key, etag=etag, sequencer=was.sequencer, part=was.part)
            stamp = Stamp(article_id, stored.record.revision + 1, self.clock.now(), by)
            record = revisions.erased(stamp, source, content)
            try:
                self.summaries.apply(Transition(record), stored, None)
            except RevisionConflict:
                continue
            return record
        raise RevisionConflict(f"{article_id} is being changed all the time.")

    def _in_bucket(self, record: Record) -> tuple[str | None, list[str]]:
        """Returns the ETag of the object, and the hash of the article in it, which may not be summarised yet."""
        etag, articles = self._in_object(record.article)
        article = article_of(record, articles, self.prefix)
        return etag, [fingerprint.content_hash(article)] if isinstance(article, Article) else []

    def _in_object(self, source: ArticleSource) -> tuple[str | None, Sequence[Article | UnreadPart]]:
        """Returns the ETag of the object, and the articles in it, as far as there is one and it can be read."""
        if source.bucket is None:
            return None, []
        etag = None
        try:
            found = self.articles.fetch(Upload(ArticleId(source.key), source.bucket, source.key, sequencer=""))
            etag = found.etag
            return etag, self.read(found.document)
        except (ArticleRemoved, ReadingError):
            return etag, []

    def _in_table(self, current: Record) -> Iterator[str]:
        """Yields the hashes of the content that each revision is about, and of what was erased before."""
        pending = self.summaries.revision(current.article_id, current.pending) if current.pending else None
        yield from (each.content_hash for each in (current, pending) if each and each.content_hash)
        yield from current.erased_content or ()
        before: int | None = None
        while page := self.summaries.history(current.article_id, before, PAGE):
            yield from (record.content_hash for record in page if record.content_hash)
            before = page[-1].revision
