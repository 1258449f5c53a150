"""Methods that answer queries: buttons and inline mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.fake.calls import Call, method
from tests.telegram.fake.errors import QUERY_TOO_OLD, Json, Violation, bad_request
from tests.telegram.fake.keyboards import check_result, check_results

if TYPE_CHECKING:
    from tests.telegram.fake.world import Query

MAX_ALERT = 200


def _query(call: Call, field: str) -> Query:
    query = call.world.queries.get(call.params[field])
    if query is None or query.bot is not call.bot or query.expired or query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    return query


def _answered(call: Call, query: Query) -> bool:
    query.answer = call.params
    if query.message:
        call.world.record(query.message.chat, call.bot.user, "answers the press", text=call.params.get("text", ""))
    call.world.changed()
    return True


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    if len(call.params.get("text", "")) > MAX_ALERT:
        raise Violation("MESSAGE_TOO_LONG")
    return _answered(call, _query(call, "callback_query_id"))


@method("answerInlineQuery")
def answer_inline_query(call: Call) -> bool:
    check_results(call.params["results"])
    button = call.params.get("button")
    if button and "web_app" not in button and not 1 <= len(button.get("start_parameter", "")) <= 64:
        raise Violation("START_PARAM_INVALID")
    return _answered(call, _query(call, "inline_query_id"))


@method("savePreparedInlineMessage")
def save_prepared_inline_message(call: Call) -> Json:
    check_result(call.params["result"])
    if call.params["user_id"] not in call.world.users:
        raise bad_request("USER_ID_INVALID")
    number = f"prepared{call.world.number()}"
    call.world.prepared[number] = call.params["result"]
    return {"id": number, "expiration_date": int(call.world.wall()) + 3600}
