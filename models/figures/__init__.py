"""The figures a dispositif answers for at each campaign: capacity, full-time equivalents, waiting list."""
