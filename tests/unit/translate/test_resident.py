from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pipelines.translate.resident import Resident

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeAlarm:
    """A timer that rings when a test says so."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.seconds, self._ring = seconds, ring
        self.waiting = False

    def start(self) -> None:
        self.waiting = True

    def cancel(self) -> None:
        self.waiting = False

    def ring(self) -> None:
        if self.waiting:
            self.waiting = False
            self._ring()


class Clock:
    def __init__(self) -> None:
        self.alarms: list[FakeAlarm] = []

    def __call__(self, seconds: float, ring: Callable[[], None]) -> FakeAlarm:
        self.alarms.append(FakeAlarm(seconds, ring))
        return self.alarms[-1]


class Loader:
    def __init__(self, *failures: Exception) -> None:
        self.loads, self._failures = 0, list(failures)

    def __call__(self) -> object:
        self.loads += 1
        if self._failures:
            raise self._failures.pop(0)
        return object()


def test_eight_threads_share_one_load() -> None:
    loader = Loader()
    resident = Resident(loader, idle=None)
    together = threading.Barrier(8)

    def use(_: int) -> object:
        together.wait()
        with resident.use() as model:
            return model

    with ThreadPoolExecutor(8) as pool:
        models = list(pool.map(use, range(8)))
    assert loader.loads == 1
    assert len(set(map(id, models))) == 1


def test_an_idle_model_is_let_go_and_loaded_again_when_asked_for() -> None:
    clock, loader = Clock(), Loader()
    resident = Resident(loader, idle=60, alarm=clock)
    with resident.use():
        assert not clock.alarms, "a model in use is not idle"
    assert [alarm.seconds for alarm in clock.alarms] == [60]
    clock.alarms[0].ring()
    assert not resident.loaded
    with resident.use():
        assert loader.loads == 2


def test_a_use_before_the_alarm_keeps_the_model() -> None:
    clock, loader = Clock(), Loader()
    resident = Resident(loader, idle=60, alarm=clock)
    with resident.use():
        pass
    with resident.use():
        clock.alarms[0].ring()  # too late: it was taken back
        assert resident.loaded
    assert (loader.loads, len(clock.alarms)) == (1, 2)


def test_no_idle_time_keeps_the_model_for_good() -> None:
    clock = Clock()
    resident = Resident(Loader(), idle=None, alarm=clock)
    with resident.use():
        pass
    assert resident.loaded
    assert not clock.alarms


def test_the_timer_starts_with_the_last_of_two_users() -> None:
    clock = Clock()
    resident = Resident(Loader(), idle=60, alarm=clock)
    with resident.use():
        with resident.use():
            pass
        assert not clock.alarms
    assert len(clock.alarms) == 1


def test_dropped_in_use_it_goes_with_its_last_user() -> None:
    clock, loader = Clock(), Loader()
    resident = Resident(loader, idle=60, alarm=clock)
    with resident.use():
        resident.drop()
        held = [resident.loaded]
    held.append(resident.loaded)
    assert held == [True, False]
    assert not clock.alarms, "nothing is left to be let go later"
    with resident.use():
        assert loader.loads == 2
    assert resident.loaded


def test_dropped_at_rest_it_goes_at_once_and_its_timer_with_it() -> None:
    clock = Clock()
    resident = Resident(Loader(), idle=60, alarm=clock)
    with resident.use():
        pass
    resident.drop()
    assert not resident.loaded
    assert not clock.alarms[0].waiting


def test_a_loader_that_raised_is_tried_again() -> None:
    loader = Loader(OSError("cut short"))
    resident = Resident(loader, idle=None)
    with pytest.raises(OSError, match="cut short"), resident.use():
        pytest.fail("there is no model to use")
    assert not resident.loaded
    with resident.use():
        assert loader.loads == 2


def test_a_user_that_raises_leaves_the_model_at_rest() -> None:
    clock = Clock()
    resident = Resident(Loader(), idle=60, alarm=clock)
    with pytest.raises(ValueError, match="mine"), resident.use():
        raise ValueError("mine")
    assert len(clock.alarms) == 1
    clock.alarms[0].ring()
    assert not resident.loaded
