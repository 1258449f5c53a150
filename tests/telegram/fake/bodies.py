"""Parameters of a request from its query and its body: JSON, urlencoded or multipart → name → text, JSON value or upload."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tests.telegram.fake.errors import bad_request

if TYPE_CHECKING:
    from tests.telegram.fake.wire import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    mime: str
    data: bytes


def parameters(request: Request) -> dict[str, Any]:
    """Everything the caller passed. Raises ``ApiError`` where the body is not what its content type says."""
    found: dict[str, Any] = dict(parse_qsl(request.query, keep_blank_values=True))
    kind = request.headers.get("content-type", "")
    if not request.body:
        return found
    if kind.startswith("application/json"):
        try:
            value = json.loads(request.body)
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(value, dict):
            raise bad_request("object expected as a request body")
        return found | value
    if kind.startswith("multipart/form-data"):
        return found | _multipart(_option(kind, "boundary"), request.body)
    return found | dict(parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict"))


def _option(header: str, name: str) -> str:
    message = Message()
    message["content-type"] = header
    return str(message.get_param(name, ""))


def _multipart(boundary: str, body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        head, _, data = part.partition(b"\r\n\r\n")
        message = Message()
        for line in head.decode().strip().split("\r\n"):
            name, _, value = line.partition(":")
            message[name] = value.strip()
        field = str(message.get_param("name", header="content-disposition"))
        file_name = message.get_filename()
        if file_name is None:
            found[field] = data.decode()
        else:
            found[field] = Upload(name=file_name, mime=message.get_content_type(), data=data)
    return found
