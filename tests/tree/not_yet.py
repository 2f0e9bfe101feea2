"""What does not hold yet: lists that only ever get shorter, until this module goes."""

SQL_ELSEWHERE: frozenset[str] = frozenset(
    {
        "models/population/service.py",
        "models/workbook/imports/loading.py",
        "models/workbook/imports/runs.py",
    }
)
"""Modules that still write or run statements beside the repositories."""

COL: frozenset[str] = frozenset(
    {
        "models/population/service.py",
        "models/workbook/imports/loading.py",
        "models/workbook/imports/repository.py",
        "models/workbook/imports/runs.py",
    }
)
"""Modules that still write columns as `col(Model.x)`."""

UNTYPED_ROWS: frozenset[str] = frozenset(
    {
        "models/conversations/repository.py",
        "models/population/service.py",
        "models/workbook/exports/eligibility.py",
        "models/workbook/exports/repository.py",
        "models/workbook/exports/rows.py",
        "models/workbook/imports/repository.py",
        "models/workbook/imports/runs.py",
    }
)
"""Modules that still read a row as `Any`."""

SLICED_ROWS: frozenset[str] = frozenset({})
"""Modules that still cut a row by position."""

FRENCH_ELSEWHERE: frozenset[str] = frozenset(
    {
        "handlers/entry/bulk.py",
        "handlers/entry/calendar.py",
        "handlers/entry/conversation.py",
        "handlers/entry/home.py",
        "handlers/entry/listing.py",
        "handlers/entry/screens.py",
        "handlers/entry/sent_back.py",
        "handlers/review/board.py",
        "handlers/review/decisions.py",
        "handlers/review/listing.py",
        "handlers/review/one.py",
        "models/meetings/invitations/files.py",
        "models/meetings/periods.py",
        "models/meetings/reminders/month_actions.py",
        "models/meetings/reminders/unplanned.py",
        "models/workbook/imports/preview.py",
        "models/workbook/reading/scanning.py",
        "reminders/listing.py",
        "reminders/meetings_steps.py",
        "reminders/preview.py",
        "reminders/steps.py",
        "reminders/wishes.py",
        "tasks/meetings/packs.py",
        "tasks/notifications/mail.py",
    }
)
"""Modules below the edge that still hold French beside the texts."""

LONG: frozenset[str] = frozenset({})
"""Modules that are still longer than a module should be."""
