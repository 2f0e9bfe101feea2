"""The scenes of the quarter, in the order in which they are played: each finds what the ones before it left."""

from collections.abc import Awaitable, Callable

from tests.golden.harness import Quarter
from tests.golden.scenes import coming_in, commands, entry, meetings, people, reminders, review, statistics, workbooks

SCENES: tuple[Callable[[Quarter], Awaitable[None]], ...] = (
    coming_in.play,
    coming_in.roles,
    entry.one_by_one,
    entry.lists,
    entry.typing,
    entry.several,
    entry.new_person,
    people.files,
    people.adding,
    people.figures,
    review.board,
    review.sending_back,
    review.validating,
    meetings.planning,
    meetings.answering,
    meetings.changing,
    meetings.reporting,
    meetings.series,
    meetings.obligations,
    statistics.reading,
    statistics.holding,
    workbooks.exporting,
    workbooks.importing,
    workbooks.in_the_chat,
    reminders.wishes,
    reminders.announcing,
    reminders.until_december,
    reminders.the_last_days,
    commands.on_the_demo,
    commands.workbooks,
    reminders.the_end,
    commands.on_a_population,
)
