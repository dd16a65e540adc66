"""Clients that send one request after another for a while, and what they measured."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles
from threading import Barrier, Thread

from tests.real_server import Server

# One request; it is told how many were sent before it in this slice.
Ask = Callable[[int], object]


@dataclass
class Tally:
    """All slices of one kind of request."""

    requests: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rates(self) -> list[float]:
        """Requests a second, slice by slice."""
        return [done / took for done, took in zip(self.requests, self.seconds, strict=True)]

    @property
    def rate(self) -> float:
        return sum(self.requests) / sum(self.seconds)

    @property
    def cpu_each(self) -> float:
        """Milliseconds of the server's CPU a request."""
        return 1000 * self.cpu / sum(self.requests)

    @property
    def median(self) -> float:
        return 1000 * median(self.waits)

    @property
    def p95(self) -> float:
        return 1000 * quantiles(self.waits, n=20)[-1]


def run_slice(server: Server, asks: Sequence[Ask], seconds: float, tally: Tally) -> None:
    """Each client asks again and again for so many seconds, all at once."""
    cpu, start = server.read_cpu(), time.perf_counter()
    waits: list[list[float]] = [[] for _ in asks]

    def work(ask: Ask, own: list[float]) -> None:
        for turn in itertools.count():
            begun = time.perf_counter()
            if begun - start > seconds:
                return
            ask(turn)
            own.append(time.perf_counter() - begun)

    in_threads([partial(work, *one) for one in zip(asks, waits, strict=True)])
    tally.seconds.append(time.perf_counter() - start)
    tally.cpu += server.read_cpu() - cpu
    tally.requests.append(sum(len(own) for own in waits))
    tally.waits += itertools.chain(*waits)


def in_threads(acts: Sequence[Callable[[], None]]) -> None:
    """Runs the acts at once; raises the first error of any."""
    errors: list[BaseException] = []
    start = Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        try:
            start.wait()
            act()
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
