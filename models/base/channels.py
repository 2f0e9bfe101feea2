"""What the domain knows of a channel, by which people talk with Jalon: addresses, references, and how much it takes.

A channel reads what a person did, shows the screen that answers, and sends those that nobody asked for. It decides
itself how: what it cannot do, as editing a message or telling something in passing, it shows in its own way.
"""

from typing import NamedTuple, TypeAlias

Address: TypeAlias = int
"""Where a channel reaches somebody."""

MessageRef: TypeAlias = int
"""A message of somebody's conversation, by the channel's reference: kept and given back. A later one is greater."""

FileRef: TypeAlias = str
"""A file that somebody sent, by the channel's reference."""


class Room(NamedTuple):
    """How much a channel takes; texts in UTF-16 units, once their markup is read."""

    text: int
    caption: int
    """The text beside a file."""
    action: int
    """What a button carries, in bytes."""


LEAST = Room(text=4_096, caption=1_024, action=64)
"""What every channel takes, or more: a message is written before anybody knows by which one it goes."""
