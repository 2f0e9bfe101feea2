"""Conversations: a feature a folder; each handler returns the screen to show."""
