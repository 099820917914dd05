"""Bytes to Article: one module per format behind ``document.read_document``. Pure: no network, no clock."""
