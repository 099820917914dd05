"""Shortens a function's cold start: import this module before all others, and call ``imported`` after the last import.

Imports make many objects that are never freed. Garbage collection during them finds nothing and takes a tenth of a cold
start; ``make bench`` measures it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

gc.disable()


def imported() -> None:
    """Turns garbage collection on again, for objects made from now on."""
    gc.freeze()
    gc.enable()


@contextmanager
def building() -> Iterator[None]:
    """Turns garbage collection off for a block that makes what is kept as long: clients, and what they import."""
    gc.disable()
    try:
        yield
    finally:
        imported()
