"""Draws pictures and one-page reports, with matplotlib's Figure API; imported only when one is asked for."""
