"""What a file holds, as a text that can be read and compared: a workbook, a picture, a page, a calendar."""

import io
import re
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def digest(name: str, content: bytes) -> str:
    """Return what a file of that name holds."""
    if name.endswith(".xlsx"):
        return workbook(content)
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if name.endswith((".png", ".jpg")):
        return _picture(content)
    ends = {line[-2:] == b"\r\n" for line in content.splitlines(keepends=True)}
    return "\n".join([f"all lines end with CR LF: {ends == {True}}", *content.decode().splitlines()])


def workbook(content: bytes) -> str:
    """Return a workbook's parts with their sums, then its sheets: their rows, and what rules their cells.

    The machine's time, which a library writes into `docProps/core.xml`, is left out of that part's sum.
    """
    lines = []
    with ZipFile(io.BytesIO(content)) as archive:
        for one in sorted(archive.namelist()):
            part = _WRITTEN_AT.sub(rb"\1TIME", archive.read(one))
            lines.append(f"{one}: {len(part)} bytes, {sha256(part).hexdigest()[:16]}")
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        lines += ["", f"sheet « {sheet.title} » {sheet.dimensions}, {sheet.sheet_state}, frozen {sheet.freeze_panes}"]
        lines.append(
            f"widths: {', '.join(f'{key} {one.width:g}' for key, one in sorted(sheet.column_dimensions.items()))}"
        )
        for rule in sheet.data_validations.dataValidation:
            lines.append(
                f"validation {rule.sqref}: {rule.type} {rule.operator or ''} {rule.formula1} {rule.formula2 or ''}"
            )
        for row in sheet.iter_rows():
            cells = [_cell(cell) for cell in row if cell.value is not None or cell.comment]
            if cells:
                lines.append(f"{row[0].row}: " + " | ".join(cells))
    return "\n".join(lines) + "\n"


def _cell(cell: Any) -> str:
    text = f"{cell.column_letter}={cell.value}"
    if cell.number_format != "General":
        text += f" ({cell.number_format})"
    if cell.fill.fill_type:
        text += f" #{cell.fill.fgColor.rgb}"
    return text + (f" /* {cell.comment.text} */" if cell.comment else "")


def _picture(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as image:
        points = image.convert("RGBA").tobytes()
        return f"picture {image.width} × {image.height}, points {sha256(points).hexdigest()[:16]}"
