"""Builds the use cases from settings and adapters, for ``functions/`` and ``local/``."""
