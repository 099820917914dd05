"""What the command line says when it ends."""

ALL_DONE = 0
SOME_FAILED = 1
"""Some file failed; the others are done."""
WRONG_USAGE = 2
