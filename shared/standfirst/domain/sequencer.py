"""The order of S3's events about one object."""

from datetime import datetime

WIDTH = 40
"""Length of a padded sequencer, in characters; S3 sends 16 to 18 today and promises no length."""


def padded(sequencer: str) -> str:
    """Returns ``sequencer`` at a fixed width, so that text order is the order of the events of one key.

    S3 documents hexadecimal text of varying length, to be padded on the right with zeros and compared as text
    (Amazon S3 user guide, "Event message structure"). Case is folded because hexadecimal has two.
    """
    return sequencer.upper().ljust(WIDTH, "0")


def from_event_time(moment: datetime) -> str:
    """Returns a sequencer for an event that has none (sent by hand, or by an emulator), from its time.

    It has S3's format (``00``, seconds since 1970 in eight hexadecimal digits, then a fraction), so that such events
    sort among themselves and, as long as S3 keeps that format, among its own.
    """
    fraction = moment.microsecond * 2**32 // 1_000_000
    return f"00{int(moment.timestamp()):08X}{fraction:08X}"
