"""Hundreds of thousands of rows and no cycle among them: the collector would look for one again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Keep the garbage collector at rest while rows pile up; it is a fifth of the time of an import."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
