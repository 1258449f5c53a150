"""Verify: holds a summary to its article. Article, sentences, summary → warnings for what the source does not support.

``numbers``, ``quotations`` and ``name_runs`` read a text on their own and serve the checks of translations as well.
"""

from __future__ import annotations

from pipelines.verify.names import NameRun, name_runs
from pipelines.verify.numbers import Number, numbers
from pipelines.verify.quotes import Quotation, quotations
from pipelines.verify.summary import verify_summary

__all__ = ["NameRun", "Number", "Quotation", "name_runs", "numbers", "quotations", "verify_summary"]
