"""The writer that picks the article's own sentences."""
