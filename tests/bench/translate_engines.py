"""One engine in a process of its own: ``python -m tests.bench.translate_engines ENGINE FOLDER THREADS``.

Reads a batch size a line, decodes that many sentences into exactly ``WRITTEN`` tokens each, answers seconds as JSON; at the end
of the input it answers the peak of its memory in bytes. A process each, so that the peak is the engine's own.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pipelines.translate.pieces import vocabulary
from tests.bench.nllb_shape import SEED

LENGTHS: Final = (34, 21, 28, 16, 40, 25, 19, 31)
"""Source tokens of a digest's title and sentences."""
WRITTEN: Final = 32

Engine = Callable[[int], None]


def sources(names: list[str]) -> list[list[str]]:
    """Random pieces, the same for each engine."""
    chosen = random.Random(SEED)  # noqa: S311 - no secret
    return [chosen.choices(names[100:200_000], k=length) for length in LENGTHS]


def transformers_fp32(folder: Path, threads: int) -> Engine:
    """Greedy search of transformers over the checkpoint as it is published."""
    import torch  # noqa: PLC0415 - heavy
    from transformers import M2M100ForConditionalGeneration  # noqa: PLC0415 - heavy

    torch.set_num_threads(threads)
    names = vocabulary(folder / "ct2", "source")
    rows = {name: row for row, name in enumerate(names)}
    model = M2M100ForConditionalGeneration.from_pretrained(folder / "checkpoint", dtype=torch.float32)
    lines = [[rows["eng_Latn"], *map(rows.__getitem__, pieces), 2] for pieces in sources(names)]

    def run(batch: int) -> None:
        longest = max(map(len, lines[:batch]))
        padded = torch.tensor([line + [1] * (longest - len(line)) for line in lines[:batch]])
        with torch.inference_mode():
            made = model.generate(
                input_ids=padded, attention_mask=(padded != 1).long(), forced_bos_token_id=rows["rus_Cyrl"],
                min_new_tokens=WRITTEN + 1, max_new_tokens=WRITTEN + 1, num_beams=1, do_sample=False, max_length=None,
            )  # fmt: skip
        assert made.shape == (batch, WRITTEN + 2)

    return run


def ctranslate2_int8(folder: Path, threads: int, *, shortlist: bool) -> Engine:
    """Greedy search of CTranslate2, with or without the target's shortlist."""
    import ctranslate2  # noqa: PLC0415 - heavy

    lines = [
        ["eng_Latn>ru" if shortlist else "eng_Latn", *pieces, "</s>"]
        for pieces in sources(vocabulary(folder / "ct2", "source"))
    ]
    model = ctranslate2.Translator(str(folder / "ct2"), device="cpu", compute_type="int8", intra_threads=threads)

    def run(batch: int) -> None:
        results = model.translate_batch(
            lines[:batch], target_prefix=[["rus_Cyrl"]] * batch, beam_size=1, use_vmap=shortlist,
            min_decoding_length=WRITTEN + 1, max_decoding_length=WRITTEN + 1,
        )  # fmt: skip
        assert all(len(result.hypotheses[0]) == WRITTEN + 1 for result in results)

    return run


def main(name: str, folder: Path, threads: int) -> None:
    """Serve batch sizes until the input ends."""
    run = transformers_fp32(folder, threads) if name == "transformers" else ctranslate2_int8(
        folder, threads, shortlist=name == "shortlist"
    )  # fmt: skip
    for line in sys.stdin:
        begun = time.perf_counter()
        run(int(line))
        print(json.dumps(time.perf_counter() - begun), flush=True)
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
