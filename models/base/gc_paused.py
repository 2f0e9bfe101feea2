"""The garbage collector, where it would look again and again for cycles among objects that make none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (20_000, 20, 20)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Keep the collector at rest while very many small objects pile up.

    It is a fifth of the time of an import; of the planning of a country (`benchmarks/reminders.py`, 10,000 job coaches,
    medians of five, in turn) 2.2 s of processor time become 1.7 s on SQLite, 1.8 s become 1.1 s on PostgreSQL.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def spare_what_is_there() -> None:
    """Leave all that a process has imported out of every collection: going through it stops a bot for 0.1 s.

    For a process that begins to serve: what it holds at this moment is never given back.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
