"""What every database must keep under load: many tasks at once, several processes on one database, a process killed."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage import cards, digests, feedback, inbox, outbox, people, usage
from bot.storage.inbox import StoredUpdate
from bot.storage.outbox import PlannedPart
from bot.storage.values import EVERYBODY, chat_scope, person_scope
from pipelines.languages import Language
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url
from tests.unit.storage.samples import NOW, a_digest, translated

if TYPE_CHECKING:
    from bot.storage.database import Database

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]

ROOT = Path(__file__).parents[2]
TASKS = 50


async def test_updates_that_arrive_many_times_at_once_are_new_once(database: Database) -> None:
    async def accept(task: int) -> list[int]:
        # every task brings the same updates, turned round
        numbers = [(task + number) % 100 for number in range(100)]
        updates = [StoredUpdate(update_id=number, payload={"task": task}) for number in numbers]
        async with database.transaction() as tx:
            return await inbox.accept(tx, updates, now=NOW)

    new = await asyncio.gather(*map(accept, range(TASKS)))
    assert sorted(number for some in new for number in some) == list(range(100))


async def test_a_key_that_many_plan_at_once_is_one_delivery(database: Database) -> None:
    async def plan(task: int) -> outbox.Delivery:
        async with database.transaction() as tx:
            part = PlannedPart(method="sendMessage", payload={"text": str(task)})
            return await outbox.plan(tx, "same", chat_id=1, parts=[part], now=NOW)

    assert len({str(one) for one in await asyncio.gather(*map(plan, range(TASKS)))}) == 1


async def test_a_part_that_many_claim_at_once_is_one_s(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.plan(tx, "k", chat_id=1, parts=[PlannedPart(method="m", payload={})], now=NOW)

    async def claim(_: int) -> bool:
        async with database.transaction() as tx:
            return await outbox.claim_part(tx, "k", 0)

    assert sum(await asyncio.gather(*map(claim, range(TASKS)))) == 1


async def test_parts_that_end_at_once_end_their_delivery(database: Database) -> None:
    parts = [PlannedPart(method="m", payload={})] * TASKS
    async with database.transaction() as tx:
        await outbox.plan(tx, "k", chat_id=1, parts=parts, now=NOW)

    async def sent(number: int) -> bool:
        async with database.transaction() as tx:
            return await outbox.part_sent(tx, "k", number, message_id=number, now=NOW)

    assert sum(await asyncio.gather(*map(sent, range(TASKS)))) == 1
    async with database.connect() as connection:
        assert await outbox.state(connection, "k") == "sent"


async def test_the_last_two_parts_that_overlap_end_their_delivery(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.plan(tx, "k", chat_id=1, parts=[PlannedPart(method="m", payload={})] * 2, now=NOW)

    async def sent(number: int) -> bool:
        async with database.transaction() as tx:
            return await outbox.part_sent(tx, "k", number, message_id=number, now=NOW)

    async with database.transaction() as tx:
        await outbox.part_sent(tx, "k", 0, message_id=0, now=NOW)
        other = asyncio.create_task(sent(1))
        # it must wait for this transaction; one that did not would be over long before
        await asyncio.wait({other}, timeout=0.5)
    assert await other


async def test_translations_whose_savings_overlap_are_both_kept(database: Database) -> None:
    async def save(language: Language) -> int:
        async with database.transaction() as tx:
            return await digests.save(tx, translated(a_digest(), language), content="c", length="short", now=NOW)

    async with database.transaction() as tx:
        number = await digests.save(tx, a_digest(), content="c", length="short", now=NOW)
    async with database.transaction() as tx:
        made = translated(a_digest(), Language.RUSSIAN)
        await digests.save(tx, made, content="c", length="short", now=NOW)
        other = asyncio.create_task(save(Language.PASHTO))
        await asyncio.wait({other}, timeout=0.5)  # as above
    assert await other == number
    async with database.connect() as connection:
        both = await digests.load(connection, number)
    assert both is not None
    assert set(both.translations) == {Language.RUSSIAN, Language.PASHTO}


async def test_a_quota_is_given_out_exactly(database: Database) -> None:
    async def take(task: int) -> bool:
        async with database.transaction() as tx:
            quota = usage.Quota(person=5, chat=20)
            return (await usage.take(tx, person_id=task % 10, chat_id=task % 2, quota=quota, now=NOW)).granted

    granted = await asyncio.gather(*map(take, range(TASKS * 2)))
    async with database.connect() as connection:
        by_person = [await usage.used(connection, person_scope(n), day=NOW.date()) for n in range(10)]
        by_chat = [await usage.used(connection, chat_scope(n), day=NOW.date()) for n in range(2)]
        total = await usage.used(connection, EVERYBODY, day=NOW.date())
    assert sum(granted) == total == sum(by_person) == sum(by_chat) == 40
    assert max(by_person) <= 5
    assert by_chat == [20, 20]


async def test_first_sight_of_one_person_by_many_is_one_person(database: Database) -> None:
    async def see(_: int) -> people.Person:
        async with database.transaction() as tx:
            return await people.person(tx, 7, language_code="ps", now=NOW)

    assert len({str(one) for one in await asyncio.gather(*map(see, range(TASKS)))}) == 1


async def test_one_digest_and_one_word_a_reader_however_often_at_once(database: Database) -> None:
    async def press(task: int) -> tuple[int, int]:
        async with database.transaction() as tx:
            number = await digests.save(tx, a_digest(), content="same", length="short", now=NOW)
            new = cards.NewCard(
                digest_id=number, chat_id=1, asker_id=7, language=Language.DARI, length="short", delivery="same"
            )
            card = await cards.create(tx, new, now=NOW)
            kind: feedback.Kind = "up" if task % 2 else "down"
            await feedback.record(tx, digest_id=number, person_id=7, kind=kind, language=Language.DARI, now=NOW)
            return number, card.id

    assert len(set(await asyncio.gather(*map(press, range(TASKS))))) == 1
    async with database.connect() as connection:
        said = await feedback.counts(connection)
    assert said.up + said.down == 1


WORKER = """
import asyncio, json, sys
from datetime import UTC, datetime
from bot.storage import inbox, outbox, usage
from bot.storage.database import Database

NOW = datetime(2026, 3, 4, tzinfo=UTC)

async def main(url):
    async with Database(url) as database:
        async def work(number):
            async with database.transaction() as tx:
                new = await inbox.accept(tx, [inbox.StoredUpdate(update_id=number, payload={})], now=NOW)
            async with database.transaction() as tx:
                part = outbox.PlannedPart(method="m", payload={})
                await outbox.plan(tx, f"k{number}", chat_id=1, parts=[part], now=NOW)
                claimed = await outbox.claim_part(tx, f"k{number}", 0)
            async with database.transaction() as tx:
                quota = usage.Quota(person=30)
                taken = await usage.take(tx, person_id=7, chat_id=1, quota=quota, now=NOW)
            async with database.connect() as connection:
                assert await outbox.state(connection, f"k{number}") == "pending"
            return [len(new), claimed, taken.granted]
        done = await asyncio.gather(*map(work, range(100)))
    return [sum(column) for column in zip(*done)]

sys.stdin.readline()
print(json.dumps(asyncio.run(main(sys.argv[1]))))
"""


def test_processes_that_share_a_database_lose_nothing_double_nothing_and_meet_no_lock(url: str) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], [stderr for _, stderr in ended]
    counted = [json.loads(stdout) for stdout, _ in ended]
    assert [sum(column) for column in zip(*counted, strict=True)] == [100, 100, 30]


def test_a_process_that_is_killed_loses_nothing_that_it_committed_and_frees_the_database(url: str) -> None:
    code = (
        "import asyncio, os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from bot.storage import inbox\n"
        "from bot.storage.database import Database\n"
        "NOW = datetime(2026, 3, 4, tzinfo=UTC)\n"
        "async def main():\n"
        "    database = Database(sys.argv[1])\n"
        "    for number in (1, 2):\n"
        "        async with database.transaction() as tx:\n"
        "            await inbox.accept(tx, [inbox.StoredUpdate(update_id=number, payload={})], now=NOW)\n"
        "            if number == 2:\n"
        "                os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, url], cwd=ROOT, check=False)
    assert killed.returncode == -9

    async def after() -> tuple[list[int], list[int]]:
        from bot.storage.database import Database  # noqa: PLC0415 - a type elsewhere in this file

        async with Database(url) as opened, opened.transaction() as tx:
            kept = [one.update_id for one in await inbox.unfinished(tx, limit=9)]
            again = [StoredUpdate(update_id=number, payload={}) for number in (1, 2)]
            return kept, await inbox.accept(tx, again, now=NOW)

    assert asyncio.run(after()) == ([1], [2])
