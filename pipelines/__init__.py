"""Khabar's pipelines: an article in, a digest out. Knows nothing of Telegram; see docs/design.md."""

__version__ = "0.1.0"
