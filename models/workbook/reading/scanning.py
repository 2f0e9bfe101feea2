"""Look at a sheet's XML before it is read: how far its cells go, and which hold no plain value.

The fast reader gives a formula's last result, and nothing at all for an error or a negative date: those cells are
found here. Usual sheets need one quick look; what that look cannot vouch for is gone through element by element.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from xml.parsers import expat

from models.workbook.reading.archive import MEGABYTE, Archive
from models.workbook.refusals import UnreadableWorkbook
from models.workbook.texts import Unreadable

LAST_ROW = 99_999
MOST_CELLS = 5_000_000
"""Of the rectangle that holds every cell: the fast reader keeps it whole in memory."""

MOST_TEXT = 256 * MEGABYTE
"""Of a sheet's texts together: one long text may stand in many cells."""

LONGEST_PIECE = MEGABYTE
"""Between two tags: a cell takes 32,767 characters."""

_DECLARATION = re.compile(rb"<![^-\[]")
_UNUSUAL_CELL = re.compile(rb'<c(?! r="[A-Z][0-9]{1,5}")[\s/>]')
_FORMULA = re.compile(rb"<f[\s/>]")
_PREFIXED = re.compile(rb":[cf][\s/>]")
_MERGED = re.compile(rb'<mergeCell ref="[A-Z]{1,3}1[:"]')
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Odd(StrEnum):
    """Why a cell holds no plain value."""

    FORMULA = "formule"
    ERROR = "erreur"
    NEGATIVE = "négatif"


@dataclass
class Scan:
    """What a sheet holds that a reader of values does not tell: odd cells by row and column, from 1."""

    odd: dict[tuple[int, int], Odd] = field(default_factory=dict)
    merged_headings: bool = False


@dataclass(frozen=True)
class SheetLook:
    """What one quick reading of an XML part tells: its cells, whether they are all usual, its longest shared text."""

    cells: int
    usual: bool
    merged_headings: bool
    longest: int


def pieces(archive: Archive, part: str) -> Iterator[bytes]:
    """Yield an XML part in pieces that cut no tag.

    `UnreadableWorkbook` for entities and document types, another encoding than UTF-8, endless texts.
    """
    rest, first = b"", True
    for chunk in archive.chunks(part):
        data = rest + chunk
        if first and data:
            _check_encoding(data)
            first = False
        cut = data.rfind(b"<")
        piece, rest = (data[:cut], data[cut:]) if cut > 0 else (b"", data)
        if len(rest) > LONGEST_PIECE:
            raise UnreadableWorkbook(Unreadable.DAMAGED)
        _check_declarations(piece)
        if piece:
            yield piece
    _check_declarations(rest)
    yield rest


def look(archive: Archive, part: str) -> SheetLook:
    """Return what one quick reading of an XML part tells; `UnreadableWorkbook` as `pieces`."""
    cells, usual, merged, longest = 0, True, False, 0
    for piece in pieces(archive, part):
        cells += piece.count(b"<c ")
        usual = usual and _is_usual(piece)
        merged = merged or _MERGED.search(piece) is not None
        # Cut between two pieces, a text counts for less than twice its half.
        longest = max(longest, 2 * max(map(len, piece.split(b"<si>"))))
    return SheetLook(cells, usual, merged, longest)


def scan(archive: Archive, part: str, title: str, seen: SheetLook, shared: str | None, longest: int) -> Scan:
    """Return what is odd in a sheet already looked at; `longest` is the longest of the texts of the part `shared`.

    Raises `UnreadableWorkbook` for rows, columns or texts beyond the bounds.
    """
    found = Scan(merged_headings=seen.merged_headings)
    if not seen.usual or seen.cells * longest > MOST_TEXT:
        lengths = [] if shared is None else text_lengths(archive, shared)
        _Cells(title, lengths, longest, found).go_through(archive, part)
    return found


def text_lengths(archive: Archive, part: str) -> list[int]:
    """Return the length of each shared text, in bytes with its markup, in order."""
    lengths: list[int] = []
    for piece in pieces(archive, part):
        first, *others = piece.split(b"<si>")
        if lengths:
            lengths[-1] += len(first)
        lengths.extend(map(len, others))
    return lengths


def _is_usual(piece: bytes) -> bool:
    return not (
        _UNUSUAL_CELL.search(piece)
        or (b"<f" in piece and _FORMULA.search(piece))
        or ((b":c" in piece or b":f" in piece) and _PREFIXED.search(piece))
        or b't="e"' in piece
        or b"='" in piece
        or b"<v>-" in piece
    )


def _check_encoding(start: bytes) -> None:
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=[\"']([^\"']*)", start)
    utf8 = declared is None or declared.group(1).lower() in {b"utf-8", b"us-ascii", b"ascii"}
    if not utf8 or not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableWorkbook(Unreadable.DAMAGED)


def _check_declarations(piece: bytes) -> None:
    if b"<!" in piece and _DECLARATION.search(piece):
        raise UnreadableWorkbook(Unreadable.ENTITIES)


class _Cells:
    """One sheet, gone through element by element."""

    def __init__(self, title: str, lengths: Sequence[int], longest: int, found: Scan) -> None:
        self._title = title
        self._longest = longest
        self._lengths = lengths
        self._found = found
        self._row = self._column = 0
        self._kind: str | None = None
        self._value: list[str] | None = None
        self._box = [LAST_ROW, 1, 0, 0]
        self._text = 0

    def go_through(self, archive: Archive, part: str) -> None:
        """Note the odd cells; `UnreadableWorkbook` beyond the bounds."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.buffer_text = True
        try:
            for piece in pieces(archive, part):
                parser.Parse(piece)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableWorkbook(Unreadable.DAMAGED) from error

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._place(attributes.get("r"))
            self._kind = attributes.get("t")
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = 0
        elif tag == "f":
            self._hold(Odd.FORMULA)
        elif tag in {"v", "t"}:
            self._value = []

    def _end(self, name: str) -> None:
        if self._value is not None and name.rpartition(" ")[2] in {"v", "t"}:
            value, self._value = "".join(self._value), None
            self._hold(self._oddity(value), value)

    def _characters(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def _place(self, written: str | None) -> None:
        place = _PLACE.fullmatch(written) if written else None
        if place is None:
            self._column += 1
            return
        self._column = 0
        for letter in place[1].upper():
            self._column = self._column * 26 + ord(letter) - 64
        self._row = int(place[2])

    def _oddity(self, value: str) -> Odd | None:
        if self._kind == "e":
            return Odd.ERROR
        return Odd.NEGATIVE if self._kind in {None, "n"} and value.lstrip().startswith("-") else None

    def _hold(self, odd: Odd | None, value: str = "") -> None:
        if odd is not None:
            self._found.odd.setdefault((self._row, self._column), odd)
        self._text += self._shared_length(value) if self._kind == "s" else len(value)
        top, left, bottom, right = self._box
        self._box = [min(top, self._row), min(left, self._column), max(bottom, self._row), max(right, self._column)]
        if self._row > LAST_ROW:
            raise UnreadableWorkbook(Unreadable.TOO_MANY_ROWS, sheet=self._title, last=LAST_ROW)
        if self._box[2] * self._box[3] > MOST_CELLS or self._text > MOST_TEXT:
            raise UnreadableWorkbook(Unreadable.TOO_WIDE, sheet=self._title)

    def _shared_length(self, value: str) -> int:
        number = int(value) if value.isdecimal() and len(value) < 9 else len(self._lengths)
        return self._lengths[number] if number < len(self._lengths) else self._longest
