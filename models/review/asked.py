"""What was sent back, as whoever may enter the person reads it."""

from sqlalchemy import Integer, bindparam, select

from models.accounts.permissions import ENTERABLE
from models.base.metadata import table
from models.entry.repository import EventReader
from models.events.queries import CAMPAIGN_ID
from models.events.tables import Event, EventState, Remark
from models.persons.tables import Person
from models.review.entry import AskedQuestion

_person = table(Person)
_event = table(Event)
_remark = table(Remark)

_OPEN = (
    select(_remark.c.field, _remark.c.reason, _remark.c.answer)
    .join(_person, _person.c.id == _remark.c.person_id)
    .join(_event, (_event.c.person_id == _person.c.id) & (_event.c.campaign_id == _remark.c.campaign_id))
    .where(
        ENTERABLE,
        _person.c.id == bindparam("tapped", type_=Integer),
        _remark.c.campaign_id == CAMPAIGN_ID,
        _event.c.state == EventState.SENT_BACK,
    )
    .order_by(_remark.c.id.desc())
    .limit(1)
)


async def open_question(reader: EventReader, person_id: int) -> AskedQuestion | None:
    """Return what is to be looked at again of a person; none if nothing is, or not for the actor."""
    bounds = {"campaign_id": reader.campaign.id, "tapped": person_id, **reader.actor.scope}
    row = (await reader.session.execute(_OPEN, bounds)).first()
    return None if row is None else AskedQuestion(*row)
