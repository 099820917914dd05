"""The system clock."""

from datetime import UTC, datetime


class SystemClock:
    """``Clock`` over the system's time."""

    def now(self) -> datetime:
        """Returns the current time, in UTC."""
        return datetime.now(UTC)
