"""A busy desk of a tabel isian: starting rows, every kind of column, a tree, flags; every kind of move."""

import functools
from typing import Any

from domain.dialog.questions import Given, Question, Tapped, Typed
from domain.instruments.base import Desk, Item, Move, Sheet
from domain.instruments.worksheet.columns import Column, Flag, Settings
from domain.instruments.worksheet.instrument import Worksheet
from domain.process.conditions import Condition
from tests.support.driving import TODAY, moved, scripted, with_moves

FACTS = {
    "rows_so_far": {"rows": 2, "given": 5, "open": 1},
    "row": {"way": "added", "links": [("Program", "<b>Sumur</b>")], "flags": ("Lihat",), "edited": True},
    "cells_differ": {"row": "<b>Sumur</b>", "column": "Target", "rows": 3},
    "cell_yes_no": {"text": "mungkin"},
    "cell_not_listed": {"text": "APBX", "some": ["APBD", "APBN"]},
    "cell_ambiguous": {"text": "Sumur"},
    "cell_loop": {"text": "Sumur"},
    "wrong_columns": {"given": 3, "needed": 5},
    "too_many_rows": {"given": 900, "most": 500},
}
"""What the words of each fault, pulse and trace need to know."""

MODULES = (
    "instrument",
    "asking",
    "cells",
    "columns",
    "groups",
    "importing",
    "moves",
    "rows",
    "table",
)
CELLS = {
    "k0": "Pipa",
    "k1": "1250.5",
    "k2": 1_250_000,
    "k3": "2026-11-30",
    "k4": "0",
    "k5": True,
    "k6": "1",
    "k7": "1",
}


def columns(text: str) -> tuple[Column, ...]:
    """One of every kind."""
    common = {"title": text, "hint": text, "optional": True}
    product = ("*", ("name", "k1"), ("name", "k2"))
    share = ("percent", ("name", "k1"), ("number", "30"))
    return (
        Column("k0", text, "text", text, longest=1000),
        Column("k1", kind="number", total=True, unit=text[:9], **common),
        Column("k2", kind="money", total=True, **common),
        Column("k3", kind="date", **common),
        Column("k4", kind="choice", options=(text, "APBN"), **common),
        Column("k5", kind="yes_no", **common),
        Column("k6", kind="person", free=True, **common),
        Column("k7", kind="reference", **common),
        Column("k8", kind="reference", own=True, **common),
        Column("k9", text, "computed", total=True, formula=product, look="money"),
        Column("k10", text, "computed", formula=share, look="percent", decimals=1),
    )


def by_key(text: str) -> Any:
    """Answers a row's cells in their own kinds."""
    given = {
        "v.k0": Typed(text),
        "v.k1": Typed("2,5"),
        "v.k2": Typed("2 juta"),
        "v.k3": Typed("besok"),
        "v.k4": Tapped("0"),
        "v.k5": Tapped("n"),
        "v.k6": Tapped("other"),
        "v+k6": Typed(text[:90]),
        "v.k7": Tapped("1"),
        "v.k8": Tapped("R1"),
    }

    def answer(question: Question) -> Given:
        return given[question.key]

    return answer


def _started(number: int, text: str) -> Item:
    """What a row starts with: all but the first row's number, the later ones below the first."""
    fields = {
        "k0": f"{number} {text}",
        "k2": 5 * number,
        "k3": "2026-12-01",
        "k4": text,
        "k5": True,
        "k6": "Budi",
    }
    fields |= {"k7": text, "k8.asal": "1", **({"k1": "7/3"} if number > 1 else {})}
    return Item(str(number), f"{number} {text}", f"2.1/kartu#{number}", "", fields)


@functools.cache
def tables(text: str, members: int = 3) -> Desk[Any]:
    """Members complete a starting row and differ on it, and add rows; then the facilitator tidies."""
    flags = (
        Flag(text, (Condition("k5", "is", "tidak"), Condition("k8", "empty")), any=True, color="merah"),
        Flag("Mahal", (Condition("k9", "above", "1000000"),)),
    )
    settings = Settings(columns(text), most=5, starts=True, flags=flags, tree="k8", ordered=True)
    inputs = {
        "rows": tuple(_started(n, text) for n in (1, 2, 3)),
        "people": (Item("1", text[:60]), Item("2", "Budi")),
        "ref.k7": (Item("1", text, "2.1/program#9", "", {"biaya": 9}),),
    }
    own = {f"{row}.{key}": value for row in (1, 2, 3) for key, value in CELLS.items()}
    parents = {"1.k8": "R1", "2.k8": "1", "3.k8": None, "4.k0": text}
    more = {"0.more": True, "1.more": True, "2.more": True, "3.more": True}
    ballots = {
        member: {"pick/1": "R1", "R1.k1": str(member), **own, **parents, **more, "1.k0": text}
        for member in range(1, members + 1)
    }
    desk: Desk[Any] = Desk(Sheet(settings, inputs=inputs, voters=members, today=TODAY), ballots)
    table = Worksheet()
    desk = moved(desk, table, "edit", scripted(row="1.1", column="k5", v="-"))
    desk = moved(desk, table, "remove", scripted(row="1.2"))
    desk = moved(desk, table, "add", by_key(text))
    desk = moved(desk, table, "place", scripted(row="1.3", a="R1"))
    filed = [{"id": "", "cells": [text, "1", None, None, None, None, None, None, "R2", None, None]}]
    return with_moves(desk, [*desk.sheet.moves, Move(5, "fill", {"rows": filed}, "Siti")])
