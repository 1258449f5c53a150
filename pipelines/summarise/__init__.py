"""Summarise: an article's sentences → the few that say what happened, each with its source.

``CentroidSummariser`` needs no model and answers at once; other back-ends keep the ``Summariser`` protocol.
"""

from __future__ import annotations

from pipelines.summarise.base import LENGTHS, Summariser, SummaryLength
from pipelines.summarise.centroid import CentroidSummariser

__all__ = ["LENGTHS", "CentroidSummariser", "Summariser", "SummaryLength"]
