"""Screens of tindak lanjut: lists, the Ketua's board, one card with its history and its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.callbacks import Go
from bot.places import follow_ups as to
from bot.places.reminders import ABSENCES, RULES
from bot.places.topics import TOPIC
from bot.screen import Attachment, Button, Screen
from bot.screens.paging import last_page, turns
from bot.screens.painter import Painted, Painter, arranged, rows
from domain.follow_ups.follow_up import (
    ACCEPT,
    ASK,
    BLOCK,
    CANCEL,
    DONE,
    FINISH,
    HAND_OVER,
    LIVE,
    REFUSE,
    REOPEN,
    RESUME,
)
from usecases.follow_ups import outcomes
from usecases.follow_ups.follow_up import PAGE as HISTORY_PAGE
from usecases.follow_ups.lists import PAGE, VIEWS

SIGNS = {"open": "•", "blocked": "■", "done": "✔", "cancelled": "–"}
STEPS: Mapping[str, tuple[str, Callable[[int], Go]]] = {
    FINISH: ("done", to.DONE),
    BLOCK: ("fu_blocked", to.BLOCKED),
    RESUME: ("fu_resume", to.RESUME),
    ASK: ("fu_extend", to.EXTEND),
    ACCEPT: ("fu_accept", to.ACCEPT),
    REFUSE: ("fu_refuse", to.REFUSE),
    HAND_OVER: ("fu_hand", to.HAND_OVER),
    CANCEL: ("fu_cancel", to.CANCEL),
    REOPEN: ("fu_reopen", to.REOPEN),
}
"""For each event the key's words and where it leads."""


def follow_ups(painter: Painter, shown: outcomes.FollowUps) -> Screen:
    """A page of tindak lanjut, with a key each; for a topic those the guide offers, too."""
    keys: list[Sequence[Button]] = [
        [painter.labelled(f"{SIGNS[line.state]} {line.text}", to.FOLLOW_UP(line.id))] for line in shown.lines
    ]
    keys.append(turns(painter, _list_of(shown), shown.page, last_page(shown.total, PAGE)))
    if shown.may_guide and shown.topic_index is not None:
        index = shown.topic_index
        keys += [[painter.labelled(f"＋ {spec.text}", to.GIVE(index, number=n))] for n, spec in shown.offered]
        keys.append([painter.button("give_other", to.GIVE(index, number=None))])
    return painter.page(
        "follow_ups",
        [*keys, *_ways(painter, shown)],
        shown=shown,
        title=_title(painter, shown),
        signs=SIGNS,
        live=LIVE,
    )


def _list_of(shown: outcomes.FollowUps) -> Callable[[int], Go]:
    """The pages of the list that is shown."""
    if shown.topic_index is not None:
        index = shown.topic_index
        return lambda page: to.TOPIC_FOLLOW_UPS(index, page)
    if shown.group is not None:
        number, view = shown.group, shown.view
        return lambda page: to.BOARD_GROUP(view, number, page)
    return to.FOLLOW_UPS


def _title(painter: Painter, shown: outcomes.FollowUps) -> str:
    """A group of the board by state or age is named by a word, the others by what people wrote."""
    if shown.view in {"state", "age"}:
        return painter.wording.plain(f"follow_up_{shown.view}.{shown.title}")
    return shown.title


def _ways(painter: Painter, shown: outcomes.FollowUps) -> list[list[Button]]:
    if shown.topic_index is not None:
        return [[painter.button("topic", TOPIC(shown.topic_index)), painter.menu()]]
    if shown.group is not None:
        return [[painter.button("fu_board_back", to.BOARD(shown.view)), painter.menu()]]
    guide = [
        painter.button("give_by_hand", to.GIVE_BY_HAND()),
        painter.button("fu_board", to.BOARD("state")),
    ]
    more = [painter.button("absence", ABSENCES()), painter.button("rules", RULES())]
    return [guide if shown.may_guide else [], more, [painter.menu()]]


def follow_up_card(painter: Painter, shown: outcomes.FollowUpCard) -> Screen:
    """One tindak lanjut, with what the reader may do."""
    steps = [_step(painter, shown, kind) for kind in shown.offers]
    if shown.wish and ACCEPT in shown.offers:
        steps.append(painter.button("fu_grant", to.GRANT(shown.id)))
    done = [step for kind, step in zip(shown.offers, steps, strict=False) if kind == FINISH]
    others = [step for step in steps if step not in done]
    files = [painter.button("fu_files", to.EVIDENCE(shown.id), count=shown.files)] if shown.files else []
    past = [painter.button("fu_history", to.HISTORY(shown.id), count=shown.happened)]
    look = [*files, *(past if shown.happened > len(shown.history) else [])]
    back = [painter.button("follow_ups", to.FOLLOW_UPS()), painter.menu()]
    keys = [done, *_pairs(others), look, back]
    return painter.page(
        "follow_up_card", keys, shown=shown, told=_told(painter, shown.history, shown.zone), DONE=DONE
    )


def _step(painter: Painter, shown: outcomes.FollowUpCard, kind: str) -> Button:
    words, step = STEPS[kind]
    return painter.button(words, step(shown.id))


def _pairs(keys: Sequence[Button]) -> list[Sequence[Button]]:
    return [keys[n : n + 2] for n in range(0, len(keys), 2)]


def _told(painter: Painter, lines: Sequence[outcomes.HistoryLine], zone: str) -> list[str]:
    """What happened to the tindak lanjut, a sentence for each event."""
    return [painter.wording.word(f"happened.{line.kind}", line=line, zone=zone) for line in lines]


def history(painter: Painter, shown: outcomes.FollowUpHistory) -> Screen:
    """A page of a tindak lanjut's history."""
    last = last_page(shown.total, HISTORY_PAGE)
    pages = turns(painter, lambda page: to.HISTORY(shown.id, page), shown.page, last)
    back = [painter.button("fu_card", to.FOLLOW_UP(shown.id)), painter.menu()]
    told = _told(painter, shown.lines, shown.zone)
    return painter.page("follow_up_history", [pages, back], shown=shown, told=told)


def evidence(painter: Painter, shown: outcomes.Evidence) -> Screen:
    """The files one after the other, the last with the way back."""
    pieces = [_file(painter, shown, each) for each in shown.files]
    back = [painter.button("fu_card", to.FOLLOW_UP(shown.id)), painter.menu()]
    pieces[-1] = replace(pieces[-1], keyboard=rows(back))
    return replace(pieces[0], more=tuple(pieces[1:]))


def _file(painter: Painter, shown: outcomes.Evidence, each: outcomes.EvidenceFile) -> Screen:
    caption = painter.wording.word("evidence.caption", shown=shown, file=each)
    return Screen(caption, attachment=Attachment("bukti", picture=each.picture, file_id=each.file_id))


def board(painter: Painter, shown: outcomes.FollowUpBoard) -> Screen:
    """How many there are in each group, with a key each; and the other ways to see them."""
    start = shown.page * PAGE
    named = [(_group_name(painter, shown, group), group) for group in shown.groups]
    keys = [
        [
            painter.labelled(
                painter.wording.plain("board.group", name=name, group=group),
                to.BOARD_GROUP(shown.view, start + n),
            )
        ]
        for n, (name, group) in enumerate(named)
    ]
    pages = turns(painter, lambda page: to.BOARD(shown.view, page), shown.page, last_page(shown.total, PAGE))
    views = [painter.button(f"by_{view}", to.BOARD(view)) for view in VIEWS if view != shown.view]
    back = [painter.button("follow_ups", to.FOLLOW_UPS()), painter.menu()]
    return painter.page("follow_up_board", [*keys, pages, *arranged(views), back], shown=shown, named=named)


def _group_name(painter: Painter, shown: outcomes.FollowUpBoard, group: outcomes.BoardGroup) -> str:
    if shown.view in {"state", "age"}:
        return painter.wording.plain(f"follow_up_{shown.view}.{group.label}")
    return group.label


PAINTED: Painted = {
    outcomes.FollowUps: follow_ups,
    outcomes.FollowUpCard: follow_up_card,
    outcomes.FollowUpHistory: history,
    outcomes.Evidence: evidence,
    outcomes.FollowUpBoard: board,
}
