"""Screens of tindak lanjut: lists, the Ketua's board, one card with its history and its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.callbacks import Go
from bot.screen import Attachment, Button, Screen
from bot.screens.painter import Painter, arranged, rows
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
from usecases.outcomes import Outcome

SIGNS = {"open": "•", "blocked": "■", "done": "✔", "cancelled": "–"}
STEPS: Mapping[str, tuple[str, str]] = {
    FINISH: ("done", "fu_done"),
    BLOCK: ("fu_blocked", "fu_blocked"),
    RESUME: ("fu_resume", "fu_resume"),
    ASK: ("fu_extend", "fu_extend"),
    ACCEPT: ("fu_accept", "fu_accept"),
    REFUSE: ("fu_refuse", "fu_refuse"),
    HAND_OVER: ("fu_hand", "fu_hand"),
    CANCEL: ("fu_cancel", "fu_cancel"),
    REOPEN: ("fu_reopen", "fu_reopen"),
}
"""For each event the key's words and where it leads."""


def follow_ups(painter: Painter, shown: outcomes.FollowUps) -> Screen:
    """A page of tindak lanjut, with a key each; for a topic those the guide offers, too."""
    keys: list[Sequence[Button]] = [
        [painter.labelled(f"{SIGNS[line.state]} {line.text}", Go("follow_up", line.id))]
        for line in shown.lines
    ]
    keys.append(_turns(painter, shown.place, shown.page, shown.total, PAGE, shown.id, shown.word))
    if shown.may_guide and shown.topic_index is not None:
        index = shown.topic_index
        keys += [[painter.labelled(f"＋ {spec.text}", Go("give", index, n + 1))] for n, spec in shown.offered]
        keys.append([painter.button("give_other", Go("give", index, 0))])
    return painter.page(
        "follow_ups",
        [*keys, *_ways(painter, shown)],
        shown=shown,
        title=_title(painter, shown),
        signs=SIGNS,
        live=LIVE,
    )


def _title(painter: Painter, shown: outcomes.FollowUps) -> str:
    """A group of the board by state or age is named by a word, the others by what people wrote."""
    if shown.place == "fu_group" and shown.word in {"state", "age"}:
        return painter.wording.plain(f"follow_up_{shown.word}.{shown.title}")
    return shown.title


def _ways(painter: Painter, shown: outcomes.FollowUps) -> list[list[Button]]:
    if shown.topic_index is not None:
        return [[painter.button("topic", Go("topic", shown.topic_index)), painter.menu()]]
    if shown.place == "fu_group":
        return [[painter.button("fu_board_back", Go("fu_board", word=shown.word)), painter.menu()]]
    guide = [
        painter.button("give_by_hand", Go("give_by_hand")),
        painter.button("fu_board", Go("fu_board", word="state")),
    ]
    more = [painter.button("absence", Go("absences")), painter.button("rules", Go("rules"))]
    return [guide if shown.may_guide else [], more, [painter.menu()]]


def _turns(
    painter: Painter, place: str, page: int, total: int, size: int, of: int = 0, word: str = ""
) -> list[Button]:
    turns = [painter.button("page_before", Go(place, of, page - 1, word))] if page else []
    if (page + 1) * size < total:
        turns.append(painter.button("page_after", Go(place, of, page + 1, word)))
    return turns


def follow_up_card(painter: Painter, shown: outcomes.FollowUpCard) -> Screen:
    """One tindak lanjut, with what the reader may do."""
    steps = [_step(painter, shown, kind) for kind in shown.offers]
    if shown.wish and ACCEPT in shown.offers:
        steps.append(painter.button("fu_grant", Go("fu_grant", shown.id)))
    done = [step for kind, step in zip(shown.offers, steps, strict=False) if kind == FINISH]
    others = [step for step in steps if step not in done]
    files = [painter.button("fu_files", Go("fu_files", shown.id), count=shown.files)] if shown.files else []
    past = [painter.button("fu_history", Go("fu_history", shown.id), count=shown.happened)]
    look = [*files, *(past if shown.happened > len(shown.history) else [])]
    back = [painter.button("follow_ups", Go("follow_ups")), painter.menu()]
    keys = [done, *_pairs(others), look, back]
    return painter.page(
        "follow_up_card", keys, shown=shown, told=_told(painter, shown.history, shown.zone), DONE=DONE
    )


def _step(painter: Painter, shown: outcomes.FollowUpCard, kind: str) -> Button:
    words, place = STEPS[kind]
    return painter.button(words, Go(place, shown.id))


def _pairs(keys: Sequence[Button]) -> list[Sequence[Button]]:
    return [keys[n : n + 2] for n in range(0, len(keys), 2)]


def _told(painter: Painter, lines: Sequence[outcomes.HistoryLine], zone: str) -> list[str]:
    """What happened, in a sentence each."""
    return [painter.wording.word(f"happened.{line.kind}", line=line, zone=zone) for line in lines]


def history(painter: Painter, shown: outcomes.FollowUpHistory) -> Screen:
    """A page of all that happened."""
    turns = _turns(painter, "fu_history", shown.page, shown.total, HISTORY_PAGE, shown.id)
    back = [painter.button("fu_card", Go("follow_up", shown.id)), painter.menu()]
    told = _told(painter, shown.lines, shown.zone)
    return painter.page("follow_up_history", [turns, back], shown=shown, told=told)


def evidence(painter: Painter, shown: outcomes.Evidence) -> Screen:
    """The files one after the other, the last with the way back."""
    pieces = [_file(painter, shown, each) for each in shown.files]
    back = [painter.button("fu_card", Go("follow_up", shown.id)), painter.menu()]
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
                Go("fu_group", start + n, 0, shown.view),
            )
        ]
        for n, (name, group) in enumerate(named)
    ]
    turns = _turns(painter, "fu_board", shown.page, shown.total, PAGE, 0, shown.view)
    views = [painter.button(f"by_{view}", Go("fu_board", word=view)) for view in VIEWS if view != shown.view]
    back = [painter.button("follow_ups", Go("follow_ups")), painter.menu()]
    return painter.page("follow_up_board", [*keys, turns, *arranged(views), back], shown=shown, named=named)


def _group_name(painter: Painter, shown: outcomes.FollowUpBoard, group: outcomes.BoardGroup) -> str:
    if shown.view in {"state", "age"}:
        return painter.wording.plain(f"follow_up_{shown.view}.{group.label}")
    return group.label


PAINTED: Mapping[type[Outcome], Callable[[Painter, Any], Screen]] = {
    outcomes.FollowUps: follow_ups,
    outcomes.FollowUpCard: follow_up_card,
    outcomes.FollowUpHistory: history,
    outcomes.Evidence: evidence,
    outcomes.FollowUpBoard: board,
}
