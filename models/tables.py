"""Every table of the domain, imported together: what the migrations and the tests see."""

from models.accounts.tables import Account, Invitation, RoleGrant
from models.announcements.tables import Announcement
from models.audit.tables import Audit
from models.campaigns.tables import Campaign
from models.contacts.tables import Contact
from models.conversations.tables import Conversation, SeenUpdate
from models.dispositifs.tables import Dispositif, Structure
from models.events.tables import Draft, Event, EventHistory
from models.export.tables import Export, ExportedEvent
from models.figures.tables import DispositifFigures
from models.jobs.tables import Job
from models.links.tables import ExchangeLink
from models.meetings.tables import (
    MeetingAddendum,
    MeetingAnswer,
    MeetingDecision,
    MeetingFollowUp,
    MeetingHistory,
    MeetingParticipant,
    MeetingReport,
    MeetingRow,
    MeetingSeries,
)
from models.metadata import metadata
from models.outbox.tables import OutboxMessage, SignOfLife, TelegramLine, Unreachable
from models.persons.tables import Person
from models.reminders.tables import ReminderWish
from models.review.tables import Remark
from models.workbook.tables import ImportRun

__all__ = [
    "Account",
    "Announcement",
    "Audit",
    "Campaign",
    "Contact",
    "Conversation",
    "Dispositif",
    "DispositifFigures",
    "Draft",
    "Event",
    "EventHistory",
    "ExchangeLink",
    "Export",
    "ExportedEvent",
    "ImportRun",
    "Invitation",
    "Job",
    "MeetingAddendum",
    "MeetingAnswer",
    "MeetingDecision",
    "MeetingFollowUp",
    "MeetingHistory",
    "MeetingParticipant",
    "MeetingReport",
    "MeetingRow",
    "MeetingSeries",
    "OutboxMessage",
    "Person",
    "Remark",
    "ReminderWish",
    "RoleGrant",
    "SeenUpdate",
    "SignOfLife",
    "Structure",
    "TelegramLine",
    "Unreachable",
    "metadata",
]
