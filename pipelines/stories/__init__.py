"""Stories: which news items, in whatever language, tell one event.

``features`` says what an item is about, ``cluster`` whether two items tell the same, ``embedding`` is a second opinion by a model,
``terms`` are an editor's words to include or exclude. Pure; nothing is stored here.
"""
