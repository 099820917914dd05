"""NewsML-G2."""
