"""Export a campaign: what would leave (a rehearsal), the workbook, and the word that it was sent up."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.audit import repository as audit
from models.base.database import Database
from models.base.spreadsheets import write_book
from models.campaigns.repository import campaign_of
from models.dispositifs.repository import dispositif_exists
from models.events.repository import Gesture
from models.events.tables import Origin
from models.reference.scopes import NATIONAL
from models.workbook.exports import repository
from models.workbook.exports.dry_run import Counts, DryRun, run_dry
from models.workbook.exports.eligibility import Correction, LeftOut
from models.workbook.exports.exported_rows import ExportedRows
from models.workbook.exports.pages import Pages, Told
from models.workbook.exports.repository import ExportReader
from models.workbook.exports.scope import ExportRefused, check_right, parsed, unknown
from models.workbook.exports.texts import ExportRefusal
from models.workbook.template import Template


@dataclass(frozen=True)
class Request:
    """A campaign, by its date, and a scope: `national`, `region:84`, `departement:69`, `dispositif:ABC01`.

    With `events_only` the workbook has no sheet of dispositifs nor of persons: codes and closed choices, nothing else.
    """

    day: date
    scope: str = NATIONAL
    events_only: bool = False


@dataclass(frozen=True)
class Exported:
    """A workbook written: its number, its SHA-256, its rows, what stayed and why, what is to be changed by hand."""

    export_id: int
    file: Path
    sha256: str
    counts: Counts
    left_out: Sequence[LeftOut]
    corrections: Sequence[Correction]


async def dry_run(database: Database, actor: Actor, request: Request) -> DryRun:
    """Return what an export would do, writing nothing; raises `ExportRefused`."""
    async with _reading(database, actor, request) as reader:
        return await run_dry(reader, request.day, events_only=request.events_only)


async def export(
    database: Database,
    actor: Actor,
    now: datetime,
    request: Request,
    template: Template,
    target: Path,
    told: Told | None = None,
) -> Exported:
    """Write the workbook to `target`, whole or not at all, with its line in the audit.

    It is read as it stands at one moment. Its events stay as they are: see `declare_sent_up`.
    Raises `ExportRefused`, `OSError` where `target` cannot be written, and whatever `told` raises.
    """
    part = _begun(target)
    try:
        with ExportedRows() as departed:
            async with _reading(database, actor, request) as reader:
                rehearsal = await run_dry(reader, request.day, events_only=request.events_only)
                pages = Pages(reader, template, request.day, rehearsal, departed, told)
                structures = await reader.structures()
                await asyncio.to_thread(write_book, part, pages.all(structures, asyncio.get_running_loop()))
            sha256 = await asyncio.to_thread(sha256_of, part)
            facts = {"sha256": sha256, "scope": reader.scope.text}
            export = {**facts, "at": now, "account_id": actor.account_id, "campaign_id": reader.campaign_id}
            async with database.transaction() as session:
                export_id = await repository.record(session, export, departed.pages())
                told_in_audit = {**facts, "rows": asdict(rehearsal.counts)}
                audit.record(session, actor, now, "export", f"campaign:{request.day}", after=told_in_audit)
        part.replace(target)  # once it is told in the audit: nobody has a workbook that is not
    finally:
        part.unlink(missing_ok=True)
    return Exported(export_id, target, sha256, rehearsal.counts, rehearsal.left_out, rehearsal.corrections)


async def declare_sent_up(session: AsyncSession, actor: Actor, now: datetime, sha256: str) -> int:
    """Note that the workbook of that SHA-256 reached the national tool; return how many events are frozen by it.

    None of its events is exported ever again (E19). Raises `ExportRefused` for an unknown file, one declared
    already, or one the actor has no right to.
    """
    found = await repository.export_of(session, sha256)
    if found is None:
        raise ExportRefused(ExportRefusal.UNKNOWN_FILE)
    check_right(actor, Permission.SENT_UP, parsed(found.scope))
    if found.sent_up_at is not None:
        raise ExportRefused(ExportRefusal.ALREADY_SENT_UP)
    frozen = await repository.mark_sent_up(session, Gesture(actor.account_id, now, Origin.SENT_UP), found.id)
    facts = {"sha256": sha256, "scope": found.scope, "events": frozen}
    audit.record(session, actor, now, "sent_up", f"campaign:{found.day}", after=facts)
    return frozen


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file; `OSError` if it cannot be read."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _begun(target: Path) -> Path:
    """Return the file to write beside the target; `OSError` before the work rather than after it."""
    if target.is_dir():
        raise IsADirectoryError(target)
    part = target.with_name(f".{target.name}.part")
    part.touch(mode=0o600)
    return part


@asynccontextmanager
async def _reading(database: Database, actor: Actor, request: Request) -> AsyncIterator[ExportReader]:
    scope = parsed(request.scope)
    check_right(actor, Permission.EXPORT, scope)
    async with database.snapshot() as session:
        if scope.dispositif is not None and not await dispositif_exists(session, scope.dispositif):
            raise unknown(scope)
        campaign = await campaign_of(session, request.day)
        if campaign is None or campaign.id is None:
            raise ExportRefused(ExportRefusal.UNKNOWN_CAMPAIGN, day=request.day)
        yield ExportReader(session, actor, scope, campaign.id)
