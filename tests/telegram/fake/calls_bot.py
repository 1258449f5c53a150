"""Methods about the bot itself: who it is, its commands and descriptions, and how it gets its updates."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from tests.telegram.fake.calls import Call, method
from tests.telegram.fake.errors import Json, Violation, bad_request
from tests.telegram.fake.updates import Webhook

MAX_COMMANDS = 100
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(call: Call) -> Json:
    can = {
        "can_join_groups": True, "can_read_all_group_messages": not call.bot.privacy, "supports_inline_queries": True,
        "can_connect_to_business": False, "has_main_web_app": False, "has_topics_enabled": False,
        "allows_users_to_create_topics": False, "can_manage_bots": False, "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }  # fmt: skip
    return call.bot.user.to_json() | can


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    if "allowed_updates" in call.params:
        call.bot.updates.allowed = call.params["allowed_updates"]
    return await call.bot.updates.get(
        offset=call.params.get("offset", 0),
        limit=call.params.get("limit", 100),
        timeout=call.params.get("timeout", 0),
    )


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    url = call.params["url"]
    parts = urlsplit(url)
    if url and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise bad_request("bad webhook: HTTPS url must be provided for webhook")
    secret = call.params.get("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise Violation("secret token contains unallowed characters")
    connections = call.params.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise Violation("max_connections is out of range")
    if "allowed_updates" in call.params:
        call.bot.updates.allowed = call.params["allowed_updates"]
    if call.params.get("drop_pending_updates"):
        call.bot.updates.drop_pending()
    call.bot.updates.set_webhook(Webhook(url=url, secret=secret, max_connections=connections) if url else None)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    if call.params.get("drop_pending_updates"):
        call.bot.updates.drop_pending()
    if call.bot.updates.webhook:
        call.bot.updates.set_webhook(None)
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    updates = call.bot.updates
    said: Json = {
        "url": updates.webhook.url if updates.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if updates.webhook:
        said["max_connections"] = updates.webhook.max_connections
    if updates.allowed:
        said["allowed_updates"] = updates.allowed
    if updates.webhook and updates.last_error:
        said |= {"last_error_date": int(call.world.wall()), "last_error_message": updates.last_error}
    return said


@method("logOut")
@method("close")
def done(_: Call) -> bool:
    return True


def _language(call: Call) -> str:
    """The call's language code, "" for the default. Telegram knows two-letter codes only: fa and ps, not prs."""
    code = call.params.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise Violation("invalid language code specified")
    return str(code)


def _scope(call: Call) -> str:
    scope = call.params.get("scope", {"type": "default"})
    if "chat_id" in scope:
        call.world.find_chat(call.bot, scope["chat_id"])
    return json.dumps(scope, sort_keys=True) + _language(call)


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands = call.params["commands"]
    if len(commands) > MAX_COMMANDS:
        raise Violation("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Violation("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Violation("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_scope(call)] = commands
    call.world.changed()
    return True


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_scope(call), None)
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get(_scope(call), [])


def _texts(set_name: str, get_name: str, field: str) -> None:
    """A text of the bot by language: its setter and its getter."""

    @method(set_name)
    def put(call: Call) -> bool:
        text = call.params.get(field, "")
        if len(text) > TEXT_LIMITS[field]:
            raise Violation(f"BOT_{field.upper()}_TOO_LONG")
        call.bot.texts[field, _language(call)] = text
        return True

    @method(get_name)
    def get(call: Call) -> dict[str, Any]:
        texts = call.bot.texts
        return {field: texts.get((field, _language(call))) or texts.get((field, "")) or ""}


_texts("setMyName", "getMyName", "name")
_texts("setMyDescription", "getMyDescription", "description")
_texts("setMyShortDescription", "getMyShortDescription", "short_description")
