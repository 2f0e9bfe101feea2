"""The dispositif's own figures, asked at each campaign by guided numeric entry."""

from handlers.figures.conversation import feature

__all__ = ["feature"]
