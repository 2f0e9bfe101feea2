"""Crashes, bursts and outages against the real bot, as a process of its own: minutes long (`make test-faults`)."""
