"""What Telegram refused for good → the same message in a form that it takes. Pure: a delivery and the refusal → parts, or None.

Each remedy leaves a mark in the parts' memo or takes away what was refused, so that none is tried twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery.outcome import Kind, Outcome
from bot.delivery.parts import DELETE, EDIT, anew, deletions, is_rich, memo, remembering, without_markup
from bot.storage.outbox import PlannedPart

if TYPE_CHECKING:
    from bot.storage.outbox import Delivery, Part


def unsent(planned: Delivery) -> list[Part]:
    """The parts that are not sent yet, in order; at least one while the delivery is pending."""
    return [part for part in planned.parts if part.state != "sent"]


def remedy(planned: Delivery, outcome: Outcome) -> list[PlannedPart] | None:
    """The parts to send in the place of all that are not sent yet; None where nothing helps."""
    left = unsent(planned)
    part = left[0]
    match outcome.kind:
        case Kind.NO_TOPIC if planned.topic_id is not None and not memo(part).topicless:
            return [remembering(one, topicless=True) for one in left]
        case Kind.NO_REPLY:
            return _without(left, "reply_parameters")
        case Kind.BUTTONS:
            return _without(left, "reply_markup")
        case Kind.NOT_EDITABLE if part.method == EDIT:
            return _anew(left)
        case Kind.NO_METHOD | Kind.TEXT:
            return _plainer(planned, left, all_rich=outcome.kind is Kind.NO_METHOD)
        case _:
            return None


def _without(left: list[Part], field: str) -> list[PlannedPart] | None:
    """Without ``field``. None where the refused part has none: then it was not the reason."""
    if field not in left[0].payload:
        return None
    return [
        PlannedPart(method=one.method, payload={name: value for name, value in one.payload.items() if name != field})
        for one in left
    ]


def _anew(left: list[Part]) -> list[PlannedPart]:
    """Messages that cannot be edited are sent again below, and the old ones deleted: the order stays."""
    old = [one.payload["message_id"] for one in left if one.method == EDIT]
    surplus = [message_id for one in left if one.method == DELETE for message_id in one.payload["message_ids"]]
    return [anew(one) for one in left if one.method != DELETE] + deletions([*old, *surplus])


def _plainer(planned: Delivery, left: list[Part], *, all_rich: bool) -> list[PlannedPart] | None:
    """The caller's fallback where nothing was sent yet, else plain text; of all rich parts or of the refused one alone."""
    first = left[0]
    if memo(first).plain:
        return None
    if is_rich(first) and memo(first).fallback and len(left) == len(planned.parts):
        return [remembering(one, topicless=memo(first).topicless) for one in memo(first).fallback]
    made: list[PlannedPart] = []
    for number, one in enumerate(left):
        refused = number == 0 or (all_rich and is_rich(one))
        made += without_markup(one) if refused else [remembering(one)]
    return made or None
