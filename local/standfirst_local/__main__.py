"""``python -m standfirst_local``, for where the ``standfirst`` command is not on the path."""

import sys

from standfirst_local.cli import main

sys.exit(main())
