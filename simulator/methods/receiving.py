"""How updates reach the bot: `getUpdates` and the webhook."""

import re
from urllib.parse import urlsplit

from simulator.errors import bad_request
from simulator.methods.registry import Params, Result, simulated
from simulator.state import State
from simulator.updates import MAX_BATCH, MAX_POLL_S
from simulator.webhook import DEFAULT_CONNECTIONS, Target

MAX_SECRET = 256
MAX_CONNECTIONS = 100

_SECRET = re.compile(r"[A-Za-z0-9_\-]*")
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@simulated("getUpdates", "offset", "limit", "timeout", "allowed_updates")
async def get_updates(state: State, params: Params) -> Result:
    state.updates.allow(params.get("allowed_updates"))
    limit = min(max(params.get("limit", MAX_BATCH), 1), MAX_BATCH)
    timeout_s = min(max(params.get("timeout", 0), 0), MAX_POLL_S)
    return Result(json=await state.updates.poll(params.get("offset", 0), limit, timeout_s))


@simulated("setWebhook", "url", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token")
def set_webhook(state: State, params: Params) -> Result:
    url, secret = params.get("url", ""), params.get("secret_token", "")
    if not url:
        return delete_webhook(state, params)
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_url(url)
    connections = min(max(params.get("max_connections", DEFAULT_CONNECTIONS), 1), MAX_CONNECTIONS)
    state.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        state.updates.drop()
    target = Target(url, secret, connections)
    if state.webhook.target == target:
        return Result(description="Webhook is already set")
    state.webhook.point_at(target)
    return Result(description="Webhook was set")


def _check_url(url: str) -> None:
    """HTTPS, as Telegram wants it, or plain HTTP to this machine, where a simulator's bot lives."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


@simulated("deleteWebhook", "drop_pending_updates")
def delete_webhook(state: State, params: Params) -> Result:
    if params.get("drop_pending_updates"):
        state.updates.drop()
    if state.webhook.target is None:
        return Result(description="Webhook is already deleted")
    state.webhook.point_at(None)
    return Result(description="Webhook was deleted")


@simulated("getWebhookInfo")
def get_webhook_info(state: State, params: Params) -> Result:
    return Result(state.webhook.info())
