"""The order of what happened to one object."""

from datetime import datetime

WIDTH = 40
"""Sequencers are padded to so many characters; S3 sends 16 to 18 today and promises no length."""


def padded(sequencer: str) -> str:
    """``sequencer`` at one width, so that text comparison gives the order of events of one key.

    S3 documents hexadecimal text of varying length, to be padded on the right with zeros and compared as text
    (Amazon S3 user guide, "Event message structure"). Case is folded because hexadecimal has two.
    """
    return sequencer.upper().ljust(WIDTH, "0")


def from_event_time(moment: datetime) -> str:
    """A sequencer for an event that carries none (sent by hand, or by an emulator), from its time.

    It has the shape S3 uses (``00``, seconds since 1970 in eight hexadecimal digits, then a fraction), so such events
    order among themselves and, as far as S3 keeps that shape, among its own.
    """
    fraction = moment.microsecond * 2**32 // 1_000_000
    return f"00{int(moment.timestamp()):08X}{fraction:08X}"
