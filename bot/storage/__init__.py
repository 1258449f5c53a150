"""What the bot may not lose: updates, deliveries, digests, people, chats. SQLite or PostgreSQL through SQLAlchemy Core.

``Database`` (``database.py``) gives connections; a module a subject holds its queries, frozen dataclasses in and out:

- ``inbox`` updates as they came · ``outbox`` what is to be said · ``floods`` waits that Telegram asked for
- ``people`` · ``chats`` · ``cards`` a digest in a chat · ``digests`` · ``feedback``
- ``feeds`` · ``items`` (``identities``) · ``stories`` · ``subscriptions`` (``settlers``) · ``issues`` of auto-digests
- ``usage`` quotas · ``stats`` · ``incidents`` errors for the owner · ``notes`` small facts · ``retention`` what ends by age

A function's first argument is a connection: ``tx`` where it writes (``async with database.transaction() as tx``),
``connection`` where it only reads (either kind does). Several calls in one ``transaction`` are one: all or nothing. Times are
arguments. Nothing here logs a text or an id.
"""
