"""CSV rosters with stray quotes, odd encodings and lost bytes: no firm vanishes without being told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checklists import limits
from checklists.problems import Refused
from tests.rosters import entries, opened, told

HEAD = "单位名称,企业类型,所在地"


def written(tmp_path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8", end: str = "\n") -> Path:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join([head, *lines, ""]).encode(encoding))
    return path


def firm(name: str) -> str:
    return f"{name},加油站,阳城县"


def read(path: Path) -> list[tuple[int | None, str, list[str]]]:
    """Line, name and what is told of every entry."""
    return [
        (entry.position.line, entry.enterprise.name if entry.enterprise else "", told(entry))
        for entry in entries(path)
    ]


# ---------------------------------------------------------------- quotes


def test_rows_between_two_odd_quotes_are_read_and_the_odd_lines_told(tmp_path: Path) -> None:
    path = written(tmp_path, '"甲,加油站,阳城县', firm("乙"), firm("丙"), '丁",加油站,阳城县', firm("戊"))

    assert read(path) == [
        (2, "", ["2 roster-csv-quote"]),
        (3, "乙", []),
        (4, "丙", []),
        (5, "", ["5 roster-csv-quote"]),
        (6, "戊", []),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"甲,加油站,阳城县', '乙",加油站,阳城县'),
        ('甲,"加油站,阳城县', '乙,加油站",阳城县'),
        ('甲,加油站,"阳城县', '乙,加油站,阳城县"'),
        ('甲,加油站,"', '乙",加油站,阳城县'),
        ('"甲,加油站', '乙,加油站"'),
    ],
)
def test_two_lines_made_one_by_their_quotes_are_both_told(tmp_path: Path, first: str, second: str) -> None:
    found = read(written(tmp_path, first, second, firm("丙")))

    assert found == [(2, "", ["2 roster-csv-quote"]), (3, "", ["3 roster-csv-quote"]), (4, "丙", [])]


def test_a_quote_that_is_never_closed_costs_its_own_line(tmp_path: Path) -> None:
    path = written(tmp_path, firm("甲"), '乙,加油站,"阳城县', *map(firm, "丙丁戊"))

    assert read(path)[1] == (3, "", ["3 roster-csv-quote"])
    assert [name for _, name, _ in read(path)] == ["甲", "", "丙", "丁", "戊"]


def test_an_address_of_two_lines_stays_one_firm_and_is_told(tmp_path: Path) -> None:
    path = written(
        tmp_path, '甲,加油站,阳城县,"新建路1号,东侧\n二楼",张三', "乙,加油站,阳城县,,",
        head=f"{HEAD},地址,主要负责人",
    )  # fmt: skip

    assert read(path) == [(2, "甲", ["2 roster-csv-lines"]), (4, "乙", [])]
    assert "第 2 行到第 3 行" in entries(path)[0].problems[0].message


def test_a_head_over_two_lines_is_read(tmp_path: Path) -> None:
    assert read(written(tmp_path, firm("甲"), head='"单位\n名称",企业类型,"所在\n地"')) == [(4, "甲", [])]


def test_a_single_quote_within_a_text_is_kept_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, '甲5"店,加油站,阳城县', '"老""字""号",加油站,阳城县')

    assert read(path) == [(2, '甲5"店', ["2 roster-csv-quote-alone"]), (3, '老"字"号', [])]


def test_a_head_with_an_odd_quote_is_told_before_that_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        opened(written(tmp_path, firm("甲"), head='"单位名称,企业类型,所在地'))

    assert [found.code for found in refused.value.problems] == ["roster-csv-quote", "roster-no-header"]


CELL = st.sampled_from(["", "加油站", "酒店", "阳城县", "新建路1号", "张三", '"', "，"])
FIRMS = st.lists(
    st.tuples(st.lists(CELL, min_size=0, max_size=4), st.lists(st.integers(0, 40), max_size=3)),
    min_size=1,
    max_size=12,
)


def with_quotes(number: int, cells: list[str], quotes: list[int]) -> str:
    line = ",".join([f"企业{number}号", "加油站", "阳城县", *cells])
    for at in quotes:
        line = line[: at % (len(line) + 1)] + '"' + line[at % (len(line) + 1) :]
    return line


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(FIRMS, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(3, 8))
@example([([], [0]), ([], []), ([], []), ([], [4]), ([], [])], "\n", 3)
def test_every_line_with_a_firm_is_an_entry_or_is_named(
    tmp_path: Path, firms: list[tuple[list[str], list[int]]], end: str, width: int
) -> None:
    head = ",".join([HEAD, *["地址", "主要负责人", "电话", "统一社会信用代码", "使用燃气"][: width - 3]])
    lines = [with_quotes(number, *made) for number, made in enumerate(firms, start=2)]
    path = written(tmp_path, *lines, head=head, end=end)

    covered: set[int] = set()
    for entry in entries(path):
        first = entry.position.line or 0
        covered.add(first)
        for found in entry.problems:
            if found.code == "roster-csv-lines":
                last = int(found.message.split("到第 ")[1].split(" 行")[0])
                covered.update(range(first, last + 1))

    assert covered == set(range(2, len(lines) + 2))


# ---------------------------------------------------------------- encodings, separators, odd bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_office_programs_write_is_read(tmp_path: Path, encoding: str) -> None:
    assert read(written(tmp_path, firm("甲"), encoding=encoding)) == [(2, "甲", [])]


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "；", "|"])
def test_every_separator_that_people_use_is_read(tmp_path: Path, separator: str) -> None:
    path = written(tmp_path, firm("甲").replace(",", separator), head=HEAD.replace(",", separator))

    assert read(path) == [(2, "甲", [])]


def test_a_line_with_lost_bytes_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEAD}\n{firm('甲')}\n".encode() + b"\xff\xfe\x80,x,y\n" + firm("乙").encode())

    assert read(path) == [(2, "甲", []), (3, "", ["3 roster-csv-lost"]), (4, "乙", [])]


def test_a_line_too_long_to_be_one_costs_itself_only(tmp_path: Path) -> None:
    path = written(
        tmp_path, firm("甲" * limits.LINE_LETTERS), "," * (limits.COLUMNS + 1), firm("乙" * 20000), firm("丙")
    )

    codes = [told_of for _, _, told_of in read(path)]
    assert codes == [["2 roster-csv-lost"], ["3 roster-csv-lost"], ["第1列 roster-name-long"], []]


def test_lone_returns_blank_lines_nothing_bytes_and_marks_in_the_middle_lose_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "", firm("\ufeff甲\0"), " ", ",,", firm("乙"), end="\r")

    assert read(path) == [(3, "甲", []), (6, "乙", [])]


def test_a_code_that_excel_was_made_to_keep_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path, '甲,加油站,阳城县,="91140522MA0000000K"', "=1+1,加油站,阳城县,",
        head=f"{HEAD},信用代码",
    )  # fmt: skip

    first, second = entries(path)

    assert first.enterprise is not None and first.enterprise.code == "91140522MA0000000K"
    assert second.enterprise is not None and second.enterprise.name == "=1+1"


def test_lines_without_end_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        opened(written(tmp_path, "\n" * limits.CSV_LINES))

    assert refused.value.problems[0].code == "file-too-big"
