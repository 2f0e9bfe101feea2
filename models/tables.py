"""Every table of the domain, imported together: what the migrations and the tests see."""

from models.accounts.tables import Account, Invitation, RoleGrant
from models.announcements.tables import Announcement
from models.audit.tables import Audit
from models.base.metadata import metadata
from models.campaigns.tables import Campaign
from models.conversations.tables import Conversation, SeenUpdate
from models.dispositifs.tables import Dispositif, Structure
from models.encryption.tables import KeyCheck
from models.events.tables import Draft, Event, EventHistory, Remark
from models.figures.tables import DispositifFigures
from models.jobs.tables import Job
from models.meetings.contacts.tables import Contact
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
from models.notifications.tables import ChannelLine, OutboxMessage, SignOfLife, Unreachable
from models.persons.tables import Person
from models.reminders.tables import ReminderWish
from models.workbook.exports.tables import Export, ExportedEvent
from models.workbook.imports.tables import ImportRun
from models.workbook.links.tables import ExchangeLink

__all__ = [
    "Account",
    "Announcement",
    "Audit",
    "Campaign",
    "ChannelLine",
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
    "KeyCheck",
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
    "Unreachable",
    "metadata",
]
