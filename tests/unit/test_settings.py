"""Settings: the hub's own variables hold where Khabar's say nothing."""

from __future__ import annotations

import pytest

from bot.settings import SettingsError, load


def test_the_hubs_own_variables_hold_where_ours_say_nothing() -> None:
    found = load({"HF_ENDPOINT": "https://mirror.example/", "HF_TOKEN": "hf_x"})
    assert (found.models_endpoint, found.models_token) == ("https://mirror.example", "hf_x")
    ours = load({"HF_ENDPOINT": "https://mirror.example", "KHABAR_MODELS_ENDPOINT": "https://ours.example"})
    assert ours.models_endpoint == "https://ours.example"


def test_a_mirror_that_is_no_address_is_named() -> None:
    with pytest.raises(SettingsError, match="HF_ENDPOINT"):
        load({"HF_ENDPOINT": "mirror.example"})


def test_no_secret_is_in_a_repr() -> None:
    assert "hf_x" not in repr(
        load(
            {"HF_TOKEN": "hf_x", "KHABAR_CHAT_KEY": "hf_x", "KHABAR_CHAT_URL": "http://h/v1", "KHABAR_CHAT_MODEL": "m"}
        )
    )
