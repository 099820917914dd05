"""Words by which kinds of text are known, in the languages that are read."""
