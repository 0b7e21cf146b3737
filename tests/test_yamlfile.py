"""YAML as rule authors expect it, with file and line of every slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.models import Basis
from checklists.yamlfile import read_yaml, validated


def written(folder: Path, text: str) -> Path:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_only_true_and_false_are_booleans_and_times_and_dates_stay_text(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a: true\nb: on\nc: yes\nd: 12:30\ne: 2026-01-31\nf: 007\ng: 3\nh: 1.5\ni: '3'\n"
    )

    value, _, problems = read_yaml(path)

    assert problems == []
    assert value == {
        "a": True,
        "b": "on",
        "c": "yes",
        "d": "12:30",
        "e": "2026-01-31",
        "f": "007",
        "g": 3,
        "h": 1.5,
        "i": "3",
    }


def test_every_value_remembers_its_line(tmp_path: Path) -> None:
    _, lines, _ = read_yaml(written(tmp_path, "items:\n  - id: one\n  - id: two\n    title: 二\n"))

    assert lines["items", 1, "title"] == 4


def test_a_key_written_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    value, _, problems = read_yaml(written(tmp_path, "a: 1\nb: 2\na: 3\n"))

    assert value is None
    assert str(problems[0]).startswith(
        f"{tmp_path}/some.yaml:3: 错误 yaml-duplicate-key: 「a」写了两次（第一次在第 1 行）"
    )


@pytest.mark.parametrize("text", ["a: [1, 2\n", "a: b: c\n", "\ta: 1\n", "a: &x [*x]\n", "a: *nowhere\n"])
def test_broken_yaml_is_one_problem_with_a_line_and_no_traceback(tmp_path: Path, text: str) -> None:
    value, _, problems = read_yaml(written(tmp_path, text))

    assert value is None
    assert [found.code for found in problems] == ["yaml-syntax"]
    assert problems[0].place.line


def test_an_empty_missing_or_undecodable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("标题: 检查".encode("gb18030"))

    assert read_yaml(written(tmp_path, "# nothing\n"))[2][0].code == "yaml-empty"
    assert read_yaml(tmp_path / "none.yaml")[2][0].code == "file-missing"
    assert read_yaml(tmp_path / "gbk.yaml")[2][0].code == "file-unreadable"


def test_an_unknown_field_is_named_with_its_line_and_the_nearest_field(tmp_path: Path) -> None:
    path = written(tmp_path, "notice: shanxi-2026\nclause: 一\nsays: requires\nqoute: 必须\n")
    value, lines, _ = read_yaml(path)

    basis, problems = validated(Basis, value, lines, path)

    assert basis is None
    assert {found.code for found in problems} == {"field-unknown", "field-missing"}
    unknown = next(found for found in problems if found.code == "field-unknown")
    assert unknown.place.line == 4
    assert "「quote」" in unknown.remedy


def test_a_wrong_value_says_in_chinese_what_may_stand_there(tmp_path: Path) -> None:
    path = written(tmp_path, "notice: a\nclause: b\nsays: 要求\nquote: c\nuntil: 明年\n")
    value, lines, _ = read_yaml(path)

    _, problems = validated(Basis, value, lines, path)

    told = {found.place.line: found.message for found in problems}
    assert "只能是" in told[3]
    assert "2026-01-31" in told[5]


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_no_text_whatever_raises(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    value, lines, problems = read_yaml(path)

    assert problems or (value is not None and () in lines) or value is None
