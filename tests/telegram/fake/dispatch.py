"""A request to ``/bot<token>/<method>`` or ``/file/bot<token>/<path>`` → what Telegram answers, in Telegram's order of refusals.

Token, method, running ``retry_after``, planned fault, parameters, flood limits, then the call itself.
"""

from __future__ import annotations

import asyncio
import inspect
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.telegram.fake import calls_bot, calls_chats, calls_edits, calls_messages, calls_queries, faults
from tests.telegram.fake.bodies import parameters
from tests.telegram.fake.calls import HANDLERS, Call
from tests.telegram.fake.errors import NOT_FOUND, UNAUTHORIZED, ApiError, Violation, flooded
from tests.telegram.fake.methods import BY_LOWER_CASE
from tests.telegram.fake.wire import HangUp, Request, Response, as_json
from tests.telegram.fake.world import Asked

if TYPE_CHECKING:
    from tests.telegram.fake.errors import Json
    from tests.telegram.fake.world import Bot, World

ADDRESS = re.compile(r"/(file/)?bot([^/]*)/(.*)")
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35}")
GATEWAY_PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx/1.18.0</body>\r\n</html>\r\n"
PARTS = (calls_bot, calls_chats, calls_edits, calls_messages, calls_queries)
"""The modules that fill ``HANDLERS``."""


class Dispatch:
    """Answers requests for a ``World``."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = faults.Faults()

    async def answer(self, request: Request) -> Response:
        """The answer. Raises ``HangUp`` where the connection is to break."""
        match = ADDRESS.fullmatch(unquote(request.path))
        if match is None:
            return as_json(ApiError(*NOT_FOUND).answer(), 404)
        file, token, rest = match.groups()
        try:
            bot = self._bot(token)
            if file:
                return self._download(rest)
            return await self._call(bot, rest, parameters(request))
        except ApiError as error:
            return as_json(error.answer(), error.code)
        except HangUp:
            raise
        except Exception as error:  # noqa: BLE001 - a flaw of this server must fail the test, not vanish with a connection
            self.world.violations.append(f"{rest}: the fake server failed: {error!r}")
            return as_json(ApiError(500, "Internal Server Error").answer(), 500)

    def _bot(self, token: str) -> Bot:
        if not TOKEN.fullmatch(token):
            raise ApiError(*NOT_FOUND)
        if token not in self.world.bots:
            raise ApiError(*UNAUTHORIZED)
        return self.world.bots[token]

    def _download(self, path: str) -> Response:
        file = next((file for file in self.world.files.values() if file.path == path), None)
        if file is None:
            raise ApiError(*NOT_FOUND)
        return Response(body=file.data, content_type="application/octet-stream")

    async def _call(self, bot: Bot, name: str, raw: Json) -> Response:
        """Carry out a call and note how it went."""
        method = BY_LOWER_CASE.get(name.lower(), name)
        at = self.world.clock()
        code, description = 0, ""
        params = raw
        try:
            self._known(method)
            chat_id = _chat_id(raw)
            bot.flood.refuse_early(method, chat_id)
            fault = self.faults.take(method, chat_id)
            await self._before(fault, bot, chat_id)
            params = self._checked(method, raw)
            result = await self._carry_out(Call(world=self.world, bot=bot, method=method, params=params))
            response = _after(fault, {"ok": True, "result": result})
            code = response.status
        except ApiError as error:
            code, description = error.code, error.description
            if isinstance(error, Violation):
                self.world.violations.append(f"{method}: {description}")
            raise
        except _Gateway:
            code = 502
            return Response(status=502, body=GATEWAY_PAGE, content_type="text/html")
        else:
            return response
        finally:
            if method != "getUpdates":
                self.world.requests.append(
                    Asked(at=at, method=method, params=params, code=code, description=description)
                )
                self.world.changed()

    async def _before(self, fault: faults.Fault | None, bot: Bot, chat_id: int | None) -> None:
        match fault:
            case faults.Status(code, text):
                raise ApiError(code, text)
            case faults.TooMany(seconds):
                bot.flood.block(chat_id, seconds)
                raise flooded(seconds)
            case faults.BadGateway():
                raise _Gateway
            case faults.DropBefore():
                raise HangUp
            case faults.Slow(wait):
                await asyncio.sleep(wait)
            case faults.Hold(begun, done):
                begun.set()
                await done.wait()
            case _:
                pass

    def _known(self, method: str) -> None:
        if method not in HANDLERS or method in self.world.unknown_methods:
            raise ApiError(*NOT_FOUND)

    def _checked(self, method: str, raw: Json) -> Json:
        decoded = raw
        for schema in self.world.schemas:
            decoded = schema.decode(method, raw)
        return decoded

    async def _carry_out(self, call: Call) -> Any:
        chat_id = call.params.get("chat_id")
        if chat_id is not None:
            with suppress(ApiError):  # the handler will say it
                chat = self.world.find_chat(call.bot, chat_id)
                chat_id = chat.id
            if isinstance(chat_id, int):
                call.bot.flood.admit(call.method, chat_id, group=chat_id < 0)
        result = HANDLERS[call.method](call)
        return await result if inspect.isawaitable(result) else result


class _Gateway(Exception):  # noqa: N818 - an answer, not an error
    """Answer with 502."""


def _after(fault: faults.Fault | None, said: Json) -> Response:
    if isinstance(fault, faults.DropAfter):
        raise HangUp
    response = as_json(said)
    if isinstance(fault, faults.Garbled):
        return Response(body=response.body[: len(response.body) // 2])
    return response


def _chat_id(raw: Json) -> int | None:
    """The chat of a call that is not checked yet."""
    given = str(raw.get("chat_id", ""))
    return int(given) if re.fullmatch(r"-?\d+", given) else None
