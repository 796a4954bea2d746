"""Filling messages: units in order, as many to a message as its limits allow."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Unit = TypeVar("Unit")
Cost = tuple[int, ...]


def pack(
    units: Iterable[Unit], cost: Callable[[Unit], Cost], limit: Cost, keep_with_next: Callable[[Unit], bool]
) -> list[list[Unit]]:
    """Groups of units within the limits; a unit to `keep_with_next`, as a heading is, is not left last in its group."""
    groups: list[list[Unit]] = [[]]
    spent: Cost = ()
    for unit in units:
        price = cost(unit)
        if groups[-1] and _over(_sum(spent, price), limit):
            kept, moved = _parted(groups[-1], keep_with_next)
            groups[-1:] = [kept, moved]
            spent = _total(moved, cost)
        if groups[-1] and _over(_sum(spent, price), limit):  # a heading and its text don't fit together
            groups.append([])
            spent = ()
        groups[-1].append(unit)
        spent = _sum(spent, price)
    return [group for group in groups if group]


def _parted(group: list[Unit], keep_with_next: Callable[[Unit], bool]) -> tuple[list[Unit], list[Unit]]:
    end = len(group)
    while end > 1 and keep_with_next(group[end - 1]):
        end -= 1
    return (group[:end], group[end:]) if end > 1 or not keep_with_next(group[0]) else (group, [])


def _total(units: list[Unit], cost: Callable[[Unit], Cost]) -> Cost:
    total: Cost = ()
    for unit in units:
        total = _sum(total, cost(unit))
    return total


def _sum(one: Cost, other: Cost) -> Cost:
    return tuple(a + b for a, b in zip(one, other, strict=True)) if one else other


def _over(cost: Cost, limit: Cost) -> bool:
    return any(have > most for have, most in zip(cost, limit, strict=True))
