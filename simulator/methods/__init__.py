"""The simulated methods of the Bot API, a module per subject; importing them declares them."""

from simulator.methods import chats, commands, edits, media, messages, profile, receiving, registry

__all__ = ["chats", "commands", "edits", "media", "messages", "profile", "receiving", "registry"]
