"""Models of any shape with random weights: for tests of loading, and for the time and memory of Mozilla's true shapes.

Shape, words → the entries of a model file. ``python -m tests.models.firefox.random_model`` prints what the shapes cost.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tests.models.firefox import marian_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Width of the network and of its feed-forward layers, and layers a side."""

    width: int
    inner: int
    encoder: int
    decoder: int
    heads: int


TINIEST: Final = Shape(width=32, inner=64, encoder=1, decoder=1, heads=4)
# as in mozilla/translations, pipeline/train/configs/model/student.*.yml
TINY: Final = Shape(width=256, inner=1536, encoder=6, decoder=2, heads=8)
BASE: Final = Shape(width=512, inner=2048, encoder=6, decoder=2, heads=8)
WORDS: Final = 32000


def random_items(shape: Shape, words: int, favourite: int | None = None) -> list[marian_file.Item]:
    """Entries of a model; ``favourite`` is the only word that it ever writes."""
    random = np.random.default_rng(7)
    items = [
        marian_file.config(
            {
                "dim-emb": shape.width,
                "transformer-heads": shape.heads,
                "enc-depth": shape.encoder,
                "dec-depth": shape.decoder,
                "transformer-dim-ffn": shape.inner,
            }
        )
    ]

    def matrix(name: str, rows: int, columns: int) -> None:
        values = random.normal(0, 0.1, (rows, columns)).astype(np.float32)
        items.extend([marian_file.weight(name, values), marian_file.floats(f"{name}_QuantMultA", np.array([20.0]))])

    def bias(name: str, length: int) -> None:
        items.append(marian_file.floats(name, np.zeros(length)))

    def norm(name: str) -> None:
        items.append(marian_file.floats(f"{name}_ln_scale", np.ones(shape.width)))
        bias(f"{name}_ln_bias", shape.width)

    def attention(name: str) -> None:
        norm(f"{name}_Wo")
        for letter in "qkvo":
            matrix(f"{name}_W{letter}", shape.width, shape.width)
            bias(f"{name}_b{letter}", shape.width)

    def feed(name: str) -> None:
        matrix(f"{name}_W1", shape.width, shape.inner)
        bias(f"{name}_b1", shape.inner)
        matrix(f"{name}_W2", shape.inner, shape.width)
        bias(f"{name}_b2", shape.width)
        norm(f"{name}_ffn")

    embedding = random.normal(0, 0.1, (words, shape.width)).astype(np.float32)
    output = np.zeros(words)
    if favourite is not None:
        output[favourite] = 1000
    items += [
        marian_file.weight("Wemb", embedding, transposed=False),
        marian_file.floats("none_QuantMultA", np.array([20.0])),
        marian_file.floats("decoder_ff_logit_out_b", output),
    ]
    for layer in range(1, shape.encoder + 1):
        attention(f"encoder_l{layer}_self")
        feed(f"encoder_l{layer}_ffn")
    for layer in range(1, shape.decoder + 1):
        matrix(f"decoder_l{layer}_rnn_W", shape.width, shape.width)
        matrix(f"decoder_l{layer}_rnn_Wf", shape.width, shape.width)
        bias(f"decoder_l{layer}_rnn_bf", shape.width)
        norm(f"decoder_l{layer}_rnn_ffn")
        attention(f"decoder_l{layer}_context")
        feed(f"decoder_l{layer}_ffn")
    return items


def _resident() -> int:
    """Bytes in memory, on Linux."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def _measure(shape: Shape) -> None:
    """Load time, memory, time a word written, and how long a bystander thread stood still."""
    from pipelines.translate.firefox_engine import load_engine  # noqa: PLC0415

    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model.enru.bin").write_bytes(marian_file.model_bytes(random_items(shape, WORDS)))
        shutil.copy(here / "en-ru" / "vocab.enru.spm", folder)
        size = (folder / "model.enru.bin").stat().st_size
        before = _resident()
        start = time.perf_counter()
        engine = load_engine(folder)
        loaded = time.perf_counter() - start
        memory = _resident() - before
        text = "Zamir Kabulov said the talks would continue in October and the ministers would sign a statement"
        gaps: list[float] = []
        done = threading.Event()

        def watch() -> None:
            last = time.perf_counter()
            while not done.is_set():
                time.sleep(0.001)
                now = time.perf_counter()
                gaps.append(now - last)
                last = now

        watcher = threading.Thread(target=watch)
        watcher.start()
        start = time.perf_counter()
        for _ in range(5):
            engine.translate([text])
        spent = (time.perf_counter() - start) / 5
        done.set()
        watcher.join()
        pieces = engine.pieces(text)
        written = 2 * pieces + 6
        print(
            f"{shape}: file {size / 1e6:.1f} MB, load {loaded:.2f} s, memory {memory / 1e6:+.0f} MB, {pieces} pieces -> "
            f"{written} words in {spent * 1e3:.0f} ms, bystander stood {max(gaps) * 1e3:.0f} ms"
        )


if __name__ == "__main__":
    _measure({"tiny": TINY, "base": BASE}[sys.argv[1]])
