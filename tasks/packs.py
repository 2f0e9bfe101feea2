"""Make the pack of a meeting for who leads it: a message with a picture, and a page to print."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import french
from models.accounts.repository import asker_of
from models.events.service import Unknown
from models.jobs.repository import telegram_of
from models.links.files import exchange_folder
from models.meetings import pack_texts as texts
from models.meetings import sending_texts
from models.meetings.jobs import PACK
from models.meetings.pack import Pack, pack
from models.outbox.letters import Letter
from models.outbox.repository import Telling, tell_all
from models.screens import Screen, bold, button
from models.statistics.charts_texts import source
from models.statistics.pictures import Bars, Figure, Picture, Report
from tasks.pictures.drawing import png
from tasks.pictures.sheet import pdf
from tasks.work import Work


async def make_pack(work: Work) -> Mapping[str, Any]:
    """Make a meeting's pack with the rights its reader has now. Begun again, it is made anew and told once.

    One that nobody asked for, the day before the meeting, is told once however often it was made.
    """
    assert work.job.asked_by is not None
    number = int(work.arguments["meeting"])
    try:
        async with work.database.transaction() as session:
            asker = await asker_of(session, work.job.asked_by)
            found = await pack(session, asker, work.clock(), number)
    except Unknown:
        if "day" not in work.arguments:
            await work.tell(Screen(texts.NOT_YOURS))
        return {}
    picture, page = png(picture_of(found)), pdf(report_of(found))
    folder = exchange_folder(work.settings)
    name = f"dossier-{found.meeting.day}-{work.number}"
    (folder / f"{name}.png").write_bytes(picture)
    (folder / f"{name}.pdf").write_bytes(page)
    async with work.telling() as session:
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


async def _told(session: AsyncSession, work: Work, found: Pack, file: str) -> None:
    account = work.job.asked_by
    assert account is not None
    by_itself = "day" in work.arguments
    subject = f"meeting:{found.meeting.id}" if by_itself else f"job:{work.number}"
    day = f"{work.arguments['day']} " if by_itself else ""
    see = ((button(texts.SEE, "mt", found.meeting.id),),)
    name = sending_texts.summary(found.meeting, found.where)
    letter = Letter(f"Jalon : {texts.TITLE.lower()}, {name}", texts.IN_THE_CHAT)
    tellings = [
        Telling(
            PACK,
            account,
            subject,
            f"{day}image",
            Screen(texts.message(found), see),
            document=f"{file}.png",
            letter=letter,
        )
    ]
    if await telegram_of(session, account) is not None:
        printed = Screen(f"{bold(f'{texts.TITLE} : {name}')}\n{texts.PRINTED}", see)
        tellings.append(Telling(PACK, account, subject, f"{day}page", printed, document=f"{file}.pdf", letter=letter))
    await tell_all(session, work.clock(), tellings)
