"""Answering an invitation, to one meeting or to a series."""
