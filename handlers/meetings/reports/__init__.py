"""Saying whether a meeting was held, and writing its report."""
