"""Make the pack of a meeting for who leads it: a message with a picture, and a page to print."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.repository import asker_of
from models.base import french
from models.base.screens import Screen, bold, button
from models.entry.service import Unknown
from models.jobs.repository import address_of
from models.meetings.invitations import texts as sending_texts
from models.meetings.jobs import PACK
from models.meetings.packs import texts
from models.meetings.packs.service import Pack, pack
from models.notifications.emails import Email
from models.notifications.kinds import outcome_of
from models.notifications.repository import Notification, notify_all
from models.statistics.charts.pictures import Bars, Figure, Picture, Report
from models.statistics.charts.texts import source
from models.workbook.links.files import exchange_folder
from tasks.jobs.context import JobContext
from tasks.statistics.pictures.drawing import png
from tasks.statistics.pictures.sheet import pdf


async def make_pack(work: JobContext) -> Mapping[str, Any]:
    """Make a meeting's pack with the rights its reader has now. Begun again, it is made anew and told once.

    One that nobody asked for, the day before the meeting, is told once however often it was made.
    """
    assert work.job.asked_by is not None
    number = int(work.arguments["meeting"])
    try:
        async with work.database.transaction() as session:
            actor = await asker_of(session, work.job.asked_by)
            found = await pack(session, actor, work.clock(), number)
    except Unknown:
        if "day" not in work.arguments:
            await work.notify(Screen(texts.NOT_YOURS))
        return {}
    picture, page = png(picture_of(found)), pdf(report_of(found))
    folder = exchange_folder(work.settings)
    name = f"dossier-{found.meeting.day}-{work.number}"
    (folder / f"{name}.png").write_bytes(picture)
    (folder / f"{name}.pdf").write_bytes(page)
    async with work.transaction() as session:
        await _told(session, work, found, f"{folder.name}/{name}")
    return {"bytes": len(picture) + len(page), "cases": found.cases_in_all}


def picture_of(found: Pack) -> Picture:
    """Return the counts of a pack as a picture."""
    labels = [(f"Entrées, {label}", number) for label, number in texts.entry_labels(found)]
    labels += [(label, found.states.get(state, 0)) for state, label in texts.STATES.items()]
    labels += [
        (label, number)
        for label, number in (("Liste d'attente", found.waiting), ("Orientations sans suite", found.dropped))
        if number is not None
    ]
    return Picture(
        f"{sending_texts.summary(found.meeting, found.where)}",
        f"{texts.since(found)}, au {french.day_and_year(found.today)}",
        source(found.today),
        Bars([label for label, _ in labels], [float(number) for _, number in labels]),
    )


def report_of(found: Pack) -> Report:
    """Return a pack as a page to print: the figures, then the cases by their codes, then the picture."""
    figures = [Figure("", name, value) for name, value in texts.figures(found)]
    if found.cases:
        figures.append(Figure("", "Situations à regarder ensemble", str(found.cases_in_all)))
    figures += [
        Figure("", f"{texts.REASONS[case.reason]}, {case.dispositif}", texts.end_of(case)) for case in found.cases
    ]
    notes = [note for note in (texts.NOTHING if not found.cases else "", texts.more(found)) if note]
    return Report(
        texts.TITLE,
        f"{sending_texts.summary(found.meeting, found.where)} · {sending_texts.when(found.meeting)}",
        source(found.today),
        figures,
        [picture_of(found)],
        notes,
    )


async def _told(session: AsyncSession, work: JobContext, found: Pack, file: str) -> None:
    account = work.job.asked_by
    assert account is not None
    by_itself = "day" in work.arguments
    subject = f"meeting:{found.meeting.id}" if by_itself else f"job:{work.number}"
    day = f"{work.arguments['day']} " if by_itself else ""
    see = ((button(texts.SEE, "mt", found.meeting.id),),)
    name = sending_texts.summary(found.meeting, found.where)
    letter = Email(f"Jalon : {texts.TITLE.lower()}, {name}", texts.IN_THE_CHAT)
    kind = outcome_of(PACK)
    notifications = [
        Notification(
            kind,
            account,
            subject,
            f"{day}image",
            Screen(texts.message(found), see),
            document=f"{file}.png",
            letter=letter,
        )
    ]
    if await address_of(session, account) is not None:
        printed = Screen(f"{bold(f'{texts.TITLE} : {name}')}\n{texts.PRINTED}", see)
        notifications.append(
            Notification(
                outcome_of(PACK), account, subject, f"{day}page", printed, document=f"{file}.pdf", letter=letter
            )
        )
    await notify_all(session, work.clock(), notifications)
