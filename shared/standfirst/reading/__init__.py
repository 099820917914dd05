"""Bytes to articles: one module per format behind ``document.read_document``. Pure: no network, no clock."""
