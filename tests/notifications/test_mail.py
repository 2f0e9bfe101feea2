"""Whoever Telegram does not reach gets an e-mail: no code in it, and the way back to the bot."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.shell.checks import run_checks
from models.accounts.permissions import COMMAND_LINE
from models.accounts.service import invite
from models.accounts.tables import Account, Role
from models.base.screens import Screen, typeset
from models.notifications.emails import Email
from models.notifications.repository import notify
from models.notifications.tables import Channel, Delivery, OutboxMessage, Unreachable
from reminders.texts import NOT_COME
from tasks.notifications import mail
from tasks.notifications.mail import Mail, MailAddressRefused
from tasks.notifications.sending import ATTEMPTS
from tests.harness import factories
from tests.harness.smtp_server import PASSWORD, Post, post_office
from tests.harness.worker import ADMIN, COACH, NOTE, SENT_BACK, WorkerHarness

LINK = "https://t.me/jalon_demo_bot"
LETTER = Email(
    "Il reste 6 personnes à saisir", "Échéance : le 31 décembre. Il vous reste 6 personnes à décrire, là-bas."
)


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server."""
    with post_office() as opened:
        yield opened


async def invited(workers: WorkerHarness) -> int:
    """Invite somebody who has not come; return their account."""
    async with workers.database.transaction() as session:
        await invite(session, COMMAND_LINE, workers.now, "lou@exemple.fr", Role.JOB_COACH, "dispositif:ABC01")
    return next(int(row.id) for row in await workers.rows(Account) if row.channel_address is None)


async def written(workers: WorkerHarness, account: int, letter: Email | None = LETTER) -> None:
    """Write what an account is to be told."""
    async with workers.database.transaction() as session:
        await notify(session, workers.now, NOTE, account, "campaign", "J-7", SENT_BACK, letter=letter)


async def drained(workers: WorkerHarness, post: Post | None) -> OutboxMessage:
    """Send what is due, with the mail server if there is one; return the first message."""
    async with workers.deliveries(mail=Mail(post.url) if post else None) as deliveries:
        await deliveries.drain()
    return (await workers.messages())[0]


async def test_who_was_invited_and_has_not_come_gets_the_letter(workers: WorkerHarness, post: Post) -> None:
    await written(workers, await invited(workers))
    message = await drained(workers, post)

    assert (message.state, message.channel, message.message_ref, message.attempts) == (
        Delivery.SENT,
        Channel.EMAIL,
        None,
        1,
    )
    (letter,) = post.letters()
    assert (letter["From"], letter["To"], letter["Subject"]) == (
        "Jalon <jalon@exemple.fr>",
        "lou@exemple.fr",
        LETTER.subject,
    )
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == "<outbox-1@exemple.fr>"
    assert letter["Date"].datetime == workers.now
    assert letter.get_content_charset() == "utf-8"
    text = letter.get_content()
    assert typeset(LETTER.text) in text
    assert LINK in text
    assert "lien d'invitation" in text
    assert (post.received[0].original_content or b"").isascii()
    assert await workers.rows(Unreachable) == []


async def test_a_letter_about_the_invitation_says_the_way_in_once(workers: WorkerHarness, post: Post) -> None:
    told = Email("Jalon", Screen(f"La remontée du 31 décembre est ouverte.\n{NOT_COME}").plain())
    await written(workers, await invited(workers), told)
    await drained(workers, post)

    (letter,) = post.letters()
    text = letter.get_content()
    assert LINK in text
    assert text.count("invitation") == 1


async def test_an_old_address_that_no_letter_reaches_is_refused_and_the_next_one_leaves(
    workers: WorkerHarness, post: Post
) -> None:
    """Addresses with accents are refused at the entry now; one that was let in before ends its own message alone."""
    async with workers.database.transaction() as session:
        old = await factories.account(session, None, email="josé@exemple.fr")
        other = await factories.account(session, None, email="lou@exemple.fr")
    for one in (old, other):
        await written(workers, one.id or 0)
    refused = await drained(workers, post)

    assert (refused.state, refused.channel, refused.cause) == (
        Delivery.REFUSED,
        Channel.EMAIL,
        "UnicodeEncodeError",
    )
    assert [letter["To"] for letter in post.letters()] == ["lou@exemple.fr"]


async def test_who_blocked_the_bot_gets_it_too_and_is_marked(workers: WorkerHarness, post: Post) -> None:
    await workers.person("block")
    await written(workers, await workers.account(COACH), letter=None)
    message = await drained(workers, post)

    assert (message.state, message.channel) == (Delivery.SENT, Channel.EMAIL)
    assert [row.account_id for row in await workers.rows(Unreachable)] == [await workers.account(COACH)]
    (letter,) = post.letters()
    assert letter["To"] == "coach@exemple.fr"
    text = letter.get_content()
    assert LINK in text
    assert "Débloquez-la" in text
    # The screen names a person by the end of their code; what travels by e-mail names nobody.
    assert "4217" in SENT_BACK.text
    assert "4217" not in str(letter)


async def test_the_coordinator_is_told_of_them_as_ever(workers: WorkerHarness, post: Post) -> None:
    async with workers.database.transaction() as session:
        await factories.account(session, ADMIN + 1, Role.COORDINATOR)
    await workers.person("send", ADMIN + 1, text="/start")
    await workers.person("block")
    await written(workers, await workers.account(COACH))
    await drained(workers, post)
    assert [said["text"][:16] for said in await workers.told(ADMIN + 1)] == ["Dispositif ABC01"]


async def test_who_came_back_is_reached_on_telegram_again(workers: WorkerHarness, post: Post) -> None:
    await workers.person("block")
    await workers.tell()
    await drained(workers, post)
    await workers.person("unblock")
    await workers.tell("event:5")
    await drained(workers, post)
    theirs = [message for message in await workers.messages() if message.kind == "sent_back"]
    assert [message.channel for message in theirs] == [Channel.EMAIL, Channel.TELEGRAM]
    assert await workers.rows(Unreachable) == []


async def test_without_a_mail_server_they_are_out_of_reach(workers: WorkerHarness) -> None:
    await written(workers, await invited(workers))
    message = await drained(workers, None)
    assert (message.state, message.cause) == (Delivery.UNREACHABLE, "no_telegram")


@pytest.mark.parametrize(
    ("step", "answer", "state", "cause"),
    [
        ("RCPT", "550 no such mailbox", Delivery.REFUSED, "SMTPRecipientRefused 550"),
        ("RCPT", "450 try later", Delivery.PENDING, "SMTPRecipientRefused 450"),
        ("DATA", "554 spam", Delivery.REFUSED, "SMTPDataError 554"),
        ("DATA", "451 try later", Delivery.PENDING, "SMTPDataError 451"),
    ],
)
async def test_what_the_server_answers(
    workers: WorkerHarness, post: Post, step: str, answer: str, state: Delivery, cause: str
) -> None:
    post.answers[step] = answer
    await written(workers, await invited(workers))
    message = await drained(workers, post)
    assert (message.state, message.cause) == (state, cause)
    if state == Delivery.PENDING:
        post.answers.clear()
        workers.later(minutes=1)
        message = await drained(workers, post)
        assert (message.state, message.attempts, len(post.received)) == (Delivery.SENT, 2, 1)


async def test_a_server_that_says_nothing_after_the_letter_leaves_it_uncertain(
    workers: WorkerHarness, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "ANSWER_WITHIN_S", 0.3)
    post.silent_after_data = True
    await written(workers, await invited(workers))
    message = await drained(workers, post)
    assert (message.state, message.cause) == (Delivery.UNCERTAIN, "SMTPReadTimeoutError")
    workers.later(hours=1)
    await drained(workers, post)
    assert len(post.received) == 1


async def test_a_server_that_is_away_is_tried_eight_times_and_then_seen_as_failed(
    workers: WorkerHarness, post: Post
) -> None:
    post.url = "smtp://127.0.0.1:9?from=jalon@exemple.fr"
    await written(workers, await invited(workers))
    pauses = []
    for attempt in range(1, ATTEMPTS):
        message = await drained(workers, post)
        assert (message.state, message.attempts) == (Delivery.PENDING, attempt)
        pauses.append(message.due_at - workers.now)
        workers.now = message.due_at
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta(0)) > timedelta(minutes=20)
    message = await drained(workers, post)
    assert (message.state, message.channel, message.cause) == (Delivery.FAILED, Channel.EMAIL, "SMTPConnectError")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://mail.exemple.fr", "?from="),
        ("smtp://jalon:mot@mail.exemple.fr", "?from="),
        ("http://mail.exemple.fr?from=a@b.fr", "smtp://"),
        ("smtp://mail.exemple.fr:port?from=a@b.fr", "n’est pas valable"),
        ("smtp:", "smtp://"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str, said: str) -> None:
    with pytest.raises(MailAddressRefused, match=said.replace("?", r"\?")):
        Mail(url)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_doctor_asks_the_server(workers: WorkerHarness, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    async def doctor(url: str) -> tuple[bool, str]:
        monkeypatch.setenv("JALON_SMTP_URL", url)
        monkeypatch.setenv("JALON_DATABASE_URL", workers.settings.database_url)
        monkeypatch.setenv("JALON_DATA_DIR", str(workers.settings.data_dir))
        monkeypatch.setenv("JALON_REDIS_URL", workers.settings.redis_url)
        (check,) = [check for check in await run_checks() if check.name == "mail"]
        return check.ok, check.message

    assert await doctor("") == (True, "Pas d’envoi par e-mail : JALON_SMTP_URL n’est pas donnée.")
    assert await doctor(post.url) == (True, "Le serveur d’e-mail répond.")
    assert post.logins == ["jalon@exemple.fr"]
    ok, message = await doctor(post.url.replace("mot%20de%20passe", "faux"))
    assert (ok, message) == (
        False,
        "Le serveur d’e-mail de JALON_SMTP_URL ne répond pas bien : SMTPAuthenticationError.",
    )
    assert PASSWORD not in message
    assert not (await doctor("smtp://127.0.0.1:9?from=jalon@exemple.fr"))[0]
    assert not (await doctor("smtp://127.0.0.1:9"))[0]
