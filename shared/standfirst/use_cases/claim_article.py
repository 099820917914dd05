"""Notes who has an article open, so that two editors do not review it at once. It locks nothing."""

from dataclasses import dataclass
from datetime import timedelta

from standfirst.domain.article import ArticleId
from standfirst.domain.ports import ClaimStore, Clock
from standfirst.domain.queue import Claim
from standfirst.use_cases.get_summaries import refuse_impossible

CLAIMED_FOR = timedelta(minutes=10)
"""A claim that is not renewed ends by itself: who has gone home keeps nothing from the others."""


@dataclass(frozen=True, slots=True)
class ClaimArticle:
    """Claims articles, also those that there is no summary of."""

    claims: ClaimStore
    clock: Clock

    def claim(self, article_id: ArticleId, by: str) -> Claim:
        """Returns the claim of ``by`` for ten minutes from now, new or renewed.

        Raises ``ArticleClaimed`` if somebody else has one, and ``SummaryNotFound`` for an id that no article can have.
        """
        refuse_impossible(article_id)
        now = self.clock.now()
        claim = Claim(by=by, until=now + CLAIMED_FOR)
        self.claims.claim(article_id, claim, now)
        return claim

    def take_over(self, article_id: ArticleId, by: str) -> Claim:
        """Returns the same, whoever has a claim."""
        refuse_impossible(article_id)
        claim = Claim(by=by, until=self.clock.now() + CLAIMED_FOR)
        self.claims.take_over(article_id, claim)
        return claim

    def release(self, article_id: ArticleId, by: str) -> None:
        """Ends the claim of ``by``, if there is one."""
        self.claims.release(article_id, by)
