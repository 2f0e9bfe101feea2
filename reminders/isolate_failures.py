"""Planned apart: what is wrong with one keeps no other from being told."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Planned = TypeVar("Planned")


def isolate_failures(planned: Callable[[Item], Iterable[Planned]], items: Iterable[Item]) -> list[Planned]:
    """Return what is planned of each; one of which nothing can be planned is logged and left out."""
    found: list[Planned] = []
    for item in items:
        try:
            found += list(planned(item))
        except Exception:
            log.exception("left out of the planning")
    return found
