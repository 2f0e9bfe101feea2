"""Measurements: ours beside the peer, in turn, in one run (`python -m benchmarks`, `make bench`)."""
