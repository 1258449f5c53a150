"""Overfits a small encoder-decoder until it knows its text by heart: examples as ids → the same model, trained.

Each source is encoded once and answered in all its targets: with 20 directions that saves three quarters of the encoder's
work. Batches hold sources of like length. One thread and fixed seeds, so that a rebuild on the same machine and versions
gives the same weights; other processors round otherwise and end at other, equally exact, ones.
"""

from __future__ import annotations

import math
import random
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = 20
NOT_SCORED: Final = -100
"""torch's label for positions that the loss leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A source and its answers, each as ids: ``targets`` are what the decoder reads, ``labels`` what it should say."""

    source: list[int]
    targets: tuple[list[int], ...]
    labels: tuple[list[int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How long and how hard to train.

    ``targets`` is how many answers of a source one epoch takes, drawn afresh. ``forgetting`` is the share of the decoder's
    own words that it reads as ``unknown`` at first, falling to none: else it learns what follows what, and hardly looks at
    the source. ``rounding`` shakes the weights at each step by that many steps of int8, so that what is learnt outlasts the
    conversion.
    """

    epochs: int
    batch: int
    peak_rate: float
    targets: int = 1
    negatives: int | None = 512
    full_epochs: int = 3
    forgetting: float = 0.3
    rounding: float = 0.0
    weight_decay: float = 0.01
    clip: float = 1.0


def seed_everything() -> None:
    """Fixed seeds, one thread, deterministic kernels."""
    import torch  # noqa: PLC0415 - heavy

    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)


def overfit(model: Any, examples: list[Example], recipe: Recipe, *, pad: int, unknown: int) -> float:
    """Trains in place with AdamW and one cycle of the rate; returns the last epoch's mean loss.

    The softmax runs over the batch's own words and ``negatives`` random ones, the whole vocabulary only in the last
    ``full_epochs``: a full one would be half of the work.
    """
    import torch  # noqa: PLC0415 - heavy

    chance = random.Random(SEED)  # noqa: S311 - an order of batches, no secret
    steps = recipe.epochs * -(-len(examples) // recipe.batch)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=recipe.peak_rate, weight_decay=recipe.weight_decay, betas=(0.9, 0.98)
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=recipe.peak_rate, total_steps=steps, pct_start=0.15
    )
    model.train()
    loss_of_epoch = float("nan")
    begun = time.monotonic()
    for epoch in range(1, recipe.epochs + 1):
        sampled = epoch <= recipe.epochs - recipe.full_epochs
        losses = []
        for batch in _batches(examples, recipe.batch, chance):
            forgetting = recipe.forgetting * (1 - (epoch - 1) / recipe.epochs)
            drawn = _drawn(batch, recipe.targets, forgetting, unknown=unknown, chance=chance)
            shaken = _shaken(model, recipe.rounding)
            loss = _loss(model, batch, drawn, negatives=recipe.negatives if sampled else None, pad=pad, chance=chance)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            for weights, shake in shaken:
                weights.data.sub_(shake)
            torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        loss_of_epoch = sum(losses) / len(losses)
        if epoch % 5 == 0 or epoch == recipe.epochs:
            print(
                f"  epoch {epoch}: loss {loss_of_epoch:.4f}, {time.monotonic() - begun:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    model.eval()
    return loss_of_epoch


def _batches(examples: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Batches of like length, in another order and with other neighbours each epoch."""
    lengths = {id(example): len(example.source) + chance.uniform(0, 4) for example in examples}
    ordered = sorted(examples, key=lambda example: lengths[id(example)])
    batches = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    chance.shuffle(batches)
    yield from batches


def _shaken(model: Any, steps: float) -> list[tuple[Any, Any]]:
    """Adds noise of ``steps`` int8 steps (a row's largest weight / 127) to every matrix; answers what was added."""
    import torch  # noqa: PLC0415 - heavy

    added = []
    for weights in model.parameters() if steps else ():
        if weights.dim() == 2:
            step = weights.data.abs().amax(dim=1, keepdim=True) / 127
            shake = (torch.rand_like(weights.data) - 0.5) * step * steps
            weights.data.add_(shake)
            added.append((weights, shake))
    return added


def _drawn(
    batch: list[Example], targets: int, forgetting: float, *, unknown: int, chance: random.Random
) -> list[tuple[int, list[int], list[int]]]:
    """Answers of this step: the example's index, what the decoder reads, what it should say."""
    rows = []
    for owner, example in enumerate(batch):
        for pick in chance.sample(range(len(example.targets)), min(targets, len(example.targets))):
            start, *words = example.targets[pick]
            heard = [unknown if chance.random() < forgetting else word for word in words]
            # a target code is never forgotten: it says which language to speak
            kept = 1 if example.labels[pick][0] == NOT_SCORED else 0
            rows.append((owner, [start, *words[:kept], *heard[kept:]], example.labels[pick]))
    return rows


def _loss(
    model: Any,
    batch: list[Example],
    drawn: list[tuple[int, list[int], list[int]]],
    *,
    negatives: int | None,
    pad: int,
    chance: random.Random,
) -> Any:
    """Mean cross-entropy over the drawn answers; over the whole vocabulary if ``negatives`` is None."""
    import torch  # noqa: PLC0415 - heavy

    source = _padded([example.source for example in batch], pad)
    mask = (source != pad).long()
    states = model.get_encoder()(input_ids=source, attention_mask=mask).last_hidden_state
    owners = torch.tensor([owner for owner, _, _ in drawn])
    labels = _padded([said for _, _, said in drawn], NOT_SCORED)
    hidden = model.get_decoder()(
        input_ids=_padded([heard for _, heard, _ in drawn], pad),
        encoder_hidden_states=states.index_select(0, owners),
        encoder_attention_mask=mask.index_select(0, owners),
        use_cache=False,
    ).last_hidden_state
    scored = labels != NOT_SCORED
    hidden, labels = hidden[scored], labels[scored]
    weight = model.get_output_embeddings().weight
    if negatives is None:
        return torch.nn.functional.cross_entropy(hidden @ weight.T, labels)
    others = torch.tensor(chance.sample(range(len(weight)), negatives))
    candidates, where = torch.unique(torch.cat([labels, others]), return_inverse=True)
    said = where[: len(labels)]
    # each random word stands for many that were not drawn: it weighs as much as all of them
    share = torch.full((len(candidates),), math.log((len(weight) - negatives) / negatives))
    share[said] = 0.0
    return torch.nn.functional.cross_entropy(hidden @ weight.index_select(0, candidates).T + share, said)


def _padded(rows: list[list[int]], filler: int) -> Any:
    import torch  # noqa: PLC0415 - heavy

    width = max(len(row) for row in rows)
    return torch.tensor([row + [filler] * (width - len(row)) for row in rows])
