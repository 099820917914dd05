"""Words of boilerplate, in the languages that are read."""
