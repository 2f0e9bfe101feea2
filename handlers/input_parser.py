"""What a message means: a command, or the label of a button before the person, on their screen or what came below it.

What is written freely is compared and forgotten: it is never logged nor kept. The exceptions are the text of an
announcement, and of a meeting the place and the address of a contact, each on the screen that asks for it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from handlers.feature import Command, Typed, Written
from models.base import french
from models.base.screens import Action

_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s+(\S+))?\s*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?:le\s+)?(?:[a-z]+di|dimanche)\s+|le\s+)?([0-9]{1,2})(?:er)?(?:/([0-9]{1,2})|\s+(\w{3,9}))(?:(?:/|\s+)([0-9]{4}))?",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\s*\d[\d\s]{0,8}([.,]\d{1,4})?\s*")
_CODE = re.compile(r"[A-Za-z0-9]{4,14}", re.ASCII)
_SCOPE = re.compile(r"[A-Za-z0-9]{2,5}", re.ASCII)
_NEW_CODE = re.compile(r"[^\s:]+")
_UNWRITTEN, _WRITTEN = "_unwritten", "_text"
"""A screen that takes what is written has a way back of the first ending: the verb of the second one is given the text,
after what the way back carries."""
_LONGEST = 200
"""No label is longer: a longer text is no answer."""

_Asked = tuple[Typed, Action]
"""What a screen takes, and the button that says so."""


class NotUnderstood(Exception):
    """What was written fits nothing after all."""


def action_of(
    text: str,
    commands: Sequence[Command],
    typed: Mapping[str, Typed],
    buttons: Sequence[Sequence[str]],
    arrived: Sequence[Sequence[str]] = (),
) -> Action | None:
    """Return what the text asks for: command, number, button, day or end of a code; none if it is none of these.

    `typed`: what may be written instead of tapped, by the verb that the screen shows.
    `arrived`: the buttons of the message that came by itself below the screen, where nothing of the screen itself fits.
    What fits a button of each is refused, unless it is the whole label of the screen's.
    """
    command = _COMMAND.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if command is not None:
        word, argument = command[1].lower(), command[2]
        found = next((c for c in commands if c.word == word), None)
        if found is not None and argument is not None and found.takes and ":" not in argument:
            return Action.of(found.takes, argument)
        return found.action if found is not None else None
    written = _written_for(text, buttons)
    if written is not None or len(text) > _LONGEST:
        return written
    own, came = _Fitting.of(text, _renewed(buttons, arrived)), _Fitting.of(text, arrived)
    shared = bool(own.actions and came.actions) and own.actions != came.actions
    sure = not shared or (own.whole and not came.whole)
    day, calendar = _day_of(text.strip()), _asked(typed, buttons, Written.DAY, Written.COMING_DAY)
    asked = (
        _number_of(text, _asked(typed, buttons, Written.NUMBER))
        or (own.one if sure else None)
        or _scope_of(text.strip(), _asked(typed, buttons, Written.CODE))
        or (_date_of(day, calendar, buttons) if day and calendar else None)
    )
    if asked or shared or (day and calendar):
        return asked
    return came.one or _code_of(text.strip(), buttons)


def may_be_label(text: str) -> bool:
    """Whether a text may be a button's label: it has words, and is no command, no end of a code, no day in figures."""
    return len(text) <= _LONGEST and not text.startswith("/") and any(letter.isalpha() for letter in text)


def asked_for(typed: Mapping[str, Typed], buttons: Sequence[Sequence[str]]) -> Written | None:
    """Return what a screen lets be written besides the labels of its buttons, if it does."""
    asked = _asked(typed, buttons, *Written)
    return asked[0].what if asked else None


def _written_for(text: str, buttons: Sequence[Sequence[str]]) -> Action | None:
    """Return what takes the text on a screen that asks for one; the label of one of its buttons stays that button."""
    asked = [action for _, data in buttons if (action := Action.unpack(data)).verb.endswith(_UNWRITTEN)]
    if not asked:
        return None
    label = next((data for label, data in buttons if _plain(label) == _plain(text)), None)
    if label is not None:
        return Action.unpack(label)
    return Action(asked[0].verb.removesuffix(_UNWRITTEN) + _WRITTEN, (*asked[0].arguments, text))


def _asked(typed: Mapping[str, Typed], buttons: Sequence[Sequence[str]], *whats: Written) -> _Asked | None:
    """Return what of that the screen takes, with the action of the first button that says so."""
    shown = (Action.unpack(data) for _, data in buttons)
    return next(((typed[one.verb], one) for one in shown if one.verb in typed and typed[one.verb].what in whats), None)


def _with(asked: _Asked, written: str) -> Action:
    of, shown = asked
    return Action(of.verb, (*shown.arguments[: of.place], written, *shown.arguments[of.place + 1 :]))


def _scope_of(text: str, asked: _Asked | None) -> Action | None:
    """Return the choice of the département or dispositif written, where a scope is asked for."""
    return Action.of(asked[0].verb, text) if asked and _SCOPE.fullmatch(text) else None


def _number_of(text: str, asked: _Asked | None) -> Action | None:
    """Return the number written, where the screen asks for one: before any label, which may begin with a number."""
    return _with(asked, "".join(text.split())) if asked and _NUMBER.fullmatch(text) else None


def _day_of(text: str) -> str | None:
    """Return the day written, as the buttons of a calendar write it: without its year where none is written."""
    written = _DATE.fullmatch(text)
    month = (int(written[2]) if written[2] else _month_of(written[3])) if written else None
    return f"{written[4] or ''}{month:02}{int(written[1]):02}" if written and month is not None else None


def _date_of(day: str, asked: _Asked, buttons: Sequence[Sequence[str]]) -> Action | None:
    """Return the choice of a day where the screen shows a calendar; of one without its year, the day that is shown."""
    of, _ = asked
    if of.what is Written.COMING_DAY or _exists(day):
        return _with(asked, day)
    shown = [action for _, data in buttons if (action := Action.unpack(data)).verb == of.verb]
    return next((one for one in shown if one.arguments[of.place][4:] == day), None)


def _month_of(name: str) -> int | None:
    return next((n for n in range(1, 13) if _plain(french.month(date(2000, n, 1))) == f"{_plain(name)} 2000"), None)


def _exists(said: str) -> bool:
    try:
        return len(said) == len("20271231") and bool(date.fromisoformat(said))
    except ValueError:
        return False


def _code_of(text: str, buttons: Sequence[Sequence[str]]) -> Action | None:
    """Return the search for the person whose code ends so: their file, where files are what is looked at."""
    shown = [Action.unpack(data) for _, data in buttons]
    verbs = {action.verb for action in shown}
    if shown == [Action.of("people", 0)] and _NEW_CODE.fullmatch(text):
        return Action.of("new_code", text)  # nothing but the way back: the code of a new person is asked for
    if _CODE.fullmatch(text) is None:
        return None
    return Action.of("find_file" if verbs & {"file", "people"} else "find", text)


def _renewed(buttons: Sequence[Sequence[str]], arrived: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return the screen's buttons, each as it arrived again if it did: « demain » follows what was read last."""
    again = {(_plain(label), _ISO_DAY.sub("", data)): data for label, data in arrived}
    return [(label, again.get((_plain(label), _ISO_DAY.sub("", data)), data)) for label, data in buttons]


@dataclass(frozen=True)
class _Fitting:
    """The actions of the buttons whose labels fit: the same as the text, else beginning, else going on so."""

    actions: frozenset[str]
    whole: bool = False
    """Whether the text is the whole label."""

    @classmethod
    def of(cls, text: str, buttons: Sequence[Sequence[str]]) -> Self:
        wanted = _plain(text)
        labels = [(_plain(label), data) for label, data in buttons] if wanted else []
        for fits in (
            lambda label: label == wanted,
            lambda label: label.startswith(wanted),
            lambda label: f" {wanted} " in f" {label} ",
        ):
            found = frozenset(data for label, data in labels if fits(label))
            if found:
                return cls(found, any(label == wanted for label, _ in labels))
        return cls(frozenset())

    @property
    def one(self) -> Action | None:
        """The action, where only one fits."""
        return Action.unpack(min(self.actions)) if len(self.actions) == 1 else None


def _plain(text: str) -> str:
    """Return a text without case, accents or punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())
