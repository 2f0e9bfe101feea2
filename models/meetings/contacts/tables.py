"""The contacts of the address books."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from models.base.columns import Moment, closed_list
from models.base.metadata import Table
from models.meetings.bodies import Body, Function


class Contact(Table, table=True):
    """A function in a body and its e-mail address; one that left is archived, since past meetings name it.

    An address stands once among those of a book that are not archived: whoever changes bodies is another contact.
    The book is that of the scope (`departement:69`, `region:84`, `dispositif:ABC01`), whose département and region
    stand beside it for the rights.
    """

    __table_args__ = (
        Index(
            "uq_contact_scope_email",
            "scope",
            "email",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    scope: str = Field(max_length=40)
    departement_no: str | None = Field(default=None, max_length=3, index=True)
    region_code: str | None = Field(default=None, max_length=2)
    body: Body = Field(sa_type=closed_list(Body, "body"))
    function: Function = Field(sa_type=closed_list(Function, "function"))
    email: str = Field(max_length=254, index=True)
    created_at: datetime = Field(sa_type=Moment)
    archived_at: datetime | None = Field(default=None, sa_type=Moment)
