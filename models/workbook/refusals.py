"""Why a file is not read: one French sentence that says what to do."""


class UnreadableWorkbook(Exception):
    """The file is no workbook we read; the message is a French sentence, nothing was written."""
