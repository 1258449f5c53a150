"""Sentences of an article: text and language → ``Sentence`` values with exact offsets."""

from pipelines.segment.sentences import segment

__all__ = ["segment"]
