"""What belongs to a page and not to its article, and how it is left out."""
