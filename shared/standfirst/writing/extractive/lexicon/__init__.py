"""Words that the extractive writer knows."""
