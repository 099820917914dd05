"""Arc ANS."""
