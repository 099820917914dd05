"""``SummarizeUpload`` over fakes."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from threading import Event, current_thread, main_thread

import pytest

from builders import MORNING, STORY, a_style, an_attempt, an_object, an_upload
from fakes import FakeArticles, FakeClock, FakeSummaries, FakeWriter
from standfirst.domain.article import Article, ArticleId, Document, Language, StoredObject, Upload
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.errors import (
    DocumentTooLarge,
    InvalidDocument,
    NewerVersionStored,
    RevisionConflict,
    StoreUnavailable,
)
from standfirst.domain.ports import ClaimedEvent, Stored, Transition, WriterIdentity
from standfirst.domain.record import Status
from standfirst.domain.sequencer import padded
from standfirst.domain.style import HouseStyle
from standfirst.reading.completeness import ENDS_IN_PROMPT
from standfirst.reading.document import read_document
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst.use_cases.summarize_upload import SummarizeUpload
from use_case import a_use_case, only, read_lines

ID = ArticleId("politics/ferry.txt")


@pytest.fixture
def articles() -> FakeArticles:
    """A bucket with one article."""
    return FakeArticles({ID: an_object()})


@pytest.fixture
def summaries() -> FakeSummaries:
    """An empty table."""
    return FakeSummaries()


@pytest.fixture
def writer() -> FakeWriter:
    """A writer that counts."""
    return FakeWriter()


@pytest.fixture
def summarize(articles: FakeArticles, summaries: FakeSummaries, writer: FakeWriter) -> SummarizeUpload:
    """The use case with everything faked."""
    return a_use_case(articles, summaries, writer)


def test_a_new_article_gets_a_first_revision_that_serves_the_draft(
    summarize: SummarizeUpload, summaries: FakeSummaries
) -> None:
    """The draft, its writer and its article are all on the record."""
    outcome = only(summarize(an_upload(), an_attempt())).outcome

    [record] = summaries.revisions[ID]
    assert outcome is Outcome.GENERATED
    assert (record.revision, record.status) == (1, Status.GENERATED)
    assert record.standfirst == STORY.split("\n\n", maxsplit=1)[0]
    assert record.article.model_dump() == {
        "bucket": "articles",
        "key": ID,
        "etag": "e1",
        "version_id": "v1",
        "sequencer": "0A",
        "words": 45,
        "published_at": None,
        "version": None,
        "embargoed_until": None,
        "standfirst": None,
        "part": None,
        "declared_language": None,
        "partial": None,
        "kind": "news",
    }
    assert record.made_by
    assert record.made_by.style == "default@1"


@pytest.mark.parametrize(
    ("review_on", "outcome"), [((), Outcome.GENERATED), (("limits",), Outcome.NEEDS_REVIEW)], ids=["not asked", "asked"]
)
def test_a_draft_with_a_warning_needs_review_where_the_style_of_the_article_asks_for_it(
    summarize: SummarizeUpload, summaries: FakeSummaries, review_on: tuple[str, ...], outcome: Outcome
) -> None:
    """What the check said is kept for the editor."""
    finding = Finding("limits", "summary", "…", "too short", "warning")
    finds = replace(summarize.generate, check=lambda *_: [finding])
    style = replace(a_style(), review_on=review_on)

    result = only(replace(summarize, generate=finds, choose_style=lambda *_: style)(an_upload(), an_attempt()))

    assert result.outcome is outcome
    assert summaries.revisions[ID][0].findings == (finding,)


CUT = f"Ferry to return\n\n{STORY}\n\nSubscribe to continue reading"


def test_the_summary_of_a_part_of_an_article_needs_review_and_says_why(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """The rest of the story may say otherwise: nobody is served its beginning as the whole."""
    articles.objects[ID] = an_object(CUT)

    result = only(replace(summarize, read=read_document)(an_upload(), an_attempt()))

    [record] = summaries.revisions[ID]
    assert result.outcome is Outcome.NEEDS_REVIEW
    assert record.article.partial == ENDS_IN_PROMPT
    [finding] = record.findings
    assert (finding.check, finding.severity) == ("partial", "warning")
    assert ENDS_IN_PROMPT in finding.detail


def test_what_a_later_version_shows_of_the_same_words_counts(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, writer: FakeWriter
) -> None:
    """Nothing is written anew, but a review is asked for; the finding goes once nothing shows that more exists."""
    summarize = replace(summarize, read=read_document)
    for sequencer, text in (("0A", CUT.rpartition("\n\n")[0]), ("0B", CUT), ("0C", CUT.rpartition("\n\n")[0])):
        articles.objects[ID] = an_object(text, etag=sequencer)
        summarize(an_upload(sequencer=sequencer), an_attempt())

    whole, cut, again = summaries.revisions[ID]
    assert len(writer.written) == 1
    assert (whole.status, whole.findings) == (Status.GENERATED, ())
    assert (cut.status, [each.check for each in cut.findings]) == (Status.NEEDS_REVIEW, ["partial"])
    assert (again.article.partial, again.findings) == (None, ())


def test_an_unchanged_upload_writes_no_revision_and_asks_no_writer(
    summarize: SummarizeUpload, summaries: FakeSummaries, writer: FakeWriter
) -> None:
    """Nothing is paid for the same words twice."""
    summarize(an_upload(sequencer="0A"), an_attempt())

    outcome = only(summarize(an_upload(sequencer="0B"), an_attempt())).outcome

    assert outcome is Outcome.UNCHANGED
    assert len(summaries.revisions[ID]) == len(writer.written) == 1


def test_an_upload_older_than_an_unchanged_one_is_outdated(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """A re-upload moves the record's place in time on, though nothing else of it changes."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    summarize(an_upload(sequencer="0C"), an_attempt())
    articles.objects[ID] = an_object("Another text that came between and was read late.")

    outcome = only(summarize(an_upload(sequencer="0B"), an_attempt())).outcome

    assert outcome is Outcome.OUTDATED
    assert len(summaries.revisions[ID]) == 1


@pytest.mark.parametrize("change", ["text", "headline", "language", "style", "prompt", "model", "version"])
def test_whatever_the_text_is_made_from_makes_a_new_revision_when_it_changes(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, change: str
) -> None:
    """The fingerprint covers text, headline, language, style version and writer."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    document = an_object().document
    changed = {
        "text": replace(document, content=b"The ferry is not to return after all, the council says."),
        "headline": replace(document, headline="Ferry back"),
        "language": replace(document, language=Language("fr")),
    }.get(change, document)
    articles.objects[ID] = replace(an_object(), document=changed)
    if change == "style":
        summarize = replace(summarize, choose_style=lambda *_: a_style(version="2"))
    if change in {"prompt", "model", "version"}:
        changed = FakeWriter(replace(WriterIdentity("fake"), **{change: "2"}))
        summarize = replace(summarize, generate=replace(summarize.generate, fallback=changed))

    summarize(an_upload(sequencer="0B"), an_attempt())

    assert [record.revision for record in summaries.revisions[ID]] == [1, 2]


def test_an_event_delivered_twice_is_answered_once(summarize: SummarizeUpload, writer: FakeWriter) -> None:
    """Queues deliver at least once."""
    summarize(an_upload(sequencer="0A"), an_attempt())

    assert only(summarize(an_upload(sequencer="0A"), an_attempt())).outcome is Outcome.OUTDATED
    assert len(writer.written) == 1


def test_sequencers_of_different_length_compare_as_if_padded(summarize: SummarizeUpload) -> None:
    """S3's own rule: pad on the right with zeros, then compare as text."""
    summarize(an_upload(sequencer="0055AED6DCD90281E5"), an_attempt())

    assert only(summarize(an_upload(sequencer="0055AED6DCD902"), an_attempt())).outcome is Outcome.OUTDATED
    assert only(summarize(an_upload(sequencer="0055AED6DCD90281E500"), an_attempt())).outcome is Outcome.OUTDATED
    assert only(summarize(an_upload(sequencer="0055aed6dd"), an_attempt())).outcome is Outcome.UNCHANGED


def test_a_document_that_cannot_be_read_fails_with_the_reason(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """The record says why it failed, and serves no text."""
    articles.objects[ID] = an_object("")

    outcome = only(summarize(an_upload(), an_attempt())).outcome

    record = summaries.revisions[ID][0]
    assert outcome is Outcome.FAILED
    assert (record.status, record.standfirst) == (Status.FAILED, None)
    assert record.reason == "Nothing is in it. Upload it again with its text."


def test_a_document_refused_by_its_size_fails_without_being_read(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """The store refuses it before there is any content."""
    articles.objects[ID] = DocumentTooLarge("The document has 6,000,000 bytes.")

    assert only(summarize(an_upload(), an_attempt())).outcome is Outcome.FAILED
    reason = summaries.revisions[ID][0].reason
    assert reason == "The document has 6,000,000 bytes. Upload the story alone, or in parts."


def test_the_same_unreadable_document_fails_once(summarize: SummarizeUpload, articles: FakeArticles) -> None:
    """A re-upload of the same bytes adds no revision."""
    articles.objects[ID] = an_object("")
    summarize(an_upload(sequencer="0A"), an_attempt())

    assert only(summarize(an_upload(sequencer="0B"), an_attempt())).outcome is Outcome.UNCHANGED


def test_an_unreadable_version_is_pending_beside_the_summary(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """What is served stays, and says that it is of an older version; the reason waits for somebody to read it."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = an_object("")

    result = only(summarize(an_upload(sequencer="0B"), an_attempt()))

    first, failed, current = summaries.revisions[ID]
    assert (result.outcome, result.reason, failed.reason) == (Outcome.FAILED, failed.reason, failed.reason)
    assert (failed.status, current.status) == (Status.FAILED, Status.GENERATED)
    assert (current.standfirst, current.stale, current.pending) == (first.standfirst, True, failed.revision)


def test_a_version_that_comes_back_is_no_longer_stale(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, writer: FakeWriter
) -> None:
    """Without writing anything again, however often the unreadable one was delivered."""
    here = articles.objects[ID]
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = an_object("")
    summarize(an_upload(sequencer="0B"), an_attempt())
    assert only(summarize(an_upload(sequencer="0C"), an_attempt())).outcome is Outcome.UNCHANGED
    articles.objects[ID] = here

    assert only(summarize(an_upload(sequencer="0D"), an_attempt())).outcome is Outcome.RESTORED
    current = summaries.revisions[ID][-1]
    assert (current.status, current.stale, current.pending) == (Status.GENERATED, False, None)
    assert len(writer.written) == 1


def test_an_article_of_which_no_sentence_may_be_served_is_one_that_cannot_be_read(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """A good revision stays; without one the article has failed."""

    class Mute(FakeWriter):
        def write(self, article: Article, style: HouseStyle) -> Draft:
            del article, style
            raise InvalidDocument("It has no sentence that may be served.")

    mute = replace(summarize, generate=replace(summarize.generate, fallback=Mute()))
    assert only(mute(an_upload("other"), an_attempt())).outcome is Outcome.WITHDRAWN
    articles.objects["other"] = an_object(name="other")
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = an_object("Another text of the same article, and all of it is orders to a machine.")

    results = [only(mute(an_upload(name, "0B"), an_attempt())) for name in (ID, "other")]

    assert [result.outcome for result in results] == [Outcome.FAILED, Outcome.FAILED]
    assert [result.reason for result in results] == [
        f"It has no sentence that may be served. {InvalidDocument.remedy}"
    ] * 2
    assert (summaries.revisions[ID][-1].status, summaries.revisions[ArticleId("other")][-1].status) == (
        Status.GENERATED,
        Status.FAILED,
    )


def test_an_unknown_style_fails_the_upload(summarize: SummarizeUpload, articles: FakeArticles) -> None:
    """The uploader asked for something there is not."""
    found = an_object()
    articles.objects[ID] = replace(found, document=replace(found.document, style="tabloid"))

    assert only(summarize(an_upload(), an_attempt())).outcome is Outcome.FAILED


def test_an_object_that_is_gone_withdraws_the_article(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """Whether the event was a delete or a create that came late, the bucket decides."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects.clear()

    assert only(summarize(an_upload(sequencer="0B"), an_attempt())).outcome is Outcome.WITHDRAWN
    assert summaries.revisions[ID][-1].standfirst is None


def test_an_article_never_seen_and_gone_leaves_a_mark(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """Without it an older event still on its way would bring the article back."""
    articles.objects.clear()

    assert only(summarize(an_upload(sequencer="0B"), an_attempt())).outcome is Outcome.WITHDRAWN
    assert only(summarize(an_upload(sequencer="0A"), an_attempt())).outcome is Outcome.OUTDATED
    assert len(summaries.revisions[ID]) == 1


def test_an_article_that_comes_back_is_summarised_again(summarize: SummarizeUpload, articles: FakeArticles) -> None:
    """Withdrawn is not for ever."""
    here = articles.objects.pop(ID)
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = here

    assert only(summarize(an_upload(sequencer="0B"), an_attempt())).outcome is Outcome.GENERATED


def test_a_newer_version_stored_meanwhile_wins(summarize: SummarizeUpload, summaries: FakeSummaries) -> None:
    """The condition of the write decides, not what was read before."""

    class Overtaken(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            del expected, event
            assert transition
            raise NewerVersionStored(transition.record.article_id)

    assert only(replace(summarize, summaries=Overtaken())(an_upload(), an_attempt())).outcome is Outcome.OUTDATED
    assert not summaries.revisions


@pytest.mark.parametrize("error", [StoreUnavailable("throttled"), RevisionConflict("taken")], ids=str)
def test_a_transient_error_is_raised_for_the_queue(summarize: SummarizeUpload, error: Exception) -> None:
    """The queue is what tries again."""

    class Failing(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            del transition, expected, event
            raise error

    with pytest.raises(type(error)):
        replace(summarize, summaries=Failing())(an_upload(), an_attempt())


def test_a_store_of_articles_that_does_not_answer_writes_nothing(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """An article that could not be fetched is not failed, it is fetched again."""
    articles.objects[ID] = StoreUnavailable("S3 did not answer")

    with pytest.raises(StoreUnavailable):
        summarize(an_upload(), an_attempt())
    assert not summaries.revisions


PACKAGE = "# one\nThe ferry is to return in June.\n# two\nThe school is to close in July.\n"


def outcomes(answers: Sequence[Result]) -> dict[str, str]:
    """What became of which article."""
    return {answer.article_id: answer.outcome for answer in answers}


def test_each_article_of_a_package_has_a_record_of_its_own(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """Under the package's id and the part's."""
    articles.objects[ID] = an_object(PACKAGE)

    answers = summarize(an_upload(), an_attempt())

    assert outcomes(answers) == {f"{ID}/one": "generated", f"{ID}/two": "generated"}
    assert summaries.current(ID) is None
    assert summaries.revisions[ArticleId(f"{ID}/two")][0].standfirst == "The school is to close in July."
    assert summaries.revisions[ArticleId(f"{ID}/two")][0].article.key == ID


def test_a_part_that_a_newer_package_no_longer_holds_is_withdrawn(
    summarize: SummarizeUpload, articles: FakeArticles
) -> None:
    """And the others are as unchanged as they are."""
    articles.objects[ID] = an_object(PACKAGE)
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = an_object("# two\nThe school is to close in July.\n# three\nThe bridge is shut.\n")

    answers = summarize(an_upload(sequencer="0B"), an_attempt())

    assert outcomes(answers) == {f"{ID}/one": "withdrawn", f"{ID}/two": "unchanged", f"{ID}/three": "generated"}


def test_a_package_that_goes_takes_its_parts_along(summarize: SummarizeUpload, articles: FakeArticles) -> None:
    """Nothing is served from a document that is not there any more."""
    articles.objects[ID] = an_object(PACKAGE)
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects.clear()

    answers = outcomes(summarize(an_upload(sequencer="0B"), an_attempt()))

    assert answers == {f"{ID}/one": "withdrawn", f"{ID}/two": "withdrawn", ID: "withdrawn"}


@pytest.mark.parametrize(
    "text", [None, "One article. It stands alone, and there is enough of it."], ids=["gone", "one"]
)
@pytest.mark.parametrize("stumbles", ["one", "two"])
def test_parts_that_go_are_all_withdrawn_though_it_takes_two_deliveries(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, text: str | None, stumbles: str
) -> None:
    """The record of the whole says that an event is answered, so it is the last one written."""
    articles.objects[ID] = an_object(PACKAGE)
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects.clear()
    articles.objects |= {ID: an_object(text)} if text else {}

    class Stumbling(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            if transition and transition.record.article_id.endswith(stumbles):
                raise StoreUnavailable("throttled")
            summaries.apply(transition, expected, event)

    with pytest.raises(StoreUnavailable):
        replace(summarize, summaries=Stumbling(summaries.revisions, summaries.processed, summaries.packages))(
            an_upload(sequencer="0B"), an_attempt()
        )
    summarize(an_upload(sequencer="0B"), an_attempt())

    for part in ("one", "two"):
        stored = summaries.current(f"{ID}/{part}")
        assert stored
        assert stored.record.status == "withdrawn"


def test_an_article_and_a_package_may_follow_each_other_under_one_key(
    summarize: SummarizeUpload, articles: FakeArticles
) -> None:
    """Whatever is there no longer is withdrawn."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = an_object(PACKAGE)
    packed = outcomes(summarize(an_upload(sequencer="0B"), an_attempt()))
    articles.objects[ID] = an_object()
    alone = outcomes(summarize(an_upload(sequencer="0C"), an_attempt()))

    assert packed == {f"{ID}/one": "generated", f"{ID}/two": "generated", ID: "withdrawn"}
    assert alone == {ID: "generated", f"{ID}/one": "withdrawn", f"{ID}/two": "withdrawn"}


def test_a_package_that_ends_half_way_is_finished_when_it_comes_again(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """What was done is not done twice, and what was stored before is not forgotten when the package is deleted."""
    articles.objects[ID] = an_object(PACKAGE)

    class Stumbling(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            if transition and transition.record.article_id.endswith("two"):
                raise StoreUnavailable("throttled")
            summaries.apply(transition, expected, event)

        def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
            summaries.add_parts(article_id, parts)

    with pytest.raises(StoreUnavailable):
        replace(summarize, summaries=Stumbling())(an_upload(sequencer="0A"), an_attempt())
    again = outcomes(summarize(an_upload(sequencer="0A"), an_attempt()))
    articles.objects.clear()
    deleted = outcomes(summarize(an_upload(sequencer="0B"), an_attempt()))

    assert again == {f"{ID}/one": "outdated", f"{ID}/two": "generated"}
    assert deleted == {ID: "withdrawn", f"{ID}/one": "withdrawn", f"{ID}/two": "withdrawn"}


def test_an_article_put_back_while_another_version_is_saved_is_handled_again(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """It equals the revision that was read, but that one is served no more."""
    summarize(an_upload(sequencer="0A"), an_attempt())

    class Overtaken(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            first = articles.objects[ID]
            articles.objects[ID] = an_object("The ferry is not to return after all, the council says.")
            summarize(an_upload(sequencer="0B"), an_attempt())
            articles.objects[ID] = first
            summaries.apply(transition, expected, event)

    overtaken = Overtaken(summaries.revisions, summaries.processed, summaries.packages)
    with pytest.raises(RevisionConflict):
        replace(summarize, summaries=overtaken)(an_upload(sequencer="0C"), an_attempt())
    summarize(an_upload(sequencer="0C"), an_attempt())

    assert summaries.revisions[ID][-1].standfirst == summaries.revisions[ID][0].standfirst


@pytest.mark.parametrize("name", ["embargoed_until", "published_at", "version"])
def test_an_embargo_that_changes_is_stored_without_writing_again(
    summarize: SummarizeUpload, summaries: FakeSummaries, writer: FakeWriter, name: str
) -> None:
    """A publisher has to heed it, and the text is the same."""
    summarize(an_upload(sequencer="0A"), an_attempt())

    def read_with_news(document: Document) -> list[Article]:
        return [replace(article, **{name: "2026-12-24T00:00:00Z"}) for article in read_lines(document)]

    answer = only(replace(summarize, read=read_with_news)(an_upload(sequencer="0B"), an_attempt()))

    first, second = summaries.revisions[ID]
    assert answer.outcome is Outcome.UPDATED
    assert getattr(second.article, name) == "2026-12-24T00:00:00Z"
    assert (second.standfirst, second.status, second.article.sequencer) == (first.standfirst, first.status, "0B")
    assert len(writer.written) == 1


def test_one_part_in_trouble_keeps_no_other_part_back(summarize: SummarizeUpload, articles: FakeArticles) -> None:
    """The others are answered, and the package is delivered again for the one."""
    articles.objects[ID] = an_object("# one\nThe first story.\n# two\nThe second story.\n# three\nThe third story.")

    class Troubled(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            if transition and transition.record.article_id.endswith("/one"):
                raise StoreUnavailable("Throttled.")
            super().apply(transition, expected, event)

    troubled = Troubled()
    with pytest.raises(StoreUnavailable):
        replace(summarize, summaries=troubled)(an_upload(), an_attempt())

    assert {name.rpartition("/")[2] for name in troubled.revisions} == {"two", "three"}


def test_a_summary_is_as_old_as_its_writing_is_done(articles: FakeArticles, summaries: FakeSummaries) -> None:
    """A list of changes since a moment would never have one that was stamped before it."""
    clock = FakeClock()

    class Slow(FakeWriter):
        def write(self, article: Article, style: HouseStyle) -> Draft:
            clock.moment += timedelta(hours=1)
            return super().write(article, style)

    replace(a_use_case(articles, summaries, Slow()), clock=clock)(an_upload(), an_attempt())

    stored = summaries.current(ID)
    assert stored
    assert stored.record.updated_at > MORNING + timedelta(hours=1)


def test_an_article_of_which_nothing_may_be_served_is_failed_with_the_reason(
    summarize: SummarizeUpload, summaries: FakeSummaries, writer: FakeWriter
) -> None:
    """As one that cannot be read; the same event again changes nothing."""
    writer.text = ""

    first, again = (only(summarize(an_upload(), an_attempt())) for _ in range(2))

    [record] = summaries.revisions[ID]
    assert (first.outcome, record.status) == (Outcome.FAILED, Status.FAILED)
    assert record.reason is not None
    assert record.reason.startswith("No sentence of the article can be served")
    assert again.outcome in {Outcome.OUTDATED, Outcome.UNCHANGED}


def test_a_version_that_an_earlier_event_led_to_is_not_replaced_by_an_older_one(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries
) -> None:
    """Two deliveries are under way; the earlier finds a newer version in the bucket, whose own event is to come."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    articles.objects[ID] = an_object(f"Second. {STORY}", etag="e2")
    fetched = Event()

    class Earlier(FakeSummaries):
        def claim_event(self, document: ArticleId, sequencer: str) -> ClaimedEvent:
            del document, sequencer
            return ClaimedEvent(frozenset(), is_first=False)

    class Bucket(FakeArticles):
        def fetch(self, upload: Upload) -> StoredObject:
            found = articles.fetch(upload)
            articles.objects[ID] = an_object(f"Third. {STORY}", etag="e3")
            earlier = Earlier(summaries.revisions, summaries.processed)
            replace(summarize, summaries=earlier)(an_upload(sequencer="0B"), an_attempt())
            fetched.set()
            return found

    class Later(FakeSummaries):
        def current(self, article_id: ArticleId) -> Stored | None:
            # In case it is fetched meanwhile.
            fetched.wait(0.05)
            return super().current(article_id)

    later = Later(summaries.revisions, summaries.processed, claimed={ID: padded("0B")})
    with pytest.raises(RevisionConflict):
        replace(summarize, articles=Bucket(), summaries=later)(an_upload(sequencer="0C"), an_attempt())

    assert summaries.revisions[ID][-1].article.etag == "e3"


def test_what_was_fetched_of_an_article_that_proves_to_be_known_is_fetched_again(
    summarize: SummarizeUpload, summaries: FakeSummaries
) -> None:
    """Of one without an event, such as a backfilled one: its record may be of a newer version."""
    summarize(an_upload(sequencer="0A"), an_attempt())
    summaries.claimed.clear()

    class Bucket(FakeArticles):
        def fetch(self, upload: Upload) -> StoredObject:
            del upload
            when = "after" if current_thread() is main_thread() else "before"
            return an_object(f"What was there {when} the record was read. {STORY}", etag=when)

    replace(summarize, articles=Bucket())(an_upload(sequencer="0B"), an_attempt())

    assert summaries.revisions[ID][-1].article.etag == "after"
