"""Settings of the bot: half a configuration is refused with a sentence that names the variable."""

from __future__ import annotations

import pytest

from bot.bot_settings import load_bot, load_database
from bot.settings import SettingsError

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"  # noqa: S105 - nobody's
HOOK = {"KHABAR_WEBHOOK_URL": "https://bot.example/hook", "KHABAR_WEBHOOK_SECRET": "s" * 20}


def _with(**more: str) -> dict[str, str]:
    return {"KHABAR_BOT_TOKEN": TOKEN, "HOME": "/home/x", **more}


def test_a_token_is_enough() -> None:
    found = load_bot(_with())
    assert (found.access, found.webhook, found.owners) == ("open", None, frozenset())
    assert found.database == "sqlite:////home/x/.local/share/khabar/bot.sqlite"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "KHABAR_BOT_TOKEN is not set"),
        ({"KHABAR_BOT_TOKEN": "hello"}, "KHABAR_BOT_TOKEN is no token"),
        (_with(KHABAR_BOT_API="api.example"), "KHABAR_BOT_API"),
        (_with(KHABAR_BOT_OWNERS="@somebody"), "KHABAR_BOT_OWNERS"),
        (_with(KHABAR_BOT_ACCESS="everybody"), "KHABAR_BOT_ACCESS"),
        (_with(KHABAR_BOT_QUOTA_PERSON="many"), "KHABAR_BOT_QUOTA_PERSON"),
        (_with(KHABAR_BOT_QUOTA_CHAT="-1"), "KHABAR_BOT_QUOTA_CHAT"),
        (_with(KHABAR_BOT_READERS="0"), "KHABAR_BOT_READERS"),
        (_with(KHABAR_WEBHOOK_URL="https://bot.example/hook"), "KHABAR_WEBHOOK_SECRET is not"),
        (_with(KHABAR_WEBHOOK_SECRET="s" * 20), "KHABAR_WEBHOOK_URL is not"),
        (_with(KHABAR_WEBHOOK_LISTEN="0.0.0.0:8443"), "KHABAR_WEBHOOK_URL is not"),
        (_with(**{**HOOK, "KHABAR_WEBHOOK_URL": "https://bot.example"}), "KHABAR_WEBHOOK_URL"),
        (_with(**{**HOOK, "KHABAR_WEBHOOK_URL": "bot.example/hook"}), "KHABAR_WEBHOOK_URL"),
        (_with(**{**HOOK, "KHABAR_WEBHOOK_SECRET": "short"}), "KHABAR_WEBHOOK_SECRET"),
        (_with(**{**HOOK, "KHABAR_WEBHOOK_SECRET": "with spaces " * 3}), "KHABAR_WEBHOOK_SECRET"),
        (_with(**HOOK, KHABAR_WEBHOOK_LISTEN="8443"), "KHABAR_WEBHOOK_LISTEN"),
        (_with(**HOOK, KHABAR_WEBHOOK_LISTEN="127.0.0.1:99999"), "KHABAR_WEBHOOK_LISTEN"),
    ],
)
def test_what_makes_no_sense_is_named(variables: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        load_bot(variables)


def test_a_whole_webhook_is_read() -> None:
    hook = load_bot(_with(**HOOK, KHABAR_WEBHOOK_LISTEN="[::1]:9000")).webhook
    assert hook is not None
    assert (hook.host, hook.port, hook.path) == ("::1", 9000, "hook")


def test_owners_are_numbers_in_any_order() -> None:
    assert load_bot(_with(KHABAR_BOT_OWNERS="12, 34 56")).owners == {12, 34, 56}


def test_no_secret_is_in_a_repr() -> None:
    shown = repr(load_bot(_with(**HOOK)))
    assert TOKEN not in shown
    assert HOOK["KHABAR_WEBHOOK_SECRET"] not in shown


def test_commands_that_say_nothing_to_telegram_need_no_token() -> None:
    assert load_database({"KHABAR_DATABASE": "postgresql://u@h/d"}) == "postgresql://u@h/d"
    assert load_database({"HOME": "/home/x"}).endswith("/khabar/bot.sqlite")
