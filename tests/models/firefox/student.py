"""The network of Mozilla's students in torch: transformer encoder, SSRU decoder, one embedding for input and output.

Token ids → logits while it learns; afterwards its parameters under Marian's names, quantised. What Marian does and textbooks
do not: norms come after the residual sum, positions are sines first and cosines behind them, and the decoder's first input is
a position without an embedding.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import torch
from torch import Tensor, nn

from tests.models.firefox import marian_file

if TYPE_CHECKING:
    from collections.abc import Iterator

DIMENSION: Final = 128
HEADS: Final = 4
FEED_FORWARD: Final = 256
ENCODER_LAYERS: Final = 2
DECODER_LAYERS: Final = 1
_EPSILON: Final = 1e-6


class _Rounded(torch.autograd.Function):
    """Rounds forwards and passes the gradient on as if it had not."""

    @staticmethod
    def forward(_context: object, values: Tensor, multiplier: Tensor, limit: int) -> Tensor:
        return torch.clamp(torch.round(values * multiplier), -limit, limit) / multiplier

    @staticmethod
    def backward(_context: object, gradient: Tensor) -> tuple[Tensor, None, None]:
        return gradient, None, None


def _rounding(values: Tensor, multiplier: Tensor, limit: int) -> Tensor:
    result: Tensor = _Rounded.apply(values, multiplier, limit)  # type: ignore[no-untyped-call]
    return result


class Matrix(nn.Module):
    """``x · W + b`` as the engine will do it: W in seven bits, x in eight, over the widest range of x met while learning."""

    def __init__(self, rows: int, columns: int, *, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(rows, columns))
        nn.init.xavier_uniform_(self.weight)
        self.bias = nn.Parameter(torch.zeros(columns)) if bias else None
        self.register_buffer("widest", torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        product = activation(self, x) @ rounded(self.weight)
        return product if self.bias is None else product + self.bias


def activation(owner: nn.Module, x: Tensor) -> Tensor:
    """``x`` as its owner's product sees it in int8; while it learns, the range grows with what comes."""
    widest = owner.widest
    assert isinstance(widest, Tensor)
    if owner.training:
        widest.copy_(torch.maximum(widest, x.detach().abs().max()))
    return _rounding(x, 127 / widest.clamp(min=1e-6), 127)


def rounded(weight: Tensor) -> Tensor:
    """``weight`` as the file will hold it."""
    limit = marian_file.LEVELS
    return _rounding(weight, limit / weight.detach().abs().max().clamp(min=1e-6), limit)


class Attention(nn.Module):
    """Attention of ``HEADS`` heads; ``mask`` is True where a key is padding."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (Matrix(DIMENSION, DIMENSION) for _ in range(4))

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        def split(y: Tensor) -> Tensor:
            return y.view(*y.shape[:2], HEADS, -1).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(memory)), split(self.v(memory))
        scores = q @ k.transpose(-1, -2) / math.sqrt(DIMENSION // HEADS)
        weights = scores.masked_fill(mask[:, None, None, :], -math.inf).softmax(-1)
        joined: Tensor = self.o((weights @ v).transpose(1, 2).flatten(2))
        return joined


class FeedForward(nn.Module):
    """Two products with a ReLU between."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two = Matrix(DIMENSION, FEED_FORWARD), Matrix(FEED_FORWARD, DIMENSION)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.two(torch.relu(self.one(x)))
        return y


def _norm() -> nn.LayerNorm:
    return nn.LayerNorm(DIMENSION, eps=_EPSILON)


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward."""

    def __init__(self) -> None:
        super().__init__()
        self.attention, self.attention_norm = Attention(), _norm()
        self.feed, self.feed_norm = FeedForward(), _norm()

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.attention_norm(x + self.attention(x, x, mask))
        y: Tensor = self.feed_norm(x + self.feed(x))
        return y


class DecoderLayer(nn.Module):
    """SSRU in place of self-attention, then attention to the source and feed-forward."""

    def __init__(self) -> None:
        super().__init__()
        self.candidate, self.gate = Matrix(DIMENSION, DIMENSION, bias=False), Matrix(DIMENSION, DIMENSION)
        self.cell_norm = _norm()
        self.attention, self.attention_norm = Attention(), _norm()
        self.feed, self.feed_norm = FeedForward(), _norm()

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        candidate, forget = self.candidate(x), torch.sigmoid(self.gate(x))
        cell, cells = torch.zeros_like(x[:, 0]), []
        for step in range(x.shape[1]):
            cell = forget[:, step] * cell + (1 - forget[:, step]) * candidate[:, step]
            cells.append(cell)
        x = self.cell_norm(x + torch.relu(torch.stack(cells, 1)))
        x = self.attention_norm(x + self.attention(x, memory, mask))
        y: Tensor = self.feed_norm(x + self.feed(x))
        return y


class Student(nn.Module):
    """The whole network. With ``source_words`` the two languages have a vocabulary each, else they share one."""

    def __init__(self, words: int, source_words: int | None = None) -> None:
        super().__init__()
        self.target = nn.Parameter(torch.randn(words, DIMENSION) / math.sqrt(DIMENSION))
        self.source = (
            None if source_words is None else nn.Parameter(torch.randn(source_words, DIMENSION) / math.sqrt(DIMENSION))
        )
        self.bias = nn.Parameter(torch.zeros(words))
        self.encoder = nn.ModuleList(EncoderLayer() for _ in range(ENCODER_LAYERS))
        self.decoder = nn.ModuleList(DecoderLayer() for _ in range(DECODER_LAYERS))
        self.register_buffer("widest", torch.zeros(()))

    def forward(self, source: Tensor, source_mask: Tensor, target: Tensor) -> Tensor:
        """Logits ``[batch, length, words]`` for each token of ``target``, from those before it."""
        embedding = rounded(self.target if self.source is None else self.source)
        x = _positions(nn.functional.embedding(source, embedding))
        for layer in self.encoder:
            x = layer(x, source_mask)
        output = rounded(self.target)
        before = nn.functional.embedding(target[:, :-1], output)
        y = _positions(torch.cat([torch.zeros_like(before[:, :1]), before], 1))
        for layer in self.decoder:
            y = layer(y, x, source_mask)
        logits: Tensor = activation(self, y) @ output.T + self.bias
        return logits

    def items(self) -> list[marian_file.Item]:
        """The model file's entries."""
        with torch.no_grad():
            return list(self._items())

    def _items(self) -> Iterator[marian_file.Item]:
        yield marian_file.config(
            {
                "type": "transformer",
                "dim-emb": DIMENSION,
                "transformer-heads": HEADS,
                "enc-depth": ENCODER_LAYERS,
                "dec-depth": DECODER_LAYERS,
                "transformer-dim-ffn": FEED_FORWARD,
                "transformer-decoder-autoreg": "rnn",
                "dec-cell": "ssru",
                "transformer-postprocess": "dan",
                "version": "tests/models/build_firefox.py",
            }
        )
        assert isinstance(self.widest, Tensor)
        alpha = 127 / self.widest.item()
        if self.source is None:
            yield marian_file.weight("Wemb", self.target.numpy(), transposed=False)
            yield marian_file.floats("none_QuantMultA", torch.tensor([alpha]).numpy())
        else:
            yield marian_file.weight("encoder_Wemb", self.source.numpy(), transposed=False)
            yield marian_file.weight("decoder_Wemb", self.target.numpy(), transposed=False)
            yield marian_file.scalar("decoder_Wemb_QuantMultA", alpha)
        yield marian_file.floats("decoder_ff_logit_out_b", self.bias.numpy())
        for number, encoder in enumerate(self.encoder, 1):
            assert isinstance(encoder, EncoderLayer)
            yield from _attention(f"encoder_l{number}_self", encoder.attention, encoder.attention_norm)
            yield from _feed(f"encoder_l{number}_ffn", encoder.feed, encoder.feed_norm)
        for number, decoder in enumerate(self.decoder, 1):
            assert isinstance(decoder, DecoderLayer)
            yield from _matrix(f"decoder_l{number}_rnn_W", "", decoder.candidate)
            yield from _matrix(f"decoder_l{number}_rnn_Wf", f"decoder_l{number}_rnn_bf", decoder.gate)
            yield from _normed(f"decoder_l{number}_rnn_ffn", decoder.cell_norm)
            yield from _attention(f"decoder_l{number}_context", decoder.attention, decoder.attention_norm)
            yield from _feed(f"decoder_l{number}_ffn", decoder.feed, decoder.feed_norm)


def _positions(embedded: Tensor) -> Tensor:
    half = DIMENSION // 2
    place = torch.arange(embedded.shape[1], dtype=torch.float32)[:, None]
    angle = place * 1e-4 ** (torch.arange(half) / (half - 1))
    return math.sqrt(DIMENSION) * embedded + torch.cat([angle.sin(), angle.cos()], 1)


def _matrix(name: str, bias: str, matrix: Matrix) -> Iterator[marian_file.Item]:
    widest = matrix.widest
    assert isinstance(widest, Tensor)
    yield marian_file.weight(name, matrix.weight.numpy())
    yield marian_file.floats(f"{name}_QuantMultA", (127 / widest).reshape(1).numpy())
    if matrix.bias is not None:
        yield marian_file.floats(bias, matrix.bias.numpy())


def _attention(name: str, attention: Attention, norm: nn.LayerNorm) -> Iterator[marian_file.Item]:
    for letter, matrix in zip("qkvo", (attention.q, attention.k, attention.v, attention.o), strict=True):
        yield from _matrix(f"{name}_W{letter}", f"{name}_b{letter}", matrix)
    yield from _normed(f"{name}_Wo", norm)


def _feed(name: str, feed: FeedForward, norm: nn.LayerNorm) -> Iterator[marian_file.Item]:
    yield from _matrix(f"{name}_W1", f"{name}_b1", feed.one)
    yield from _matrix(f"{name}_W2", f"{name}_b2", feed.two)
    yield from _normed(f"{name}_ffn", norm)


def _normed(name: str, norm: nn.LayerNorm) -> Iterator[marian_file.Item]:
    yield marian_file.floats(f"{name}_ln_scale", norm.weight.numpy())
    yield marian_file.floats(f"{name}_ln_bias", norm.bias.numpy())
