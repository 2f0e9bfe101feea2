"""Dispositifs by the name the national workbook gives them, or by their reference (E11)."""

from collections import defaultdict
from collections.abc import Iterable

from models.workbook import texts
from models.workbook.imports.records import DispositifRecord


class NameRefused(Exception):
    """A name that cannot be told for one dispositif's; the message is a French sentence."""


class NameUnknown(NameRefused):
    """No dispositif has that name."""


class NameAmbiguous(NameRefused):
    """Several dispositifs have that name."""


class Names:
    """The dispositifs as they will stand once the workbook is applied."""

    def __init__(self, records: Iterable[DispositifRecord]) -> None:
        self.by_reference = {record.reference: record for record in records}
        self._by_name: dict[str, list[DispositifRecord]] = defaultdict(list)
        for record in self.by_reference.values():
            if record.nom is not None:
                self._by_name[record.nom].append(record)

    def find(self, written: str) -> DispositifRecord:
        """Return the dispositif of that reference or exact name; raises `NameUnknown`, `NameAmbiguous`."""
        if written in self.by_reference:
            return self.by_reference[written]
        named = self._by_name.get(written, [])
        if not named:
            raise NameUnknown(texts.DISPOSITIF_UNKNOWN)
        if len(named) > 1:
            raise NameAmbiguous(texts.DISPOSITIF_AMBIGUOUS)
        return named[0]
