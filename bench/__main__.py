"""Our bot, PTB's echo and aiogram-dialog by turns: their medians, what a document costs, and where our time goes."""

import argparse
import os
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import capacity, contestants, costs, rendering
from bench.contestants import ALL, DIALOG, ECHO, OURS, Contestant
from bench.runner import Result, turn

MEASURES = ("per_second", "p50_ms", "p95_ms", "per_cpu_second")


def main() -> None:
    options = _options()
    chosen = [one for one in ALL if not options.only or one.name in options.only]
    for missing in (one for one in chosen if not one.exists):
        print(f"{missing.name}: belum ada")
    chosen = [one for one in chosen if one.exists]
    print(
        f"local server alone: {capacity.measure():.0f} requests/s; {options.users} users at a time",
        flush=True,
    )
    results = _rounds(chosen, options)
    _table(results)
    if OURS in chosen:
        rendering.measure(2 * options.seconds)
    profiled = next((one for one in chosen if one.name == options.profile), None)
    if profiled:
        _profile(profiled, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="measured in each turn, after warming up")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--users", type=int, default=32, help="people at their phones at a time")
    names = [one.name for one in contestants.ALL]
    parser.add_argument("--only", action="append", choices=names, help="may be repeated")
    parser.add_argument("--profile", default=OURS.name, choices=[*names, "none"])
    return parser.parse_args()


def _rounds(chosen: Sequence[Contestant], options: argparse.Namespace) -> dict[Contestant, list[Result]]:
    results: dict[Contestant, list[Result]] = {one: [] for one in chosen}
    for number in range(1, options.rounds + 1):
        for one in chosen:
            result = turn(one, options.users, options.seconds)
            results[one].append(result)
            load = os.getloadavg()[0]
            print(
                f"round {number}  {one.name:15} {result.per_second:7.0f}/s  p95 {result.p95_ms:6.1f} ms"
                f"  server {result.server_cpu:4.0%} of a core  load {load:.1f}"
                + (f"  ({result.waiting} left waiting)" if result.waiting else ""),
                flush=True,
            )
    return results


def _table(results: Mapping[Contestant, Sequence[Result]]) -> None:
    found = {one: got for one, got in results.items() if got}
    echo, dialog = (_median(found.get(peer, ()), "per_second") for peer in (ECHO, DIALOG))
    heads = f"{'p50 ms':>8}{'p95 ms':>8}{'× echo':>8}{'× dialog':>10}{'per CPU s':>11}"
    print(f"\n{'medians':34}{'per s':>7}{heads}")
    for one, got in found.items():
        rate, p50, p95, by_cpu = (_median(got, name) for name in MEASURES)
        ratios = f"{_ratio(rate, echo):>8}{_ratio(rate, dialog):>10}"
        print(f"{one.title:34}{rate:7.0f}{p50:8.1f}{p95:8.1f}{ratios}{by_cpu:11.0f}")


def _median(results: Sequence[Result], name: str) -> float:
    return statistics.median(getattr(got, name) for got in results) if results else 0.0


def _ratio(rate: float, other: float) -> str:
    return f"{rate / other:.2f}" if other else "–"


def _profile(one: Contestant, options: argparse.Namespace) -> None:
    """The functions that cost most by themselves; under the profiler all is slower, calls most of all."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "profile")
        turn(one, options.users, options.seconds, target)
        print(f"\nwhere {one.name} spends its time")
        costs.show(target)


if __name__ == "__main__":
    main()
