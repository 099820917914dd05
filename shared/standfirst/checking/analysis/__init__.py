"""What a sentence says, and what of it the article has: the ground the rules stand on."""
