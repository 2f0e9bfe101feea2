"""Conversations: one aiogram router per feature; each handler returns the screen to show."""
