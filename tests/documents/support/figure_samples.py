"""Every figure, drawn from ordinary things and from hostile ones."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from documents.figures.bars import Bar, ranking
from documents.figures.flow import DECISION, END, Flow, Step, flows
from documents.figures.gantt import Task, gantt
from documents.figures.matrix import pairwise
from documents.figures.quadrants import Field, Stakeholder, power_and_interest, swot
from documents.figures.rings import Ring, onion
from documents.figures.states import Light, Part, lights, progress
from documents.figures.tree import Branch, tree

ISSUES = (
    "Buang air besar sembarangan masih tinggi di kawasan pesisir",
    "Sampah tidak terangkut",
    "Air minum belum layak",
    "Drainase tersumbat setiap musim hujan",
    "Pengelolaan lumpur tinja belum ada",
)


def bars(texts: tuple[str, ...], width: int) -> str:
    drawn = [
        Bar(
            text,
            Fraction(40 - 7 * at, 10),
            f"{(40 - 7 * at) / 10}".replace(".", ","),
            Fraction(35 - 7 * at, 10),
            Fraction(46 - 7 * at, 10),
            strong=at == 0,
        )
        for at, text in enumerate(texts[:5])
    ]
    return ranking(drawn, "Peringkat isu", width)


def matrix(texts: tuple[str, ...], width: int) -> str:
    size = len(texts)
    wins = [[0 if a == b else (7 if a < b else 3) for b in range(size)] for a in range(size)]
    return pairwise(texts, wins, "Nilai", "Matriks", width)


def swots(texts: tuple[str, ...], width: int) -> str:
    names = ("Kekuatan", "Kelemahan", "Peluang", "Ancaman")
    return swot([Field(name, texts[at : at + 3]) for at, name in enumerate(names)], "SWOT", width)


def stakeholders(texts: tuple[str, ...], width: int) -> str:
    people = [Stakeholder(text, Fraction(at % 3, 3), Fraction(at % 4, 3)) for at, text in enumerate(texts)]
    names = ("Jaga kepuasannya", "Kelola dengan erat", "Pantau", "Beri tahu terus")
    return power_and_interest(people, names, ("Kepentingan", "Pengaruh"), "Pemangku kepentingan", width)


def flowing(texts: tuple[str, ...], width: int) -> str:
    kinds = ("step", "step", DECISION, "step", END)
    steps = tuple(Step(text, "Loket Dinas", "2 hari", kind) for text, kind in zip(texts, kinds, strict=False))
    return flows([Flow("Sebelum", steps), Flow("Sesudah", steps[:1] + steps[-2:])], "Alur", width)


def branching(texts: tuple[str, ...], width: int) -> str:
    depths = (0, 1, 2, 2, 1, 2, 3, 1)
    nodes = [
        Branch(text, "Indikator: 80 % rumah", depth) for text, depth in zip(texts * 2, depths, strict=False)
    ]
    return tree(nodes, "Kerangka logis", width)


def schedule(texts: tuple[str, ...], width: int) -> str:
    tasks = [Task("Tahap 1: Persiapan", date(2026, 1, 1), date(2026, 1, 1), heading=True)] + [
        Task(text, date(2026, 1 + 2 * at, 10), date(2026, 3 + 2 * at, 20), done=at == 0)
        for at, text in enumerate(texts[:5])
    ]
    return gantt(tasks, "Jadwal", width, today=date(2026, 5, 5))


def rings(texts: tuple[str, ...], width: int) -> str:
    return onion(
        [Ring("Sangat kuat", texts[:1]), Ring("Kuat", texts[1:3]), Ring("Lemah", texts[3:])], "Bawang", width
    )


def signals(texts: tuple[str, ...], width: int) -> str:
    colors = ("merah", "kuning", "hijau", "", "hijau")
    found = [
        Light(text, color, "target 80 %, nyata 40 %") for text, color in zip(texts, colors, strict=False)
    ]
    return lights(found, "Lampu monev", width)


def advance(texts: tuple[str, ...], width: int) -> str:
    return progress([Part(text, at * 3, 12) for at, text in enumerate(texts[:5])], "Kemajuan", width)


FIGURES: tuple[Callable[[tuple[str, ...], int], str], ...] = (
    bars,
    matrix,
    swots,
    stakeholders,
    flowing,
    branching,
    schedule,
    rings,
    signals,
    advance,
)
