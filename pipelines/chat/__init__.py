"""Chat: any OpenAI-compatible server, asked for JSON → its answer, checked; or one plain sentence on why there is none.

``ChatOptions`` and ``ChatClient`` send; ``prompts`` writes what is sent, with article text as data; ``answers`` reads what comes
back. ``translate.chat`` and ``summarise.chat`` stand on them.
"""

from __future__ import annotations

from pipelines.chat.client import ChatClient
from pipelines.chat.options import ChatOptions

__all__ = ["ChatClient", "ChatOptions"]
