"""Why a file is not read, and why an import is not undone."""

from models.base.refusals import Refusal
from models.workbook import texts


class UnreadableWorkbook(Refusal):
    """The file is no workbook we read: what to do is said, nothing was written."""

    sentences = texts.UNREADABLE_WORKBOOK


class UndoRefused(Refusal):
    """The import cannot be undone, and stands as it was."""

    sentences = texts.UNDO_REFUSALS
