"""Planning a meeting: when, where, with whom; changing it."""
