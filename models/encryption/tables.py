"""Which keys encrypted what the database holds."""

from sqlmodel import Field

from models.base.metadata import Table


class KeyCheck(Table, table=True):
    """A key that encrypts or once encrypted here, by a value derived from it: the key itself is not in the database."""

    __tablename__ = "key_check"

    value: str = Field(primary_key=True, max_length=64)
