"""`python -m bot`: the same as `jalon`."""

from bot.cli import app

app()
