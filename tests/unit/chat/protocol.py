"""The OpenAI protocol on sockets: what ``tests.chat_server`` decides → HTTP answers, whole or as server-sent events."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.unit.chat.faults import STRICT, Asked, BrokenOff, Finish, Raw, Stall, Status
from tests.unit.chat.schemas import fits_text, schema_flaw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.chat_server import ChatServer


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """End kept-alive connections, so that their threads end."""
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    chat: ChatServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the delayed acknowledgement

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        asked = Asked(self.path, self._headers(), "", {})
        if not self._enter(asked):
            return
        try:
            if self.path == "/v1/models":
                models = {"object": "list", "data": [{"id": self.chat.model, "object": "model"}]}
                self._send(200, json.dumps(models).encode(), "application/json")
            else:
                self._error(Status(404, "no such path"))
        finally:
            self.chat.leave()

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = Asked(self.path, self._headers(), raw, json.loads(raw))
        if not self._enter(asked):
            return
        try:
            self._complete(asked.body)
        finally:
            self.chat.leave()

    def _enter(self, asked: Asked) -> bool:
        """Meet the request's fault; True where an answer is still to be given."""
        fault = self.chat.enter(asked)
        self.finish_with = fault if isinstance(fault, Finish) else Finish()
        self.break_off = fault if isinstance(fault, BrokenOff) else None
        if isinstance(fault, Stall):
            self.chat.wait_for_stall()
        if isinstance(fault, Status):
            self._error(fault)
        elif isinstance(fault, Raw):
            self._send(200, fault.body.encode(), fault.content_type, missing=fault.missing)
        else:
            return True
        self.chat.leave()
        return False

    def _complete(self, body: Mapping[str, Any]) -> None:
        if (refusal := self._refusal(body)) is not None:
            self._error(refusal)
            return
        text = self.finish_with.content or self.chat.answer(body["messages"])
        schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
        if schema is not None and self.finish_with == Finish() and not fits_text(text, schema):
            self._error(Status(500, "the canned answer does not fit the schema"))
        elif body.get("stream"):
            self._stream(text, body)
        else:
            self._whole(text)

    def _refusal(self, body: Mapping[str, Any]) -> Status | None:
        chat = self.chat
        if self.path != "/v1/chat/completions":
            return Status(404, "no such path")
        if chat.key is not None and self.headers["Authorization"] != f"Bearer {chat.key}":
            return Status(401, f"Incorrect API key provided: {self.headers['Authorization']}", "invalid_api_key")
        if body["model"] != chat.model:
            return Status(404, f"The model {body['model']} does not exist", "model_not_found")
        for name, message in chat.refuses.items():
            if name in body:
                return Status(400, message)
        asked = body.get("response_format", {"type": "text"})
        if asked["type"] != "text" and asked["type"] not in chat.formats:
            return Status(
                400, f"response_format type {asked['type']} is not supported; you sent: {body['messages'][1]}"
            )
        if asked["type"] == STRICT and (flaw := schema_flaw(asked["json_schema"]["schema"])):
            return Status(400, f"Invalid schema: {flaw}")
        return None

    def _whole(self, text: str) -> None:
        finish = self.finish_with
        message = {"role": "assistant", "content": None if finish.refusal else text, "refusal": finish.refusal}
        body: dict[str, Any] = {
            "id": "c-1", "object": "chat.completion", "created": 1, "model": self.chat.model,
            "choices": [{"index": 0, "message": message, "finish_reason": finish.reason}],
        }  # fmt: skip
        if self.chat.usage:
            body["usage"] = self._usage()
        payload = json.dumps(body, ensure_ascii=False).encode()
        if self.break_off:
            self._send(200, payload[: len(payload) // 2], "application/json", missing=len(payload))
        else:
            self._send(200, payload, "application/json")

    def _stream(self, text: str, body: Mapping[str, Any]) -> None:
        """Events in chunked encoding: the text in pieces of seven characters, the end, the usage."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        finish = self.finish_with
        pieces: list[dict[str, Any]] = [{"role": "assistant"}]
        pieces += [{"refusal": finish.refusal}] if finish.refusal else []
        pieces += [{"content": text[at : at + 7]} for at in range(0, 0 if finish.refusal else len(text), 7)]
        self._chunk(": a comment keeps the connection\n\n")
        for number, piece in enumerate(pieces):
            if self.break_off and number == len(pieces) // 2:
                if self.break_off.clean:
                    self.wfile.write(b"0\r\n\r\n")
                self.close_connection = True
                return
            self._event({"choices": [{"index": 0, "delta": piece, "finish_reason": None}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish.reason}]})
        if self.chat.usage and body.get("stream_options", {}).get("include_usage"):
            self._event({"choices": [], "usage": self._usage()})
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, body: Mapping[str, Any]) -> None:
        whole = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": self.chat.model, **body}
        self._chunk(f"data: {json.dumps(whole, ensure_ascii=False)}\n\n")

    def _chunk(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _usage(self) -> dict[str, int]:
        return {"prompt_tokens": self.chat.tokens - 1, "completion_tokens": 1, "total_tokens": self.chat.tokens}

    def _error(self, fault: Status) -> None:
        error = {"message": fault.message, "type": "error", "param": None, "code": fault.code}
        self._send(
            fault.status,
            json.dumps({"error": error}).encode(),
            "application/json",
            missing=fault.missing,
            headers=fault.headers,
        )

    def _send(
        self, status: int, body: bytes, kind: str, *, missing: int = 0, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + missing))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or missing > 0

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}
