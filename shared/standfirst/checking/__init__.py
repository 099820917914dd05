"""Draft and Article to findings: each module one kind of check, each check a pure function."""
