"""A few of the shipped notices written as files in several layouts and read again; all of them: benchmarks/round_trip.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks.round_trip import WRITTEN, Clauses, Printed, clauses_of, differences, printed, read_again
from checklists.data import data_folder
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import seed_text
from tests.notice_files import FIRST_NOTICES

SEEDS = data_folder("seeds")
NOTICES = {one.id: one for one in load_notices(SEEDS)[0] if one.id in FIRST_NOTICES}


@cache
def told(name: str) -> tuple[Printed, Clauses]:
    """How a notice is printed, and its clauses as they are read from its text."""
    text = seed_text(SEEDS / NOTICES[name].file)[0]
    return printed(NOTICES[name], text), clauses_of(NOTICES[name], text)


@pytest.mark.parametrize("layout", WRITTEN)
@pytest.mark.parametrize(
    ("name", "count"), [("jiaocheng-2025", 28), ("shanxi-2026", 33), ("yangcheng-2022", 33)]
)
def test_a_notice_comes_back_with_the_same_clauses(
    tmp_path: Path, name: str, count: int, layout: str
) -> None:
    one, wanted = told(name)
    write, ending = WRITTEN[layout]

    write(one, tmp_path / f"notice{ending}")

    assert len(wanted) == count
    assert differences(wanted, read_again(NOTICES[name], tmp_path / f"notice{ending}")) == []


def test_a_difference_is_shown() -> None:
    assert differences({"一": "要做。", "二": "要查。"}, {"一": "要坐。", "三": "要查。"}) == [
        "- 二",
        "+ 三　要查。",
        "≠ 一　「要做。」→「要坐。」",
    ]
