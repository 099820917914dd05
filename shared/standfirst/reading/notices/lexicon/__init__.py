"""Phrases of notices that stand where an article should be, or its end, in the languages that are read."""
