"""Who has an article open."""

from datetime import timedelta

import pytest

from builders import MORNING
from fakes import FakeClaims, FakeClock
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import ArticleClaimed, SummaryNotFound
from standfirst.domain.schema import rfc3339
from standfirst.use_cases.claim_article import CLAIMED_FOR, ClaimArticle

FERRY = ArticleId("politics/ferry.txt")
ME, ANOTHER = "an editor", "another editor"


@pytest.fixture
def clock() -> FakeClock:
    """A clock that a minute passes on between any two looks."""
    return FakeClock()


@pytest.fixture
def claims(clock: FakeClock) -> ClaimArticle:
    """The use case over a store in memory."""
    return ClaimArticle(FakeClaims(), clock)


def test_a_claim_is_for_ten_minutes_and_is_renewed(claims: ClaimArticle) -> None:
    """From when it was repeated."""
    first, second = (claims.claim(FERRY, ME) for _ in range(2))

    assert timedelta(minutes=10) == CLAIMED_FOR
    assert first.until == MORNING + timedelta(minutes=1) + CLAIMED_FOR
    assert second.until == first.until + timedelta(minutes=1)


def test_somebody_elses_claim_is_told_of(claims: ClaimArticle) -> None:
    """Who has it, and until when."""
    claim = claims.claim(FERRY, ANOTHER)

    with pytest.raises(ArticleClaimed, match="another editor has the article open") as refused:
        claims.claim(FERRY, ME)

    assert refused.value.members == {"claim": {"by": ANOTHER, "until": rfc3339(claim.until)}}


def test_a_claim_that_is_not_renewed_ends(claims: ClaimArticle, clock: FakeClock) -> None:
    """By the clock, whatever is still stored."""
    claims.claim(FERRY, ANOTHER)
    clock.moment += CLAIMED_FOR - timedelta(minutes=1)

    assert claims.claim(FERRY, ME).by == ME


def test_a_claim_is_taken_over(claims: ClaimArticle) -> None:
    """From then on it is the other one's."""
    claims.claim(FERRY, ANOTHER)

    claims.take_over(FERRY, ME)

    with pytest.raises(ArticleClaimed, match="an editor has"):
        claims.claim(FERRY, ANOTHER)


def test_one_ends_ones_own_claim_alone(claims: ClaimArticle) -> None:
    """Where there is none, nothing happens."""
    claims.release(FERRY, ME)
    claims.claim(FERRY, ANOTHER)

    claims.release(FERRY, ME)

    with pytest.raises(ArticleClaimed):
        claims.claim(FERRY, ME)
    claims.release(FERRY, ANOTHER)
    assert claims.claim(FERRY, ME).by == ME


def test_an_id_that_no_article_can_have_is_not_claimed(claims: ClaimArticle) -> None:
    """Nor taken over."""
    for claim in (claims.claim, claims.take_over):
        with pytest.raises(SummaryNotFound):
            claim(ArticleId("a" * 3_000), ME)
