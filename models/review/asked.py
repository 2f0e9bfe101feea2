"""What was sent back, as whoever may enter the person reads it."""

from sqlalchemy import Integer, bindparam, select

from models.accounts.rights import ENTERABLE
from models.events.caseload import CAMPAIGN_ID
from models.events.repository import EventReader
from models.events.tables import EventState
from models.review.entry import Question
from models.tables import metadata

_person = metadata.tables["person"]
_event = metadata.tables["event"]
_remark = metadata.tables["remark"]

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


async def open_question(reader: EventReader, person_id: int) -> Question | None:
    """Return what is to be looked at again of a person; none if nothing is, or not for the asker."""
    bounds = {"campaign_id": reader.campaign.id, "tapped": person_id, **reader.asker.scope}
    row = (await reader.session.execute(_OPEN, bounds)).first()
    return None if row is None else Question(*row)
