"""`python -m benchmarks [--quick] [--only PART]`: ours and the peer in turn, a table, `results.json`."""

import argparse
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import export, pictures, reminders
from benchmarks.databases import Copies, postgresql, sqlite
from benchmarks.import_ import import_results
from benchmarks.processes import OURS, PEER
from benchmarks.results import Result, at_least, at_most, table, told, within, written
from benchmarks.runs import Measured, Plan, Stage, measure
from benchmarks.statements import PEER as STATEMENTS_OF_THE_PEER
from benchmarks.statements import per_tap
from benchmarks.statistics import PERSONS, QUICK_PERSONS, indicator_results
from bot.redis_server import local_redis

FULL = Plan(phones=100, warm=1, slices=4, backlog=3, steady=1)
QUICK = Plan(phones=10, warm=1, slices=2, backlog=3, steady=3)
ROUNDS = 5
PARTS = ("taps", "export", "import", "pictures", "reminders", "statistics")
QUICK_IMPORT = 2_000
RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Run what was asked for; 1 if a bound does not hold."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Ours beside the peer.")
    parser.add_argument("--quick", action="store_true", help="one short round: shows that it runs, measures nothing")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--only", choices=PARTS, help="only this part")
    parser.add_argument("--rows", type=int, help="rows of the export")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args()
    parts = PARTS if options.only is None else (options.only,)
    results: list[Result] = []
    if "export" in parts:
        rows = options.rows or (export.QUICK_ROWS if options.quick else export.ROWS)
        results += export.measure(rows, 1 if options.quick else min(options.rounds, export.ROUNDS))
    if "import" in parts:
        results += import_results(QUICK_IMPORT, 1) if options.quick else import_results()
    if "pictures" in parts:
        results += pictures.picture_results(pictures.QUICK_ROUNDS if options.quick else pictures.ROUNDS)
    if "reminders" in parts:
        coaches = reminders.QUICK_COACHES if options.quick else reminders.COACHES
        results += reminders.reminder_results(coaches, 1 if options.quick else reminders.ROUNDS)
    if "statistics" in parts:
        results += indicator_results(QUICK_PERSONS, 1) if options.quick else indicator_results(PERSONS)
    if "taps" in parts:
        results += _taps(options)
    written(results, options.out)
    print(table(results))
    return 0 if options.quick or all(result.holds is not False for result in results) else 1


def _taps(options: argparse.Namespace) -> list[Result]:
    plan, rounds = (QUICK, 1) if options.quick else (FULL, options.rounds)
    bot_core, others = _cores()
    os.sched_setaffinity(0, others)  # and whatever is started from here
    return [
        result
        for name, opened in (("sqlite", sqlite), ("postgresql", postgresql))
        if options.database in {None, name}
        for result in _on(opened, plan, rounds, bot_core)
    ]


def _on(opened: Callable[[int, int], object], plan: Plan, rounds: int, bot_core: set[int]) -> list[Result]:
    with ExitStack() as stack:
        copies: Copies = stack.enter_context(opened(plan.phones, plan.persons_each))  # type: ignore[arg-type]
        stage = Stage(copies, stack.enter_context(local_redis()), bot_core)
        ours: list[Measured] = []
        peer: list[Measured] = []
        sides = [(OURS, ours), (PEER, peer)]
        for number in range(rounds):
            in_turn = sides if number % 2 == 0 else sides[::-1]
            found = measure([command for command, _ in in_turn], stage, plan, seed=number)
            for (command, kept), measured in zip(in_turn, found, strict=True):
                kept.append(measured)
                print(f"{copies.name} {command[-1]} {measured}", file=sys.stderr, flush=True)
        statements = per_tap(copies, stage.redis_url)
        return _results(copies.name, ours, peer, statements)


def _results(database: str, ours: Sequence[Measured], peer: Sequence[Measured], statements: float) -> list[Result]:
    def medians(figure: Callable[[Measured], float]) -> tuple[float, float]:
        return statistics.median(map(figure, ours)), statistics.median(map(figure, peer))

    def name(what: str) -> str:
        return f"{what}, {database}"

    return [
        at_least(name("taps handled per second on one core"), *medians(lambda m: m.taps_per_s), "taps/s", 0.8),
        told(name("time of the processor per tap"), *medians(lambda m: m.cpu_ms), "ms"),
        at_most(name("p99 latency at 100 taps/s"), *medians(lambda m: m.p99_ms), "ms", 1.5),
        told(name("p50 latency at 100 taps/s"), *medians(lambda m: m.p50_ms), "ms"),
        at_most(name("memory at rest"), *medians(lambda m: m.memory_mb), "MB", 1.3),
        within(name("statements per tap"), statements, STATEMENTS_OF_THE_PEER, "statements", 6),
    ]


def _cores() -> tuple[set[int], set[int]]:
    """Return the core of the bot and those of everything else; the same where the machine has one only."""
    first, *others = sorted(os.sched_getaffinity(0))
    return {first}, set(others) or {first}


if __name__ == "__main__":
    sys.exit(main())
