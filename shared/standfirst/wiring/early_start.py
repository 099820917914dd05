"""Shortens the cold start of a function that reads articles: import this module right after ``cold_start``.

The bounded process begins with what both import, and prepares itself while the function imports the rest.
"""

from contextlib import suppress

import standfirst.writing.house_style  # noqa: F401 - nearly all that both import
from standfirst.domain.errors import TransientError
from standfirst.wiring.bounded import process

with suppress(OSError, TransientError):
    # The first call tries again, and says so.
    process.start_as_copy()
