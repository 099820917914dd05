"""Which format a document has."""
