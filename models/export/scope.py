"""What part of the country a workbook covers, and who may have it (E12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.accounts import texts as account_texts
from models.accounts.rights import NATIONAL, Asker
from models.accounts.tables import Role
from models.dispositifs.departements import departements
from models.export import texts


class ExportRefused(Exception):
    """The export cannot be made; the message is a French sentence."""


@dataclass(frozen=True)
class Scope:
    """The whole country, or the dispositifs of some départements, or one dispositif."""

    text: str
    departement_codes: Sequence[str] | None = None
    dispositif: str | None = None


def parsed(text: str) -> Scope:
    """Return the scope written `national`, `region:84`, `departement:69` or `dispositif:ABC01`.

    Raises `ExportRefused` for another text, or for a region or département that does not exist.
    """
    kind, _, code = text.strip().partition(":")
    if kind == NATIONAL and not code:
        return Scope(NATIONAL)
    if kind == "dispositif" and code:
        return Scope(f"dispositif:{code}", dispositif=code)
    if kind == "departement" and code:
        if code not in departements():
            raise ExportRefused(account_texts.UNKNOWN_DEPARTEMENT.format(code=code))
        return Scope(f"departement:{code}", [code])
    if kind == "region" and code:
        codes = [one.code for one in departements().values() if one.region_code == code]
        if not codes:
            raise ExportRefused(account_texts.UNKNOWN_REGION.format(code=code))
        return Scope(f"region:{code}", codes)
    raise ExportRefused(texts.SCOPE_EXPECTED)


def check_right(asker: Asker, scope: Scope) -> None:
    """Raise `ExportRefused` unless the asker is an administrator, or the coordinator of that very dispositif."""
    if Role.ADMIN in asker.roles:
        return
    if Role.COORDINATOR not in asker.roles or scope.dispositif is None:
        raise ExportRefused(texts.NOT_ALLOWED)
    if scope.dispositif not in asker.dispositifs(Role.COORDINATOR):
        # Another dispositif does not exist for them.
        raise ExportRefused(account_texts.UNKNOWN_DISPOSITIF.format(code=scope.dispositif))
