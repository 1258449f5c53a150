"""Nothing of a message, of a person or of the token is logged at INFO or above, whatever goes wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.delivery import DeliveryError
from tests.telegram.delivery_stage import PTB_SAYS, buttons, rich, stage, texts
from tests.telegram.fake import BadGateway, DropAfter, Fault, Status, TooMany

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

PHRASE = "Тайная фраза"


async def test_logs_are_silent_about_people_texts_and_the_token(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        faults: list[Fault] = [
            TooMany(3), BadGateway(), DropAfter(), Status(400, f'Bad Request: can\'t parse entities: tag "{PHRASE}"'),
            Status(400, "Bad Request: BUTTON_DATA_INVALID"), Status(400, f"Bad Request: {PHRASE}"),
        ]  # fmt: skip
        for fault in faults:
            here.api.fault(fault, method="sendMessage")
        with pytest.raises(DeliveryError):
            await here.time.passing(delivery.send("update-1", chat.id, texts(PHRASE), keyboard=buttons(PHRASE)))
        here.api.fault(DropAfter(), method="sendMessage", times=2)
        with pytest.raises(DeliveryError):
            await here.time.passing(delivery.send("update-2", chat.id, texts(PHRASE)))
        await here.time.passing(delivery.send("update-3", chat.id, rich(f"<p>{PHRASE}"), fallback=texts(PHRASE)))
        assert chat.owner is not None
        here.api.block(chat.owner)
        with pytest.raises(DeliveryError):
            await here.time.passing(delivery.send("update-4", chat.id, texts(PHRASE)))
        await delivery.typing(chat.id)
        await delivery.resume()
        logged = [record for record in caplog.records if record.name.startswith("bot.")]
        assert len(logged) > 8
        said = "\n".join(record.getMessage() + str(record.exc_info or "") for record in logged).casefold()
        assert not [word for word in (*PHRASE.casefold().split(), str(chat.id), here.api.token[-20:]) if word in said]
