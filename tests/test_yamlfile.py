"""YAML as rule authors expect it, with file and line of every slip."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.messages.yaml import SYNTAX_OTHER
from checklists.models import Basis, Words
from checklists.text import CutText
from checklists.yamlfile.reading import read_yaml, validated


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


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", "yaml-syntax", 2),
        ("a: 1\nb: {c: 1\nd: 3\n", "yaml-syntax", 2),
        ("a: b: c\n", "yaml-syntax", 1),
        ("\ta: 1\n", "yaml-syntax", 1),
        ("a:\n  b: 1\n\tc: 2\n", "yaml-syntax", 3),
        ('a: 1\nb: "1\nc: 2\n', "yaml-syntax", 2),
        ('a: 1\nb: "1\nc: "2"\n', "yaml-syntax", 2),
        ("a: 1\nb2\nc: 3\n", "yaml-syntax", 2),
        ("a: 1\nb：2\nc: 3\n", "yaml-syntax", 2),
        ("a: 1\n b: 2\n", "yaml-syntax", 2),
        ("a: @b\n", "yaml-syntax", 1),
        ("a: &x [*x]\n", "yaml-alias-itself", 1),
        ("a: *nowhere\n", "yaml-alias-unknown", 1),
        ("a: !x b\n", "yaml-tag", 1),
        ("a: !!python/object:os.system b\n", "yaml-tag", 1),
        ("a: 1\n<<: {b: 2}\n", "yaml-merge", 2),
        ("a: 1\n? [b]\n: c\n", "yaml-key", 2),
        ("a: 1\n? \n: c\n", "yaml-key", 2),
        ("a: 1\n---\nb: 2\n", "yaml-two-documents", 2),
        ("a: 1\nb: \x01\n", "yaml-sign", 2),
        ("a: 1\n# \u2028\n", "yaml-sign", 2),
    ],
)
def test_broken_yaml_is_one_problem_at_the_line_of_the_slip(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    value, _, problems = read_yaml(written(tmp_path, text))

    assert value is None
    assert [(found.code, found.position.line) for found in problems] == [(code, line)]


def test_the_parsers_complaints_are_told_in_chinese(tmp_path: Path) -> None:
    slips = [
        "a: [1\n",
        "a: b: c\n",
        "\ta: 1\n",
        "a: 'b\n",
        'a: "\\q"\n',
        "a: &甲 b\n",
        "a: | b\n",
        "- a\nb: c\n",
    ]

    told = [read_yaml(written(tmp_path, slip))[2][0].message for slip in slips]

    assert [message for message in told if SYNTAX_OTHER in message or re.search("[a-z]{4}", message)] == []


def test_an_empty_missing_or_undecodable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("标题: 检查".encode("gb18030"))
    (tmp_path / "16.yaml").write_bytes("标题: 检查".encode("utf-16"))

    assert read_yaml(written(tmp_path, "# nothing\n"))[2][0].code == "yaml-empty"
    assert read_yaml(tmp_path / "none.yaml")[2][0].code == "file-missing"
    assert "GBK" in read_yaml(tmp_path / "gbk.yaml")[2][0].message
    assert "UTF-16" in read_yaml(tmp_path / "16.yaml")[2][0].message
    assert read_yaml(tmp_path)[2][0].code == "file-unreadable"


def test_a_roster_may_leave_values_empty_and_rules_may_not(tmp_path: Path) -> None:
    path = written(tmp_path, "a:\nb: ~\nc: 甲\u200b\n")

    assert read_yaml(path)[0] == {"a": None, "b": None, "c": "甲\u200b"}
    assert [found.code for found in read_yaml(path, exact=True)[2]] == ["yaml-sign"]
    path = written(tmp_path, "a:\nb: ~\n")
    assert [(found.code, found.position.line) for found in read_yaml(path, exact=True)[2]] == [
        ("yaml-no-value", 1),
        ("yaml-no-value", 2),
    ]


def test_what_an_alias_repeats_is_the_same_value(tmp_path: Path) -> None:
    value, lines, problems = read_yaml(written(tmp_path, "a: &x {b: [1, 2]}\nc: *x\n"), exact=True)

    assert problems == []
    assert value == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}}
    assert lines["c",] == 2


def test_a_number_too_long_to_be_one_stays_text(tmp_path: Path) -> None:
    value, _, _ = read_yaml(written(tmp_path, f"a: {'9' * 5000}\nb: 911400000000000000\n"))

    assert value == {"a": "9" * 5000, "b": 911400000000000000}


def test_names_that_differ_in_width_or_case_are_the_same_name(tmp_path: Path) -> None:
    _, _, problems = read_yaml(written(tmp_path, "uses-gas: 1\nlifts: 2\nＵses-gas: 3\n"))

    assert [(found.code, found.position.line) for found in problems] == [("yaml-duplicate-key", 3)]


@pytest.mark.parametrize("text", ["甲 #乙", "甲 # 乙", "甲\t# 乙", "甲  #乙"])
def test_a_text_that_a_comment_cuts_is_marked(tmp_path: Path, text: str) -> None:
    value, _, _ = read_yaml(written(tmp_path, f"a: {text}\n"))

    assert isinstance(value["a"], CutText)


@pytest.mark.parametrize("text", ["甲  # 乙", "甲        # 乙", "甲#乙", '"甲" #乙', "甲\n# 乙"])
def test_a_comment_with_room_around_it_is_a_comment(tmp_path: Path, text: str) -> None:
    value, _, problems = read_yaml(written(tmp_path, f"a: {text}\n"))

    assert problems == []
    assert not isinstance(value["a"], CutText)


def test_an_unknown_field_is_named_with_its_line_and_the_nearest_field(tmp_path: Path) -> None:
    path = written(tmp_path, "notice: shanxi-2026\nclause: 一\nsays: requires\nqoute: 必须\n")
    value, lines, _ = read_yaml(path)

    basis, problems = validated(Basis, value, lines, path)

    assert basis is None
    assert [(found.code, found.position.line) for found in problems] == [("field-unknown", 4)]
    assert "「quote」" in problems[0].remedy


def test_a_field_that_is_missing_is_told_beside_one_that_is_unknown(tmp_path: Path) -> None:
    path = written(tmp_path, "notice: shanxi-2026\nclause: 一\nsays: requires\nzzz: 必须\n")
    value, lines, _ = read_yaml(path)

    _, problems = validated(Basis, value, lines, path)

    assert sorted(found.code for found in problems) == ["field-missing", "field-unknown"]


@pytest.mark.parametrize(
    ("text", "field", "near"),
    [
        ("facts: {a: {name: 甲, kind: yes-no, bring: [b]}}", "facts.a.bring", "brings"),
        ("industries: {a: {nam: 甲}}", "industries.a.nam", "name"),
    ],
)
def test_the_nearest_field_is_offered_at_every_level(
    tmp_path: Path, text: str, field: str, near: str
) -> None:
    path = written(tmp_path, f"{text}\nwhere: [资料]\ndepartments: [应急]\n")
    value, lines, _ = read_yaml(path)

    _, problems = validated(Words, {"industries": {"a": {"name": "甲"}}, "facts": {}, **value}, lines, path)

    assert [found.code for found in problems] == ["field-unknown"]
    assert f"「{field}」" in problems[0].message
    assert f"「{near}」" in problems[0].remedy


def test_a_wrong_value_says_in_chinese_what_may_stand_there(tmp_path: Path) -> None:
    path = written(tmp_path, "notice: a\nclause: b\nsays: 要求\nquote: c\nuntil: 明年\n")
    value, lines, _ = read_yaml(path)

    _, problems = validated(Basis, value, lines, path)

    told = {found.position.line: found.message for found in problems}
    assert "只能是" in told[3]
    assert "2026-01-31" in told[5]


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_no_text_whatever_raises(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    value, lines, problems = read_yaml(path)

    assert (value is None) == bool(problems) or text.strip() in ("~", "null")
    assert problems or () in lines
    assert all(found.remedy and str(found) for found in problems)
