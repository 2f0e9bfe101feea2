"""The folder of files on their way: written for one link or message, read once, forgotten soon."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from models.base.settings import Settings

KINDS = frozenset({".xlsx", ".png", ".pdf"})
"""Workbooks, pictures and reports: whatever else lies there is none of ours."""

KEPT = timedelta(hours=3)
"""Longer than any link, preview or job may take."""


def exchange_folder(settings: Settings) -> Path:
    """Return the folder, which only its owner may enter."""
    folder = settings.data_dir / "exchange"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def new_name() -> str:
    """Return the name of a new workbook, which tells nothing of it."""
    return f"{secrets.token_hex(16)}.xlsx"


def forget_old(folder: Path, now: datetime) -> int:
    """Remove what nobody fetched or confirmed in time, and what was sent long ago; return how many files."""
    ours = [file for file in folder.iterdir() if file.suffix in KINDS]
    old = [file for file in ours if file.stat().st_mtime < (now - KEPT).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
