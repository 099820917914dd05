"""schema.org JSON-LD."""
