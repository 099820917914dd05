"""``standfirst evaluate``: measures a second reader on labelled rows, and compares the drafts of two settings."""
