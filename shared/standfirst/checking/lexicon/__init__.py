"""Words of English that the rules know, as data."""
