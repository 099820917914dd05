"""Puts the use cases together with their adapters and settings, for ``functions/`` and ``local/``."""
