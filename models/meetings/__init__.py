"""Meetings: planned, moved, answered to, held, reported; and what proves it later."""
