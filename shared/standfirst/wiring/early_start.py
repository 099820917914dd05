"""Shortens the cold start of a function that reads articles: import this module right after ``cold_start``.

The bounded process prepares itself while the function imports the rest.
"""

from contextlib import suppress

from standfirst.domain.errors import TransientError
from standfirst.wiring.bounded import process

with suppress(TransientError):
    # The first call tries again, and says so.
    process.start()
