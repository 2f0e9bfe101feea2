"""The folder of workbooks on their way: written for one link, read once, forgotten soon."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from models.settings import Settings

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
    """Remove the workbooks that nobody fetched or confirmed in time; return how many."""
    old = [file for file in folder.glob("*.xlsx") if file.stat().st_mtime < (now - KEPT).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
