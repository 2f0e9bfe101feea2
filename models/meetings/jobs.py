"""The work that meetings ask of the workers, by name: a worker starts without all that the work takes."""

PACK = "meeting_pack"
"""The kind of the job that makes a meeting's pack."""
