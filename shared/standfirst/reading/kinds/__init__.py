"""Tells which kind of text an article is, such as news, a column or a recipe."""
