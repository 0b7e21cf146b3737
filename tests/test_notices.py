"""The catalogue of notices, and what it says when it is wrong."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path

import pytest

from checklists.models import Notice
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import read_notice
from checklists.places import binds_at
from checklists.rules.vocabulary import load_vocabulary
from checklists.text import squeeze
from tests.notice_files import FIRST_NOTICES

SEEDS = Path(__file__).parent.parent / "seeds"
NOTICES = {notice.id: notice for notice in load_notices(SEEDS)[0]}

ENTRY = """
  - id: some-2026
    title: 某县人民政府关于做好2026年安全生产工作的通知
    issuer: 某县人民政府
    place: 某县
    year: 2026
    file: some-2026.txt
    lines: [1, 9]
"""


def loaded(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """Ids of the notices, and the problems as they are printed (first line, without the folder)."""
    (folder / "notices.yaml").write_text(text, encoding="utf-8")
    notices, problems = load_notices(folder)
    return [one.id for one in notices], [
        str(one).splitlines()[0].removeprefix(f"{folder}/") for one in problems
    ]


def head_and_foot(notice: Notice) -> str:
    text = (SEEDS / notice.file).read_text(encoding="utf-8")
    aside = [rest.text for rest in read_notice(notice, text)[0].remainder if rest.kind == "furniture"]
    return squeeze("".join(aside)).replace("[", "〔").replace("]", "〕")


def test_the_catalogue_begins_with_the_22_notices_and_has_no_problem() -> None:
    notices, problems = load_notices(SEEDS)
    assert problems == []
    assert tuple(one.id for one in notices)[: len(FIRST_NOTICES)] == FIRST_NOTICES


def test_the_seeds_are_the_files_whose_checksums_the_readme_prints() -> None:
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    printed = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", readme, re.M)}
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert printed == files


@pytest.mark.parametrize("notice_id", NOTICES)
def test_a_document_number_stands_in_the_text_as_received_or_is_absent(notice_id: str) -> None:
    notice = NOTICES[notice_id]
    text = head_and_foot(notice)
    printed = set(re.findall(r"[\u4e00-\u9fff]〔\d{4}〕\d+号", text))
    assert len(printed) == (notice.number is not None)
    assert notice.number is None or notice.number in text


def test_four_of_the_22_notices_have_no_document_number() -> None:
    without = [name for name in FIRST_NOTICES if NOTICES[name].number is None]
    assert without == ["shanxi-2010", "shanxi-2012", "shanxi-2014", "jiaocheng-2025"]


@pytest.mark.parametrize("notice_id", NOTICES)
def test_a_title_stands_in_the_text_as_received_or_says_that_it_does_not(notice_id: str) -> None:
    notice = NOTICES[notice_id]
    if notice_id in ("shanxi-2010", "shanxi-2011", "shanxi-2012"):
        assert "收到的文本无标题" in notice.title
    else:
        assert notice.title in head_and_foot(notice)


@pytest.mark.parametrize("notice_id", NOTICES)
def test_a_date_is_given_only_where_it_is_printed(notice_id: str) -> None:
    notice = NOTICES[notice_id]
    printed = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", head_and_foot(notice))
    assert (str(notice.date) if notice.date else None) == (
        f"{printed[1]}-{int(printed[2]):02}-{int(printed[3]):02}" if printed else None
    )


def test_a_notice_without_a_date_speaks_from_new_year() -> None:
    without = [one for one in NOTICES.values() if one.date is None]
    assert sum(one.id in FIRST_NOTICES for one in without) == 9
    assert {str(one.since) for one in without if one.year == 2019} == {"2019-01-01"}
    assert all(str(one.since) == f"{one.year}-01-01" for one in without)


def test_yangzhengfa_is_the_mark_of_two_issuers_and_never_a_key_by_itself() -> None:
    same_mark = {
        one.number: (one.id, one.issuer)
        for one in map(NOTICES.__getitem__, FIRST_NOTICES)
        if one.number and one.number.startswith("阳政发")
    }
    assert same_mark == {
        "阳政发〔2025〕1号": ("yangquan-2025", "阳泉市人民政府"),
        "阳政发〔2022〕1号": ("yangcheng-2022", "阳城县人民政府"),
    }


def test_every_correction_says_why_and_changes_something() -> None:
    corrections = [one for notice in NOTICES.values() for one in notice.corrections]
    assert sum(len(NOTICES[name].corrections) for name in FIRST_NOTICES) == 10
    assert all(one.received != one.read and len(one.why) >= 8 for one in corrections)


def test_an_entry_that_is_wrong_is_reported_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    wrong = ENTRY.replace("some-2026", "other-2026").replace("    year: 2026\n", "    jahr: 2030\n")
    ids, problems = loaded(tmp_path, f"notices:{ENTRY}{wrong}")
    assert ids == ["some-2026"]
    assert problems == [
        "notices.yaml:14: 错误 field-unknown: 不认识的字段「jahr」",
    ]


def test_two_entries_with_one_id_are_reported_at_the_second(tmp_path: Path) -> None:
    ids, problems = loaded(tmp_path, f"notices:{ENTRY}{ENTRY}")
    assert ids == ["some-2026"]
    assert problems == ["notices.yaml:10: 错误 field-wrong: 字段「id」的值不对：「some-2026」写了两次"]


def test_a_date_that_is_none_is_reported(tmp_path: Path) -> None:
    ids, problems = loaded(tmp_path, f"notices:{ENTRY}    date: 2026-02-30\n")
    assert ids == []
    assert problems[0].startswith("notices.yaml:9: 错误 field-wrong: 字段「date」的值不对")


@pytest.mark.parametrize("text", ["id: some-2026\n", "- some-2026\n", "notices: some-2026\n"])
def test_a_catalogue_without_a_list_of_notices_is_reported(tmp_path: Path, text: str) -> None:
    assert loaded(tmp_path, text) == ([], ["notices.yaml:1: 错误 field-missing: 缺少字段「notices」"])


def test_a_missing_catalogue_is_reported(tmp_path: Path) -> None:
    notices, problems = load_notices(tmp_path)
    assert (notices, [one.code for one in problems]) == ([], ["file-missing"])


# ---------------------------------------------------------------- what a person may write wrong


def entry(**fields: object) -> str:
    """An entry like the one above with other values."""
    lines = {line.split(":")[0].strip(" -"): line for line in ENTRY.strip("\n").split("\n")}
    for name, value in fields.items():
        lines[name] = f"    {name}: {value}"
    first, *rest = lines.values()
    return "\n" + "\n".join([first.replace("    id", "  - id"), *rest]) + "\n"


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "nul",
        "com1",
        "yes",
        "null",
        "Some-2026",
        "../x",
        "a/b",
        "x-",
        "-x",
        "晋城-2026",
        "x" * 61,
        "2026-01-01",
        "a b",
    ],
)
def test_an_id_that_is_no_file_name_everywhere_is_refused(tmp_path: Path, name: str) -> None:
    ids, problems = loaded(tmp_path, f"notices:{entry(id=json.dumps(name, ensure_ascii=False))}")
    assert ids == []
    assert [one.split(": 错误 ")[0] for one in problems] == ["notices.yaml:2"]


@pytest.mark.parametrize("name", ["x", "jincheng-2027", "shanxi-2026-2", "con-2026", "x" * 60])
def test_an_id_of_small_letters_digits_and_hyphens_is_taken(tmp_path: Path, name: str) -> None:
    assert loaded(tmp_path, f"notices:{entry(id=name)}") == ([name], [])


@pytest.mark.parametrize(
    "name",
    [
        "../x.txt",
        "/etc/passwd",
        "a/b.txt",
        "a\\b.txt",
        "C:x.txt",
        "..",
        ".hidden",
        "x.txt.",
        " x.txt",
        "con.txt",
        "notices.yaml",
        "a*b.txt",
    ],
)
def test_a_text_that_lies_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    ids, problems = loaded(tmp_path, f"notices:{entry(file=json.dumps(name))}")
    assert ids == []
    assert [one.split(": 错误 ")[0] for one in problems] == ["notices.yaml:7"]


@pytest.mark.parametrize("field", ["title", "issuer", "number"])
@pytest.mark.parametrize(
    "value",
    ['"  "', '" 首"', '"尾\u3000"', r'"a\u200bb"', r'"a\nb"', r'"\ue000x\ue001"', "长" * 201],
)
def test_a_title_issuer_or_number_is_what_a_paper_can_print(tmp_path: Path, field: str, value: str) -> None:
    ids, problems = loaded(tmp_path, f"notices:{entry(**{field: value})}")
    assert ids == []
    assert len(problems) == 1 and " 错误 " in problems[0]


@pytest.mark.parametrize("year", [1948, 20226, datetime.date.today().year + 2])
def test_a_year_that_cannot_be_is_refused(tmp_path: Path, year: int) -> None:
    ids, problems = loaded(tmp_path, f"notices:{entry(year=year)}")
    assert ids == []
    assert [one.split(": 错误 ")[0] for one in problems] == ["notices.yaml:6"]


def test_a_second_list_in_the_catalogue_is_reported(tmp_path: Path) -> None:
    ids, problems = loaded(tmp_path, f"notices:{ENTRY}more:{entry(id='other-2026')}")
    assert ids == ["some-2026"]
    assert problems == ["notices.yaml:9: 错误 field-unknown: 不认识的字段「more」"]


def test_a_catalogue_that_waits_for_its_first_notice_is_sound(tmp_path: Path) -> None:
    assert loaded(tmp_path, "notices: []\n") == ([], [])


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("山西省", ""),
        ("阳城县", ""),
        ("晋城市城区", ""),
        ("城区", "place-ambiguous"),
        ("火星", "place-unknown"),
        ("山西省阳城县", "notice-place"),
        ("晋城市阳城县", "notice-place"),
    ],
)
def test_a_place_is_one_of_the_vocabulary_written_in_the_one_way(
    tmp_path: Path, place: str, wanted: str
) -> None:
    vocabulary, _ = load_vocabulary(SEEDS.parent / "rules")
    (tmp_path / "notices.yaml").write_text(f"notices:{entry(place=place)}", encoding="utf-8")
    notices, problems = load_notices(tmp_path, vocabulary.places)
    assert [one.code for one in problems] == ([wanted] if wanted else [])
    assert [one.position.line for one in problems] == ([5] if wanted else [])
    assert len(notices) == (not wanted)


def test_a_notice_of_one_citys_district_binds_there_and_in_no_other_citys() -> None:
    assert binds_at("晋城市城区", ("山西省", "晋城市", "城区"))
    assert not binds_at("晋城市城区", ("山西省", "阳泉市", "城区"))
    assert not binds_at("晋城市城区", ("山西省", "晋城市"))
