"""The columns of a tabel isian, its flags and its settings, and how a process file says them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.formulas import BadFormula, Formula, cycle, names, parse
from domain.process.conditions import Condition, read_conditions
from domain.process.reading import Reader
from domain.process.sources import MEMBERS, PEOPLE, ROWS, draw, draw_built_in

TEXT, NUMBER, MONEY, DATE, CHOICE, YES_NO = "text", "number", "money", "date", "choice", "yes_no"
PERSON, REFERENCE, COMPUTED = "person", "reference", "computed"
KINDS = (TEXT, NUMBER, MONEY, DATE, CHOICE, YES_NO, PERSON, REFERENCE, COMPUTED)
PERCENT = "percent"
LOOKS = (NUMBER, MONEY, PERCENT)
"""What a computed column's number is shown as."""

NUMERIC = frozenset({NUMBER, MONEY, COMPUTED})
SELF = "self"
"""What a reference's `from` says where it points to rows of its own table."""

ORIGIN = "asal"
"""'<reference>.asal' is where the row referred to came from."""

MORE = "more"
FLAGGED, LEVEL, LEAF = "tanda", "tingkat", "ujung"
"""Fields added to the items: the titles of the flags; in a tree the level from 1, and whether nothing hangs below."""

MOST_COLUMNS = 14
MEMBERS_FILL, ROOM_FILLS = "members", "plenary"
COLORS = ("merah", "kuning", "hijau")


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    `options` are a choice's words, `unit` a number's, `longest` a text's characters, `free` lets a person be named
    who is no member, `own` tells a reference to rows of this table, `formula` is a computed column's and `look` what
    its number is shown as. In rows the table starts with, `value_from` names the item's field that fills the cell.
    """

    key: str
    title: str
    kind: str
    hint: str = ""
    optional: bool = False
    total: bool = False
    unit: str = ""
    decimals: int = 2
    longest: int = 200
    options: tuple[str, ...] = ()
    free: bool = False
    own: bool = False
    formula: Formula = ()
    look: str = ""
    value_from: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark for rows that meet all conditions (or `any` of them); `color` of a traffic light, or nothing."""

    title: str
    when: tuple[Condition, ...]
    any: bool = False
    color: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The columns, and how the table is filled.

    Each member can `add` at most `most` rows; `starts` says whether rows are given from the start, and `fill` who
    completes them. `tree` is the key of the reference that names a row's parent; `ordered` rows can be moved.
    """

    columns: tuple[Column, ...]
    most: int = 10
    add: bool = True
    starts: bool = False
    fill: str = MEMBERS_FILL
    flags: tuple[Flag, ...] = ()
    tree: str = ""
    ordered: bool = False


def label_place(columns: Sequence[Column]) -> int:
    """The place of the column that rows are known by: the first text, else the first that says something by itself."""
    kinds = [column.kind for column in columns]
    words = (kinds.index(kind) for kind in (TEXT, PERSON, CHOICE) if kind in kinds)
    return next(words, next((n for n, column in enumerate(columns) if not column.own), 0))


def read_settings(reader: Reader) -> Settings:
    """The settings of a process file; faults go to the reader."""
    starts = bool(draw(reader, ROWS, "rows_from"))
    columns = _read_columns(reader)
    settings = Settings(
        columns=columns,
        most=reader.whole("most", 10, 1, 30),
        add=reader.flag("add", default=not starts),
        starts=starts,
        fill=reader.one_of("fill", (MEMBERS_FILL, ROOM_FILLS), MEMBERS_FILL),
        flags=tuple(_read_flag(each, columns) for each in reader.each("flags")),
        tree=reader.text("tree", ""),
        ordered=reader.flag("ordered"),
    )
    reader.unique([flag.title for flag in settings.flags], "flags")
    _check(reader, settings)
    return settings


def _check(reader: Reader, settings: Settings) -> None:
    own = [column.key for column in settings.columns if column.own]
    if settings.tree and settings.tree not in own:
        reader.fault("tree_column", reader.line_of("tree"), given=settings.tree)
    lacks_rows = not settings.add or any(column.value_from for column in settings.columns)
    if lacks_rows and not reader.has("rows_from"):
        reader.fault("needs_items", reader.line_of("columns"), field="rows_from")
    if any(column.kind == PERSON for column in settings.columns):
        draw_built_in(reader, PEOPLE, MEMBERS)


def _read_columns(reader: Reader) -> tuple[Column, ...]:
    readers = reader.each("columns", required=True)
    columns = tuple(_read_column(each) for each in readers)
    reader.unique([column.key for column in columns], "columns")
    if len(columns) > MOST_COLUMNS:
        reader.fault("too_many", reader.line_of("columns"), field="columns", most=MOST_COLUMNS)
    _check_keys(reader, readers, columns)
    columns = tuple(_with_formula(*pair, columns) for pair in zip(readers, columns, strict=True))
    _check_cycles(readers, columns)
    for each in readers:
        each.close()
    return columns


def _read_column(reader: Reader) -> Column:
    key, kind = reader.key("key"), reader.one_of("kind", KINDS, TEXT)
    return Column(
        key=key,
        title=reader.text("title"),
        kind=kind,
        hint=reader.text("hint", ""),
        optional=kind != COMPUTED and reader.flag("optional"),
        value_from=reader.text("value_from", "") if kind != COMPUTED else "",
        **_read_rest(reader, key, kind),
    )


def _read_rest(reader: Reader, key: str, kind: str) -> dict[str, Any]:
    """What columns of that kind have beside the rest."""
    rest: dict[str, object] = {"decimals": 0, "longest": 0}
    if kind == COMPUTED:
        rest["look"] = reader.one_of("as", LOOKS, NUMBER)
    if kind in {NUMBER, MONEY} or rest.get("look") in {NUMBER, MONEY}:
        rest["total"] = reader.flag("total", default=True)
    if NUMBER in {kind, rest.get("look")}:
        rest["unit"] = reader.text("unit", "")
    if kind == NUMBER or rest.get("look") in {NUMBER, PERCENT}:
        rest["decimals"] = reader.whole("decimals", 2, 0, 6)
    if kind == TEXT:
        rest["longest"] = reader.whole("longest", 200, 1, 1000)
    if kind == CHOICE:
        rest["options"] = reader.texts("options", required=True)
    if kind == PERSON:
        rest["free"] = reader.flag("free")
    if kind == REFERENCE:
        rest["own"] = _read_reference(reader, key)
    return rest


def _read_reference(reader: Reader, key: str) -> bool:
    """Whether it refers to rows of the same table; else it is drawn from earlier ones."""
    if [node.value for node in reader.nodes("from")] == [SELF]:
        return True
    if not reader.has("from"):
        reader.text("from")  # notes that it is missing
    draw(reader, source_of(key), "from")
    return False


def source_of(key: str) -> str:
    """The name under which a reference column draws the rows it can refer to."""
    return f"ref.{key}"


def _check_keys(reader: Reader, readers: Sequence[Reader], columns: Sequence[Column]) -> None:
    """Names that mean something else in the items' fields are taken."""
    taken = {MORE, FLAGGED} | ({LEVEL, LEAF} if reader.has("tree") else set())
    within = tuple(f"{column.key}." for column in columns if column.kind == REFERENCE)
    for each, column in zip(readers, columns, strict=True):
        if column.key in taken or column.key.startswith(within):
            each.fault("reserved_key", each.line_of("key"), given=column.key)


def _with_formula(reader: Reader, column: Column, columns: Sequence[Column]) -> Column:
    """The column with its formula read, where it has one; its names are columns of numbers."""
    if column.kind != COMPUTED:
        return column
    text, line = reader.text("formula"), reader.line_of("formula")
    kinds = {each.key: each.kind for each in columns}
    try:
        formula = parse(text, kinds.keys()) if text else ("number", "0")
    except BadFormula as bad:
        reader.fault("formula_syntax", line, given=text, rest=bad.rest)
        return replace(column, formula=("number", "0"))
    for name in dict.fromkeys(names(formula)):
        if name not in kinds:
            reader.fault("unknown_column", line, field="formula", given=name)
        elif kinds[name] not in NUMERIC:
            reader.fault("formula_column", line, given=name)
    return replace(column, formula=formula)


def _check_cycles(readers: Sequence[Reader], columns: Sequence[Column]) -> None:
    found = cycle({column.key: column.formula for column in columns if column.kind == COMPUTED})
    for reader, column in zip(readers, columns, strict=True):
        if found and column.key == found:
            reader.fault("formula_cycle", reader.line_of("formula"), given=found)


def _read_flag(reader: Reader, columns: Sequence[Column]) -> Flag:
    flag = Flag(
        title=reader.text("title"),
        when=read_conditions(reader, "when"),
        any=reader.flag("any"),
        color=reader.one_of("color", COLORS, ""),
    )
    if not flag.when:
        reader.texts("when", required=True)  # notes that it is missing
    keys = {column.key for column in columns}
    within = tuple(f"{column.key}." for column in columns if column.kind == REFERENCE)
    for condition in flag.when:
        if condition.field and condition.field not in keys and not condition.field.startswith(within):
            reader.fault("unknown_column", reader.line_of("when"), field="when", given=condition.field)
    reader.close()
    return flag
