"""What a version does to a record, row by row."""

from dataclasses import replace

import pytest

from builders import MORNING, a_record, a_style, an_article
from standfirst.domain.article import ArticleId
from standfirst.domain.record import ArticleSource, Degraded, Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.domain.transitions import Action, ArticleState, decide, decide_regeneration, transition
from standfirst.domain.versions import Readable, Removed, Unreadable, Version

ID = ArticleId("politics/ferry.txt")
SOURCE = ArticleSource(bucket="articles", key=ID, sequencer="0B")
EMBARGOED_SOURCE = SOURCE.model_copy(update={"embargoed_until": "2030-01-01T00:00:00Z"})
STAMP = Stamp(ID, 4, MORNING, "tests")


def a_version(content: str = "old", fingerprint: str = "old", embargo: str | None = None) -> Readable:
    """A readable version whose content and fingerprint are named."""
    article = an_article()
    if embargo:
        article = type(article)(article.paragraphs, article.language, article.format, embargoed_until=embargo)
    return Readable(ID, SOURCE, article, a_style(), fingerprint, content)


def stored(
    status: Status = Status.GENERATED, content: str | None = "old", fingerprint: str = "old", *, stale: bool = False
) -> Record:
    """A stored record made of named content."""
    update = {"content_hash": content, "fingerprint": fingerprint, "stale": stale}
    return a_record(ID, revision=3, status=status).model_copy(update=update)


def reviewed(status: Status, *, stale: bool = False, **beside: Record) -> ArticleState:
    """An article about whose summary a person has decided."""
    record = stored(status, stale=stale)
    return ArticleState(record, reviewed=record, **beside)


NEW = a_version("new", "new")
RESTYLED = a_version("old", "another style")
EMBARGOED = a_version(embargo="2030-01-01T00:00:00Z")
NEW_EMBARGOED = a_version("new", "new", embargo="2030-01-01T00:00:00Z")
CAREFUL = replace(a_version(), style=replace(a_style(), publish_without_review=False))
BROKEN = Unreadable(ID, SOURCE, "It is no text.", "broken")
GONE = Removed(ID, SOURCE)
KILLED = Removed(ID, SOURCE, "Its provider has cancelled it.")
EDITED, APPROVED, REJECTED = (reviewed(status) for status in (Status.EDITED, Status.APPROVED, Status.REJECTED))
WITHDRAWN = stored(Status.WITHDRAWN, content=None, fingerprint="removed")
PENDING = stored(content="new", fingerprint="new")
SKIPPED = stored(Status.SKIPPED, content="new", fingerprint="new")
FAILED = stored(Status.FAILED, content=None, fingerprint="broken")
STALE = ArticleState(stored(stale=True).model_copy(update={"pending": 2}), pending=FAILED)
K, R, A = Action.KEEP, Action.REPLACE, Action.ADD_PENDING


def of_another(version: Version) -> Version:
    """The version, if the article were a part of the package ``politics``."""
    return replace(version, source=version.source.model_copy(update={"key": "politics", "part": "ferry.txt"}))


TABLE: list[tuple[str, ArticleState | None, Version, Action]] = [
    ("nothing stored, an article", None, NEW, R),
    ("nothing stored, a broken document", None, BROKEN, R),
    ("nothing stored, nothing there", None, GONE, R),
    ("generated, the same", ArticleState(stored()), a_version(), K),
    ("generated, another embargo", ArticleState(stored()), EMBARGOED, Action.UPDATE_METADATA),
    ("generated, has to be reviewed now", ArticleState(stored()), CAREFUL, Action.UPDATE_METADATA),
    ("needs review, has to be reviewed", ArticleState(stored(Status.NEEDS_REVIEW)), CAREFUL, K),
    ("approved, would have to be reviewed now", APPROVED, CAREFUL, K),
    ("generated, other content", ArticleState(stored()), NEW, R),
    ("generated, another style", ArticleState(stored()), RESTYLED, R),
    ("generated, broken now", ArticleState(stored()), BROKEN, A),
    ("generated and stale, broken in the same way", STALE, BROKEN, K),
    ("generated and stale, broken otherwise", STALE, Unreadable(ID, SOURCE, "It is empty.", "empty"), A),
    ("generated and stale, as it was", STALE, a_version(), Action.RESTORE),
    ("generated and stale, other content", STALE, NEW, R),
    ("generated and stale, deleted", STALE, GONE, Action.WITHDRAW),
    ("needs review, broken now", ArticleState(stored(Status.NEEDS_REVIEW)), BROKEN, A),
    ("generated, deleted", ArticleState(stored()), GONE, Action.WITHDRAW),
    ("failed, broken in the same way", ArticleState(stored(Status.FAILED, None, "broken")), BROKEN, K),
    ("failed, readable now", ArticleState(stored(Status.FAILED, None, "broken")), NEW, R),
    ("skipped, the same", ArticleState(stored(Status.SKIPPED)), a_version(), K),
    ("skipped, other content", ArticleState(stored(Status.SKIPPED)), NEW, R),
    ("skipped, broken now", ArticleState(stored(Status.SKIPPED)), BROKEN, R),
    ("edited, the same is skipped and pending", reviewed(Status.EDITED, stale=True, pending=SKIPPED), NEW, K),
    ("withdrawn, deleted again", ArticleState(WITHDRAWN), GONE, K),
    ("withdrawn, back again", ArticleState(WITHDRAWN), a_version(), R),
    (
        "withdrawn after an edit, back again",
        ArticleState(WITHDRAWN, stored(Status.EDITED)),
        a_version(),
        Action.RESTORE,
    ),
    ("withdrawn after an edit, other content", ArticleState(WITHDRAWN, stored(Status.EDITED)), NEW, A),
    (
        "withdrawn after a rejection, back",
        ArticleState(WITHDRAWN, stored(Status.REJECTED)),
        a_version(),
        Action.RESTORE,
    ),
    ("edited, the same", EDITED, a_version(), K),
    ("edited, another style", EDITED, RESTYLED, K),
    ("edited, another embargo", EDITED, EMBARGOED, Action.UPDATE_METADATA),
    ("edited, other content", EDITED, NEW, A),
    ("approved, other content", APPROVED, NEW, A),
    ("edited, broken now", EDITED, BROKEN, A),
    ("edited, deleted", EDITED, GONE, Action.WITHDRAW),
    ("approved, killed", APPROVED, KILLED, Action.WITHDRAW),
    ("edited and stale, as it was", reviewed(Status.EDITED, stale=True), a_version(), Action.RESTORE),
    ("edited, the same is pending", reviewed(Status.EDITED, stale=True, pending=PENDING), NEW, K),
    ("edited, something else is pending", reviewed(Status.EDITED, pending=PENDING), a_version("newer", "newer"), A),
    (
        "edited, the same is pending under another embargo",
        reviewed(Status.EDITED, stale=True, pending=PENDING),
        NEW_EMBARGOED,
        Action.UPDATE_METADATA,
    ),
    (
        "edited, the same was rejected under another embargo",
        reviewed(Status.EDITED, stale=True, rejected_pending=PENDING),
        NEW_EMBARGOED,
        Action.UPDATE_METADATA,
    ),
    ("edited, the same was rejected", reviewed(Status.EDITED, stale=True, rejected_pending=PENDING), NEW, K),
    (
        "edited, the same was rejected before one that is broken",
        reviewed(Status.EDITED, stale=True, pending=FAILED, rejected_pending=PENDING),
        NEW,
        Action.UPDATE_METADATA,
    ),
    ("rejected, the same", REJECTED, a_version(), K),
    ("rejected, another style", REJECTED, RESTYLED, K),
    ("rejected, other content", REJECTED, NEW, R),
    ("rejected, broken now", REJECTED, BROKEN, R),
    ("withdrawn after an edit, broken now", ArticleState(WITHDRAWN, stored(Status.EDITED)), BROKEN, R),
    ("broken after an edit, as it was", ArticleState(FAILED, stored(Status.EDITED)), a_version(), Action.RESTORE),
    ("broken after an edit, other content", ArticleState(FAILED, stored(Status.EDITED)), NEW, A),
    ("another object's, an article", ArticleState(stored()), of_another(NEW), Action.REFUSE),
    ("another object's and edited, the same content", EDITED, of_another(a_version()), Action.REFUSE),
    ("another object's, broken", ArticleState(stored()), of_another(BROKEN), Action.REFUSE),
    ("another object's, deleted", ArticleState(stored()), of_another(GONE), K),
    ("another object's and withdrawn, an article", ArticleState(WITHDRAWN), of_another(NEW), R),
    ("another object's and withdrawn, broken", ArticleState(WITHDRAWN), of_another(BROKEN), R),
    ("another object's and withdrawn, deleted", ArticleState(WITHDRAWN), of_another(GONE), K),
]


@pytest.mark.parametrize(("state", "version", "action"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_a_version_does_follows_the_table(state: ArticleState | None, version: Version, action: Action) -> None:
    """Each row is one thing that can happen to an article."""
    assert decide(state, version) is action


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (ArticleState(stored(fingerprint="fallback")), Action.KEEP),
        (ArticleState(stored(fingerprint="other")), Action.REPLACE),
        (reviewed(Status.EDITED, pending=stored(fingerprint="fallback")), Action.KEEP),
        (reviewed(Status.EDITED, rejected_pending=stored(fingerprint="fallback")), Action.KEEP),
        (reviewed(Status.EDITED, pending=stored(fingerprint="other")), Action.ADD_PENDING),
    ],
    ids=["current", "new", "pending", "rejected", "pending, new"],
)
def test_the_fallback_writes_nothing_twice(state: ArticleState, action: Action) -> None:
    """The model could not be had, as it could not be had before: the candidate is what is there already."""
    assert decide(state, NEW, stored(content="new", fingerprint="fallback")) is action


def written(words: str, by: str = "an editor", degraded: Degraded | None = None, revision: int = 9) -> Record:
    """A text that was written because somebody asked."""
    record = stored().model_copy(update={"standfirst": words, "updated_by": by, "revision": revision})
    assert record.made_by
    return record.model_copy(update={"made_by": record.made_by.model_copy(update={"degraded": degraded})})


@pytest.mark.parametrize(
    ("state", "candidate", "recent", "action"),
    [
        (ArticleState(stored()), written("New."), [], Action.REPLACE),
        (EDITED, written("New."), [], Action.ADD_PENDING),
        (REJECTED, written("New."), [], Action.REPLACE),
        (ArticleState(stored()), written("New.", degraded=Degraded.BUDGET), [], Action.KEEP),
        (ArticleState(stored(Status.FAILED)), written("New.", degraded=Degraded.BUDGET), [], Action.REPLACE),
        (ArticleState(stored()), written("New."), [written("New.", revision=2)], Action.KEEP),
        (ArticleState(stored()), written("New."), [written("New.", "another", revision=2)], Action.REPLACE),
        (ArticleState(stored()), written("New."), [written("New.", "another", revision=3)], Action.KEEP),
    ],
    ids=[
        "generated",
        "edited",
        "rejected",
        "only the fallback's",
        "nothing to lose",
        "delivered twice",
        "somebody else's, long ago",
        "served already",
    ],
)
def test_a_regeneration_replaces_only_by_something_better(
    state: ArticleState, candidate: Record, recent: list[Record], action: Action
) -> None:
    """And never human-authored text."""
    assert decide_regeneration(state, candidate, recent) is action


def test_a_pending_revision_comes_before_the_words_that_stay() -> None:
    """Both are new revisions; the words that stay say which one is pending."""
    candidate = stored(content="new").model_copy(update={"revision": 4})

    made = transition(Action.ADD_PENDING, EDITED, NEW, STAMP, candidate)

    assert made
    assert made.pending == candidate
    assert (made.record.revision, made.record.status, made.record.pending) == (5, Status.EDITED, 4)
    assert made.record.stale


def test_a_withdrawn_record_points_to_the_last_decision() -> None:
    """Should the article come back, so does the reviewed text."""
    made = transition(Action.WITHDRAW, EDITED, GONE, STAMP, None)

    assert made
    assert (made.record.status, made.record.last_reviewed, made.record.standfirst) == (Status.WITHDRAWN, 3, None)


def test_a_killed_record_says_why() -> None:
    """Whoever asks for it is told what the provider said."""
    made = transition(Action.WITHDRAW, APPROVED, KILLED, STAMP, None)

    assert made
    assert (made.record.status, made.record.reason) == (Status.WITHDRAWN, "Its provider has cancelled it.")


def test_the_embargo_of_a_newer_version_holds_back_the_words_that_stay() -> None:
    """They tell the same story; what stands in the way of the new text stands in the way of theirs."""
    candidate = stored(content="new").model_copy(update={"revision": 4, "article": EMBARGOED_SOURCE})

    made = transition(Action.ADD_PENDING, APPROVED, NEW_EMBARGOED, STAMP, candidate)

    assert made
    assert (made.record.status, made.record.is_embargoed(MORNING)) == (Status.APPROVED, True)


def test_a_version_that_cannot_be_read_leaves_the_embargo_as_it_is() -> None:
    """Nobody knows what it says of one."""
    broken = stored(Status.FAILED, None, "broken").model_copy(update={"revision": 4})
    embargoed = stored(Status.APPROVED)
    embargoed = embargoed.model_copy(update={"article": EMBARGOED_SOURCE})

    made = transition(Action.ADD_PENDING, ArticleState(embargoed, embargoed), BROKEN, STAMP, broken)

    assert made
    assert made.record.is_embargoed(MORNING)


@pytest.mark.parametrize("pending", [PENDING, None], ids=["pending", "rejected"])
def test_another_embargo_of_the_newest_version_holds_back_the_words_that_stay(pending: Record | None) -> None:
    """Whether the text of that version is pending, or a person has rejected it."""
    state = reviewed(Status.EDITED, stale=True, **({"pending": pending} if pending else {"rejected_pending": PENDING}))

    made = transition(Action.UPDATE_METADATA, state, NEW_EMBARGOED, STAMP, None)

    assert made
    assert made.record.is_embargoed(MORNING)
    assert made.record.stale
    assert made.pending is None if pending is None else made.pending.is_embargoed(MORNING)
    after = ArticleState(
        made.record, made.record, made.pending, None if pending else PENDING.model_copy(update={"article": SOURCE})
    )
    assert decide(after, NEW_EMBARGOED) is Action.KEEP


@pytest.mark.parametrize("action", [Action.KEEP, Action.REFUSE])
def test_where_nothing_changes_nothing_is_stored(action: Action) -> None:
    """There is no revision then."""
    assert transition(action, EDITED, a_version(), STAMP, None) is None


def test_a_failed_record_points_to_the_last_decision() -> None:
    """A person rejected the text: it does not come back as if nobody had."""
    made = transition(Action.REPLACE, REJECTED, BROKEN, STAMP, FAILED)

    assert made
    assert (made.record.status, made.record.last_reviewed) == (Status.FAILED, 3)


def test_a_skipped_version_keeps_waiting_when_its_embargo_changes() -> None:
    """Beside a person's words, which are under that embargo too."""
    state = reviewed(Status.EDITED, stale=True, pending=SKIPPED)

    planned = transition(Action.UPDATE_METADATA, state, NEW_EMBARGOED, STAMP, None)

    assert planned
    assert planned.pending
    assert planned.record.pending == planned.pending.revision
    assert {each.article.embargoed_until for each in (planned.record, planned.pending)} == {"2030-01-01T00:00:00Z"}


def test_a_skipped_version_without_an_embargo_ends_that_of_a_persons_words() -> None:
    """It could be read: its embargo is the story's."""
    embargoed = EDITED.current.model_copy(update={"article": EMBARGOED_SOURCE})

    planned = transition(Action.ADD_PENDING, ArticleState(embargoed, embargoed), NEW, STAMP, SKIPPED)

    assert planned
    assert (planned.record.stale, planned.record.article.embargoed_until) == (True, None)
