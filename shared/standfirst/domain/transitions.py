"""Decides what a version of an article does to its record. The same rules hold for uploads and for API requests.

What cannot be read changes nothing that is served: the text stays, ``stale``, and the failure is its pending revision.
A version that a takedown erased counts as removed.

========================================  ==================  =======================================================
stored                                    version             what is done
========================================  ==================  =======================================================
nothing                                   any                 ``REPLACE``
another object's                          removed or killed   ``KEEP``
another object's, withdrawn               any other           ``REPLACE``
another object's                          any other           ``REFUSE``
withdrawn                                 removed or killed   ``KEEP``
anything else                             removed or killed   ``WITHDRAW``
failed, or pending, for the same reason   unreadable          ``KEEP``
text that no person rejected              unreadable          ``ADD_PENDING``
anything else                             unreadable          ``REPLACE``
reviewed text about the same content      readable            ``KEEP`` or ``UPDATE_METADATA``, else ``RESTORE``
human-authored text about other content   same as before      ``KEEP`` or ``UPDATE_METADATA``: is pending or rejected
human-authored text about other content   new                 ``ADD_PENDING``
text made from the same                   readable            ``KEEP`` or ``UPDATE_METADATA``, else ``RESTORE``
anything else                             new                 ``REPLACE``
========================================  ==================  =======================================================
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from standfirst.domain import revisions
from standfirst.domain.article_ids import is_of_another_object
from standfirst.domain.ports import Transition
from standfirst.domain.record import Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.domain.versions import Readable, Removed, Unreadable, Version


class Action(StrEnum):
    """What is done to the record of an article."""

    REPLACE = "replace"
    """The record of the version becomes the current one."""
    ADD_PENDING = "add_pending"
    """The record of the version is stored as pending; the one that is served stays current."""
    RESTORE = "restore"
    """The text becomes current again as it was, because the version has the content that it was about."""
    UPDATE_METADATA = "update_metadata"
    """The content is the same; its embargo, date or provider's version has changed, or it has to be reviewed now."""
    WITHDRAW = "withdraw"
    """The article was deleted, or its provider has killed it."""
    KEEP = "keep"
    """Nothing changes."""
    REFUSE = "refuse"
    """Nothing changes, and a person has to rename one of two objects: the id belongs to the other one."""


NEEDS_RECORD = frozenset((Action.REPLACE, Action.ADD_PENDING))
"""The actions that need a record of the version, and so perhaps a new text."""


@dataclass(frozen=True, slots=True)
class ArticleState:
    """The newest revision of an article, and the older ones that it refers to.

    ``reviewed`` is the last revision that a person edited, approved or rejected, also before the article was deleted.
    ``pending`` waits for review, ``rejected_pending`` was pending until a person rejected it.
    """

    current: Record
    reviewed: Record | None = None
    pending: Record | None = None
    rejected_pending: Record | None = None


def decide(state: ArticleState | None, version: Version, candidate: Record | None = None) -> Action:
    """Returns what ``version`` does to an article of which ``state`` is stored.

    ``candidate`` is the record of the version, once its text is written; if the model was not available, it may have
    the fingerprint of what is stored.
    """
    if state is None:
        return Action.REPLACE
    current = state.current
    if is_of_another_object(current, version.source):
        return _decide_taken(current, version)
    match version:
        case Removed():
            return Action.KEEP if current.status is Status.WITHDRAWN else Action.WITHDRAW
        case Unreadable():
            return _decide_unreadable(state, version)
        case Readable():
            return _decide_readable(state, version, candidate)


def _decide_taken(current: Record, version: Version) -> Action:
    """Returns what ``version`` does to the record of another object, which has the same id."""
    if isinstance(version, Removed):
        return Action.KEEP
    return Action.REPLACE if current.status is Status.WITHDRAWN else Action.REFUSE


def _decide_unreadable(state: ArticleState, version: Unreadable) -> Action:
    current, pending = state.current, state.pending
    if version.fingerprint in {each.fingerprint for each in (current, pending) if each}:
        return Action.KEEP
    return Action.ADD_PENDING if current.is_served else Action.REPLACE


def _decide_readable(state: ArticleState, version: Readable, candidate: Record | None) -> Action:
    current, reviewed = state.current, state.reviewed
    fingerprints = {version.fingerprint, candidate.fingerprint if candidate else version.fingerprint}
    if reviewed and reviewed.content_hash == version.content_hash:
        holds = reviewed is current and not reviewed.stale
        return _keep_or_update(current, version) if holds else Action.RESTORE
    if reviewed and reviewed.is_human_authored:
        newer = state.pending if state.pending and state.pending.has_article else state.rejected_pending
        is_known = newer is not None and newer.fingerprint in fingerprints
        return _keep_or_update_both(state, version) if is_known else Action.ADD_PENDING
    if current.fingerprint in fingerprints:
        return Action.RESTORE if current.pending else _keep_or_update(current, version)
    return Action.REPLACE


def is_erased(current: Record, version: Version) -> bool:
    """Returns whether a takedown erased ``version``: it does not come back, also if it is uploaded again.

    ``current`` may also be the record of another object with the same id.
    """
    content = version.content_hash if isinstance(version, Readable) else None
    return current.has_erased(content, version.source.etag)


def decide_regeneration(state: ArticleState, candidate: Record, recent: Sequence[Record]) -> Action:
    """Returns what ``candidate``, the record of a regeneration, does.

    The current record stays if the candidate is no better: if it is the fallback's text, one that is current or pending
    already, or one that the same person's requests brought before (``recent`` revisions), as in a second delivery.
    """
    current, reviewed = state.current, state.reviewed
    is_fallback = candidate.made_by is not None and candidate.made_by.degraded is not None
    if current.has_text and (is_fallback or _came_before(candidate, current, recent)):
        return Action.KEEP
    return Action.ADD_PENDING if reviewed and reviewed.is_human_authored else Action.REPLACE


def transition(
    action: Action, state: ArticleState | None, version: Version, stamp: Stamp, candidate: Record | None
) -> Transition | None:
    """Returns the revisions that ``action`` leads to, ``None`` if nothing changes.

    ``stamp`` is that of the next revision; ``candidate`` has the same.
    """
    match action, state, version, candidate:
        case Action.REPLACE, _, _, Record():
            reviewed = state.reviewed if state and not candidate.has_text else None
            return Transition(revisions.with_last_reviewed(candidate, reviewed))
        case Action.ADD_PENDING, ArticleState(current, reviewed), _, Record():
            stays = revisions.with_pending_revision(reviewed or current, _after(stamp), candidate)
            return Transition(stays, pending=candidate)
        case Action.RESTORE, ArticleState(current, reviewed), Readable(), _:
            about = (version.source, version.article, version.style)
            return Transition(revisions.restored(reviewed or current, stamp, *about))
        case Action.UPDATE_METADATA, ArticleState(current, pending=pending), Readable(), _:
            return _with_metadata(current, pending, version, stamp)
        case Action.WITHDRAW, ArticleState(reviewed=reviewed), Removed(_, source, reason), _:
            return Transition(revisions.with_last_reviewed(revisions.withdrawn(stamp, source, reason), reviewed))
    return None


def _keep_or_update(current: Record, version: Readable) -> Action:
    is_same = revisions.has_same_metadata(current, version.article)
    is_same = is_same and not revisions.lacks_review(current, version.article, version.style)
    return Action.KEEP if is_same else Action.UPDATE_METADATA


def _keep_or_update_both(state: ArticleState, version: Version) -> Action:
    """Returns ``KEEP`` if the stale record has the embargo of ``version``, and the pending one all its metadata.

    A pending one that could not be read is over.
    """
    if not isinstance(version, Readable):
        return Action.KEEP
    has_failed = state.pending is not None and not state.pending.has_article
    if has_failed or state.current.article.embargoed_until != version.article.embargoed_until:
        return Action.UPDATE_METADATA
    return _keep_or_update(state.pending, version) if state.pending else Action.KEEP


def _with_metadata(current: Record, pending: Record | None, version: Readable, stamp: Stamp) -> Transition:
    """Returns the next revision of ``current``; if it is stale, its embargo is that of the newer ``version`` too."""
    about = (version.source, version.article, version.style)
    if not current.stale:
        return Transition(revisions.with_article_metadata(current, stamp, *about))
    if pending is None or not pending.has_article:
        return Transition(revisions.with_embargo_of(current, stamp, version.article))
    newer = revisions.with_article_metadata(pending, stamp, *about)
    return Transition(revisions.with_pending_revision(current, _after(stamp), newer), pending=newer)


def _after(stamp: Stamp) -> Stamp:
    return replace(stamp, revision=stamp.revision + 1)


def _came_before(candidate: Record, current: Record, recent: Sequence[Record]) -> bool:
    now = {current.revision, current.pending}
    return any(
        _identity(each) == _identity(candidate) and (each.updated_by == candidate.updated_by or each.revision in now)
        for each in recent
    )


def _identity(record: Record) -> tuple[object, ...]:
    """Returns the texts of ``record``, their writer and the content that they are about."""
    return record.texts, record.made_by, record.content_hash
