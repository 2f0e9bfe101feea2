"""An e-mail and its password travel encrypted, to a server that is who it says; or not at all, and that is seen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from models.notifications.emails import Email
from models.notifications.repository import notify
from models.notifications.tables import Channel, Delivery, OutboxMessage
from tasks.notifications.mail import Mail, MailFailed
from tasks.notifications.sending import ATTEMPTS
from tests.harness.smtp_server import USER, Post, post_office
from tests.harness.worker import COACH, NOTE, SENT_BACK, WorkerHarness
from tests.notifications.certificate import ELSEWHERE, server_context

Office = Callable[[Path], AbstractContextManager[Post]]


def implicit(folder: Path) -> AbstractContextManager[Post]:
    """A server that speaks nothing but TLS."""
    return post_office(implicit=server_context(folder)[0])


def elsewhere(folder: Path) -> AbstractContextManager[Post]:
    """A server on another machine, for all the client knows, that offers STARTTLS and takes no password without."""
    return post_office(ELSEWHERE, starttls=server_context(folder)[0])


ENCRYPTED = pytest.mark.parametrize("office", [implicit, elsewhere])


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process trust the certificate of the tests, as an administrator has a machine trust another."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server_context(tmp_path)[1]))


async def sent(workers: WorkerHarness, post: Post) -> OutboxMessage:
    """Send somebody who has blocked the bot an e-mail; return how the message stands."""
    if not await workers.messages():
        await workers.person("block")
        account = await workers.account(COACH)
        async with workers.database.transaction() as session:
            await notify(
                session, workers.now, NOTE, account, "a", "1", SENT_BACK, letter=Email("Rappel", "Il en reste 6.")
            )
    async with workers.deliveries(mail=Mail(post.url)) as deliveries:
        await deliveries.drain()
    return (await workers.messages())[0]


async def given_up(workers: WorkerHarness, post: Post) -> OutboxMessage:
    """Have the e-mail tried as often as it is worth; return how the message ended."""
    for attempt in range(1, ATTEMPTS):
        message = await sent(workers, post)
        assert (message.state, message.attempts) == (Delivery.PENDING, attempt)
        workers.now = message.due_at
    return await sent(workers, post)


@ENCRYPTED
@pytest.mark.usefixtures("trusted")
async def test_it_travels_encrypted_with_its_password(workers: WorkerHarness, tmp_path: Path, office: Office) -> None:
    with office(tmp_path) as post:
        await Mail(post.url).check()
        message = await sent(workers, post)
    assert (message.state, message.channel) == (Delivery.SENT, Channel.EMAIL)
    assert set(post.logins) == {USER}
    assert post.letters()[0]["To"] == "coach@exemple.fr"


@ENCRYPTED
async def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    workers: WorkerHarness, tmp_path: Path, office: Office
) -> None:
    with office(tmp_path) as post:
        with pytest.raises(MailFailed):
            await Mail(post.url).check()
        message = await given_up(workers, post)
    assert (message.state, message.channel) == (Delivery.FAILED, Channel.EMAIL)
    assert message.cause == "SSLCertVerificationError"
    assert (post.logins, post.received) == ([], [])


async def test_a_password_is_not_sent_in_the_clear_to_a_server_that_cannot_encrypt(workers: WorkerHarness) -> None:
    with post_office(ELSEWHERE) as post:
        with pytest.raises(MailFailed):
            await Mail(post.url).check()
        message = await given_up(workers, post)
    assert (message.state, message.channel, message.cause) == (Delivery.FAILED, Channel.EMAIL, "SMTPException")
    assert (post.logins, post.received) == ([], [])


@pytest.mark.usefixtures("trusted")
async def test_a_certificate_of_another_name_is_no_better(workers: WorkerHarness, tmp_path: Path) -> None:
    with post_office("127.0.1", starttls=server_context(tmp_path)[0]) as post:
        message = await sent(workers, post)
    assert (message.state, message.cause) == (Delivery.PENDING, "SSLCertVerificationError")
    assert (post.logins, post.received) == ([], [])
