"""The peer: aiogram as its documentation shows it, doing the least that keeps an answer.

Its own polling with `tasks_concurrency_limit`; its `RedisStorage`, which aiogram reads at each update; for a tap one
SELECT and one INSERT in one transaction, on the same engine as ours, and one edited message with a keyboard like ours.
Run with our settings: `python -m benchmarks.peer`.
"""

import asyncio
from datetime import UTC, datetime

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import bindparam, insert, select

from benchmarks.caseloads import ANSWERS
from models.base.database import Database
from models.base.revision import new_revision
from models.base.settings import Settings
from models.events.tables import EventState
from models.tables import metadata

CONCURRENCY = 32

_person = metadata.tables["person"]
_event = metadata.tables["event"]
_campaign = metadata.tables["campaign"]

_SELECT = select(_person.c.reference, _person.c.entry_date, _person.c.structure_id).where(
    _person.c.id == bindparam("person")
)
_INSERT = insert(_event)


async def main() -> None:
    """Poll until told to stop."""
    settings = Settings()
    database = Database.from_settings(settings)
    async with database.transaction() as session:
        open_campaign = select(_campaign.c.id).where(_campaign.c.closed_at.is_(None))
        campaign = (await session.execute(open_campaign)).scalar_one()
    api = TelegramAPIServer.from_base(settings.telegram_api_url)
    bot = Bot(settings.telegram_token, session=AiohttpSession(api=api))
    dispatcher = Dispatcher(storage=RedisStorage.from_url(settings.redis_url))
    done = 0

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        nonlocal done
        assert query.data is not None
        assert isinstance(query.message, Message)
        person = int(query.data.split(":")[1])
        now = datetime.now(UTC)
        async with database.transaction() as session:
            found = (await session.execute(_SELECT, {"person": person})).one()
            await session.execute(
                _INSERT,
                {
                    "person_id": person,
                    "campaign_id": campaign,
                    **ANSWERS.codes(),
                    "confirmations": {},
                    "state": EventState.ENTERED,
                    "revision": new_revision(),
                    "created_at": now,
                    "changed_at": now,
                    "changed_by": None,
                },
            )
        done += 1
        await query.message.edit_text(
            f"Enregistré : …{found.reference[-4:]}.\n\nPersonne {done} · <b>{found.reference}</b>\n"
            f"Structure {found.structure_id} · entrée le {found.entry_date}\n\nStatut : suivi\nSoutien : régulier\n"
            "Emploi : CDI · dans le dernier mois : CDI\nFormation : sans objet · dans le dernier mois : sans objet",
            reply_markup=_keyboard(person),
            parse_mode="HTML",
        )

    try:
        await dispatcher.start_polling(bot, tasks_concurrency_limit=CONCURRENCY)
    finally:
        await database.dispose()


def _keyboard(person: int) -> InlineKeyboardMarkup:
    def button(text: str, data: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(text=text, callback_data=data)

    return InlineKeyboardMarkup(
        inline_keyboard=[
            [button("Rien n'a changé", f"same:{person}:0-0")],
            [button("Statut", f"ask:{person}:1"), button("Soutien", f"ask:{person}:2")],
            [button("Emploi", f"ask:{person}:3"), button("Formation", f"ask:{person}:4")],
            [button("Dernier mois", f"month:{person}")],
            [button("Passer", f"after:{person}"), button("Voir la liste", "list:todo:0")],
            [button("Annuler", f"undo:{person}:abcdef")],
        ]
    )


if __name__ == "__main__":
    asyncio.run(main())
