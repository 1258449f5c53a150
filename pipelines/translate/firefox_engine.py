"""Mozilla's engine on one model: a folder with the files of Firefox → sentences in another language, on a thread of its own.

``fxtranslate.Translator`` belongs to the thread that made it: PyO3 refuses every other, and leaks the model where another lets
go of it. So each model has a thread that builds it, asks it one sentence at a time and frees it; callers on any thread wait in
its queue. The engine keeps the interpreter's lock while it works: Python's other threads stand still for that sentence.
"""

from __future__ import annotations

import struct
import threading
import weakref
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import BackendError, ModelDamagedError, ModelMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAX_PIECES: Final = 127
"""Of a text: the students' window of 128, one of them the end mark. Behind it their translations break off unsaid."""

_MAX_ANSWER: Final = 256
_VERSION: Final = 1
_SHORTLIST_MAGIC: Final = 0xF11A48D5013417F5
_PROBE: Final = "."

_Order = tuple[str, "Future[str | BackendError]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """Bytes of a model. ``source`` and ``target`` are equal where the languages share a vocabulary."""

    model: bytes
    source: bytes
    target: bytes
    shortlist: bytes | None


class Engine:
    """One model in memory. Thread-safe; its thread ends, and the memory is free, once nobody holds the value.

    ``pieces`` counts those of a source text, ``written`` those of a translation. Raises ModelDamagedError where ``build`` or a
    first sentence fails.
    """

    def __init__(
        self, build: Callable[[], Any], *, pieces: Callable[[str], int], written: Callable[[str], int]
    ) -> None:
        self.pieces = pieces
        self._written = written
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        ready: Future[str | None] = Future()
        # a list, since a thread keeps its arguments for life, and these hold the files' bytes
        self.thread = threading.Thread(
            target=_serve, args=([build], self._orders, ready), name="khabar-firefox", daemon=True
        )
        self.thread.start()
        weakref.finalize(self, self._orders.put, None)
        if (fault := ready.result()) is not None:
            raise ModelDamagedError(fault)

    def translate(self, texts: Sequence[str]) -> list[str | BackendError]:
        """Each text as one sentence, in order; a blank one stays empty. What is longer than ``MAX_PIECES`` is refused."""
        waiting = [self._asked(text) for text in texts]
        return [self._whole(text, future.result()) for text, future in zip(texts, waiting, strict=True)]

    def _asked(self, text: str) -> Future[str | BackendError]:
        future: Future[str | BackendError] = Future()
        if not text.strip():
            future.set_result("")
        elif (length := self.pieces(text)) > MAX_PIECES:
            future.set_result(BackendError(f"The text has {length} pieces; the engine reads {MAX_PIECES}."))
        else:
            self._orders.put((text, future))
        return future

    def _whole(self, text: str, answer: str | BackendError) -> str | BackendError:
        """What is empty, or as long as the engine may write at all (twice the source and a little more), is no translation."""
        if isinstance(answer, BackendError) or not text.strip():
            return answer
        if not answer.strip():
            return BackendError("The engine answered nothing.")
        bound = min(2 * self.pieces(text) + 6, _MAX_ANSWER)
        if self._written(answer) >= bound:
            return BackendError(f"The engine did not come to an end within {bound} pieces.")
        return answer.strip()


def load_engine(folder: Path) -> Engine:
    """The model of ``folder``, whose files have Mozilla's names.

    ``model.*.bin``, ``vocab.*.spm`` or ``srcvocab.*.spm`` with ``trgvocab.*.spm``, and maybe ``lex.*.bin``. Raises
    ModelDamagedError where a file is absent or malformed, ModelMissingError where this platform has no engine.
    """
    try:
        import fxtranslate  # noqa: PLC0415 - heavy
        import sentencepiece  # noqa: PLC0415 - heavy
    except ImportError as error:
        raise ModelMissingError(
            f"The firefox back-end needs fxtranslate and SentencePiece ({error}). fxtranslate has wheels for Linux, Windows "
            "and Macs with Apple silicon; elsewhere choose another back-end.",
        ) from error
    files = _read(folder)
    counts = []
    for side, data in (("source", files.source), ("target", files.target)):
        processor = sentencepiece.SentencePieceProcessor()
        try:
            processor.LoadFromSerializedProto(data)
        except RuntimeError as error:
            raise ModelDamagedError(f"The {side} vocabulary in {folder} cannot be read ({error}).") from error
        counts.append(processor)
    reader, writer = counts
    _check_model(files.model, folder)
    if files.shortlist is not None:
        _check_shortlist(files.shortlist, writer.get_piece_size(), folder)
    return Engine(
        lambda: fxtranslate.Translator(files.model, files.source, files.target, files.shortlist),
        pieces=lambda text: len(reader.encode(text)),
        written=lambda text: len(writer.encode(text)),
    )


def _serve(builds: list[Callable[[], Any]], orders: SimpleQueue[_Order | None], ready: Future[str | None]) -> None:
    """The life of a model's thread. Errors leave it as text: a trace would hold the model on somebody else's thread."""
    native = None
    try:
        native = builds.pop()()
        # a weight that is absent is missed by the first sentence only
        native.translate(_PROBE)
    except BaseException as error:  # noqa: BLE001 - a panic of Rust derives from nothing else
        fault = f"The engine refused the model ({_said(error)})."
        native = None
        ready.set_result(fault)
        return
    ready.set_result(None)
    while (order := orders.get()) is not None:
        text, future = order
        try:
            answer: str | BackendError = native.translate(text)
        except BaseException as error:  # noqa: BLE001 - as above; one text's fault is not the others'
            answer = BackendError(f"The engine failed on a text ({_said(error)}).")
        future.set_result(answer)
        del order, future


def _said(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _read(folder: Path) -> _Files:
    shared = _only(folder, "vocab.*.spm")
    source = shared or _only(folder, "srcvocab.*.spm")
    target = shared or _only(folder, "trgvocab.*.spm")
    model, shortlist = _only(folder, "model.*.bin"), _only(folder, "lex.*.bin")
    if model is None:
        raise ModelDamagedError(f"{folder} has no model.*.bin.")
    if source is None or target is None:
        raise ModelDamagedError(f"{folder} has neither vocab.*.spm nor srcvocab.*.spm with trgvocab.*.spm.")
    try:
        return _Files(
            model=model.read_bytes(),
            source=source.read_bytes(),
            target=target.read_bytes(),
            shortlist=None if shortlist is None else shortlist.read_bytes(),
        )
    except OSError as error:
        raise ModelDamagedError(f"A file in {folder} cannot be read ({error}).") from error


def _only(folder: Path, pattern: str) -> Path | None:
    found = sorted(folder.glob(pattern))
    if len(found) > 1:
        raise ModelDamagedError(f"{folder} has more than one {pattern}: {', '.join(path.name for path in found)}.")
    return found[0] if found else None


def _check_model(data: bytes, folder: Path) -> None:
    """Refuse a file whose counts exceed it: the engine reserves memory by them, and what cannot be had ends the process."""
    if len(data) >= 16:
        version, count = struct.unpack_from("<QQ", data)
        headers = 16 + 32 * count
        if version == _VERSION and headers <= len(data):
            sizes = [name + 4 * rank + size for name, _, rank, size in struct.iter_unpack("<QQQQ", data[16:headers])]
            if sizes and headers + 8 + sum(sizes) <= len(data):
                return
    raise ModelDamagedError(f"The model in {folder} is cut short, or no model of Marian's binary format.")


def _check_shortlist(data: bytes, words: int, folder: Path) -> None:
    """As ``_check_model``, for the shortlist."""
    if len(data) >= 48:
        magic, _, first, _, offsets, size = struct.unpack_from("<6Q", data)
        if magic == _SHORTLIST_MAGIC and first <= words and 48 + 8 * offsets + 4 * size <= len(data):
            return
    raise ModelDamagedError(f"The shortlist in {folder} is cut short, or no shortlist of Marian's binary format.")
