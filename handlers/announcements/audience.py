"""To whom an announcement goes: a role, then a scope, chosen or typed."""

from handlers.announcements import texts
from handlers.announcements.feature import ANNOUNCEMENT, AnnouncementDraft, feature
from handlers.context import Context
from handlers.feature import InvalidAction
from models.accounts.permissions import Role
from models.accounts.texts import ROLES_IN_PLURAL
from models.announcements.repository import dispositifs_of
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.dispositifs.repository import dispositif_exists
from models.reference.departements import departements
from models.reference.scopes import COMMON, NATIONAL, WHOLE_COUNTRY, Level, Scope, region_names

EVERYBODY = "all"
MOST = 40
"""How many dispositifs of a département have a button; the code of another is written."""


@ANNOUNCEMENT.begins
@feature.action("announce")
async def begin(context: Context) -> Screen:
    """Choose the role."""
    choices = [button(texts.EVERYBODY, "announce_to", EVERYBODY)]
    choices += [button(label, "announce_to", role) for role, label in ROLES_IN_PLURAL.items()]
    ways = (button(texts.LAST, "announcements"), button(texts.HOME, "start", ""))
    return Screen(f"{texts.TITLE}\n{texts.TO_WHOM}", (*one_a_row(choices), *one_a_row(ways)), Action("announce"))


@feature.action("announce_to")
async def keep_role(context: Context, role: str) -> Screen:
    """Keep the role; choose the scope."""
    if role != EVERYBODY and role not in set(Role):
        raise InvalidAction
    ANNOUNCEMENT.keep(context, AnnouncementDraft("" if role == EVERYBODY else role))
    return await where(context)


@feature.action("announce_where")
async def where(context: Context) -> Screen:
    """Choose the scope."""
    choices = [button(WHOLE_COUNTRY, "announce_in", NATIONAL, ""), button(texts.A_REGION, "announce_regions")]
    return _choosing(context, texts.WHERE, choices, button(texts.BACK, "announce"), Action("announce_where"))


@feature.action("announce_regions")
async def regions(context: Context) -> Screen:
    """Choose the region."""
    choices = [button(name, "announce_region", code) for code, name in region_names().items()]
    back = button(texts.BACK, "announce_where")
    return _choosing(context, texts.WHICH_REGION, choices, back, Action("announce_regions"))


@feature.action("announce_region")
async def region(context: Context, code: str) -> Screen:
    """Choose the region, or one of its départements."""
    name = region_names().get(code)
    if name is None:
        raise InvalidAction
    choices = [button(texts.whole(name), "announce_in", Level.REGION, code)]
    choices += [
        button(f"{one.code} {one.name}", "announce_departement", one.code)
        for one in departements().values()
        if one.region_code == code
    ]
    back = button(texts.BACK, "announce_regions")
    return _choosing(context, texts.WHICH_DEPARTEMENT, choices, back, Action.of("announce_region", code))


@feature.action("announce_departement")
async def departement(context: Context, code: str) -> Screen:
    """Choose the département, or one of its dispositifs."""
    found = departements().get(code)
    if found is None:
        raise InvalidAction
    references = await dispositifs_of(context.session, context.actor, code)
    choices = [button(texts.whole(found.name), "announce_in", Level.DEPARTEMENT, code)]
    choices += [button(f"Dispositif {one}", "announce_in", Level.DISPOSITIF, one) for one in references[:MOST]]
    back = button(texts.BACK, "announce_region", found.region_code)
    question = texts.which_dispositif(len(references) - MOST)
    return _choosing(context, question, choices, back, Action.of("announce_departement", code))


@feature.action("announce_in")
async def keep_scope(context: Context, level: Level, code: str) -> Screen:
    """Keep the scope; ask for the text."""
    if level not in COMMON or (level is Level.NATIONAL) != (code == ""):
        raise InvalidAction
    of = Scope(level, code)
    if not (await dispositif_exists(context.session, code) if of.dispositif else of.exists):
        raise InvalidAction
    ANNOUNCEMENT.keep(context, ANNOUNCEMENT.of(context), scope=of.text)
    return await ask_text(context)


@feature.action("announce_code", code_on=("announce_in", "announce_region"))
async def keep_typed(context: Context, written: str) -> Screen:
    """Take the number of a département or the code of a dispositif, written where the scope is asked for."""
    code = written.upper()
    if code in departements():
        return await keep_scope(context, Level.DEPARTEMENT, code)
    if await dispositif_exists(context.session, code):
        return await keep_scope(context, Level.DISPOSITIF, code)
    return (await where(context)).headed(texts.UNKNOWN_CODE)


@feature.action("announce_write")
async def ask_text(context: Context) -> Screen:
    """Ask for the text: what is written while this screen is shown is taken for it."""
    audience = ANNOUNCEMENT.of(context).audience
    back = (button(texts.BACK, "announce_unwritten"),)
    return Screen(f"{texts.to(audience)}\n\n{texts.WRITE}", (back,), Action("announce_write"))


@feature.action("announce_unwritten")
async def leave_unwritten(context: Context) -> Screen:
    """Write nothing yet; choose the scope again."""
    return await where(context)


def _choosing(context: Context, question: str, choices: list[Button], back: Button, view: Action) -> Screen:
    draft = ANNOUNCEMENT.of(context)
    title = f"{texts.TITLE} · {texts.role(Role(draft.role) if draft.role else None)}"
    rows: tuple[Row, ...] = (*one_a_row(choices), (back,))
    return Screen(f"{title}\n{question}", rows, view)
