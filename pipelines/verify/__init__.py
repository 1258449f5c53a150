"""Verify: holds a summary to its article and a translation to its source; both answer warnings.

``numbers``, ``quotations`` and ``name_runs`` read a text on their own and serve the checks of translations as well.
"""

from __future__ import annotations

from pipelines.verify.names import NameRun, name_runs
from pipelines.verify.numbers import Number, numbers
from pipelines.verify.quotes import Quotation, quotations
from pipelines.verify.summary import verify_summary
from pipelines.verify.translated import severity, verify_translation

__all__ = [
    "NameRun",
    "Number",
    "Quotation",
    "name_runs",
    "numbers",
    "quotations",
    "severity",
    "verify_summary",
    "verify_translation",
]
