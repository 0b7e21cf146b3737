"""The command line as a person meets it: the road once, and every kind of wrong input with one clear message."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checklists.cli import main
from checklists.data import data_folder

ROOT = Path(__file__).resolve().parent.parent


class Told:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Told]


@pytest.fixture
def checklists(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run(*arguments: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["checklists", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Told(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    """A copy of the rules to spoil."""
    return Path(shutil.copytree(data_folder("rules"), tmp_path / "rules"))


def spoiled(rules: Path, old: str, new: str, file: str = "gas-use.yaml") -> str:
    """Replace the first ``old`` in a rule file; returns the place 「file:line」 of it."""
    path = rules / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return f"{path}:{text[: text.index(old)].count(chr(10)) + 1}"


# ---------------------------------------------------------------- the road


@pytest.mark.parametrize(
    ("kind", "place"), [("餐饮用气单位", "阳城县"), ("井工煤矿", "阳泉市"), ("大型商业综合体", "交城县")]
)
def test_the_whole_road_from_the_notices_to_the_documents(
    checklists: Run, tmp_path: Path, kind: str, place: str
) -> None:
    told = checklists(
        "generate",
        "--type",
        kind,
        "--name",
        "某某单位",
        "--place",
        place,
        "--on",
        "2026-11-22",
        "--out",
        str(tmp_path),
        "--json",
    )

    made = json.loads(told.out)
    assert told.code == 0
    names = sorted(path.name for path in tmp_path.glob("[!.]*"))
    assert names == sorted(Path(path).name for path in made["files"])
    where = {"阳城县": "晋城市阳城县", "阳泉市": "阳泉市", "交城县": "吕梁市交城县"}[place]
    assert [name[:-12] for name in names] == [
        f"某某单位_{where}_企业留存_2026-11-22",
        f"某某单位_{where}_企业自查工作簿_2026-11-22",
        f"某某单位_{where}_现场检查表_2026-11-22",
    ]
    assert made["on_paper"] == 40 < made["items"]
    assert made["serial"].startswith("20261122-")


def test_same_inputs_same_bytes(checklists: Run, tmp_path: Path) -> None:
    asked = ["generate", "--type", "加油站", "--name", "甲", "--on", "2026-11-22"]

    for folder in ("one", "two"):
        assert checklists(*asked, "--out", str(tmp_path / folder)).code == 0

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert len(one) == 5  # three documents, their record, the folder's lock
    assert one == two


def test_a_blank_form_is_named_after_its_type(checklists: Run, tmp_path: Path) -> None:
    assert checklists("generate", "--type", "加油站", "--on", "2026-11-22", "--out", str(tmp_path)).code == 0

    assert len(list(tmp_path.glob("加油站_山西省_现场检查表_2026-11-22_??????.docx"))) == 1


def test_a_hostile_name_makes_a_harmless_file_name(checklists: Run, tmp_path: Path) -> None:
    name = '../../=HYPERLINK("x")/{{ 7*7 }}<&>\n𠮷:*?|'

    assert (
        checklists(
            "generate", "--type", "加油站", "--name", name, "--on", "2026-11-22", "--out", str(tmp_path)
        ).code
        == 0
    )

    assert len(list(tmp_path.glob("[!.]*"))) == 3
    assert not any(set(path.name) & set('/\\:*?"<>|\n') for path in tmp_path.iterdir())


def test_select_says_json_and_nothing_else(checklists: Run) -> None:
    told = checklists(
        "select",
        "--type",
        "餐饮用气单位",
        "--place",
        "阳城县",
        "--on",
        "2026-11-22",
        "--fact",
        "供气方式=管道",
        "--json",
    )

    found = json.loads(told.out)
    asked = {row["id"]: row for row in found["asked"]}
    assert asked["gas-use-alarm"]["basis"][0]["notice"] == "shanxi-2026"
    assert all(row["reason"] for row in found["asked"] + found["not_asked"])
    assert "gas-use-cylinder-source" in {row["id"] for row in found["not_asked"]}


def test_explain_names_every_basis_and_whether_it_binds(checklists: Run) -> None:
    told = checklists(
        "explain", "gas-use-alarm", "--type", "餐饮用气单位", "--place", "交城县", "--on", "2026-11-22"
    )

    assert "结论：查。" in told.out
    assert "只在 阳城县 有效，企业在 交城县，不适用。" in told.out


def test_a_retired_item_is_explained_by_what_asks_its_fact_now(checklists: Run) -> None:
    told = checklists("explain", "gas-use-cylinder-log", "--type", "餐饮用气单位", "--place", "交城县")

    assert told.code == 2
    assert "item-retired" in told.err and "现在由 gas-use-cylinder-source 问" in told.err


@pytest.mark.parametrize(
    "command", [["notices", "list"], ["items"], ["types"], ["notices", "coverage"], ["rules", "check"]]
)
def test_reading_commands_print_one_json_document(checklists: Run, command: list[str]) -> None:
    told = checklists(*command, "--json")

    assert told.code == 0
    assert isinstance(json.loads(told.out), list)


def test_notices_show_gives_whole_clauses(checklists: Run) -> None:
    shown = json.loads(checklists("notices", "show", "shanxi-2022", "--json").out)

    clause = next(one for one in shown["clauses"] if one["path"] == "二/9/燃气")
    assert "餐饮等行业生产经营单位使用燃气的，必须安装可燃气体报警装置" in clause["text"]


# ---------------------------------------------------------------- wrong input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--type", "餐饮用汽单位"], "「餐饮用气单位」"),
        (["--type", "加油站", "--place", "阳成县"], "「阳城县」"),
        (["--type", "加油站", "--place", "城区"], "阳泉市城区"),
        (["--type", "加油站", "--on", "2026-02-30"], "2026-02-30"),
        (["--type", "加油站", "--on", "明天"], "年-月-日"),
        (["--type", "加油站", "--fact", "国有企业"], "名称=值"),
        (["--type", "加油站", "--fact", "国有企业=也许"], "请写 是 或 否"),
        (["--type", "加油站", "--fact", "国有企=是"], "「国有企业」"),
        (["--type", "加油站", "--department", "消防局"], "「消防」"),
        (["--type", "加油站", "--basis", "old"], "standing"),
        (["--type", "加油站", "--max-items", "0"], "--max-items"),
        ([], "--type"),
    ],
)
def test_wrong_usage_is_one_message_with_a_remedy_and_writes_nothing(
    checklists: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    told = checklists("generate", *arguments, "--out", str(tmp_path / "out"))

    assert told.code == 2
    assert words in told.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--type", ""], "argument-empty"),
        (["--type="], "argument-empty"),
        (["--type", "加油站", "--name", "  "], "argument-empty"),
        (["--type", "加油站", "--department", ""], "argument-empty"),
        (["--type", "加油站", "--place", " "], "argument-empty"),
        (["--type", "加油站", "--out", ""], "argument-empty"),
        (["--type", "加油站", "--template", ""], "argument-empty"),
        (["--type", "加油站", "--on", "2026-11-31"], "day-wrong"),
        (["--type", "加油站", "--on", "26-11-22"], "day-wrong"),
        (["--type", "加油站", "--on", "2026-W47-7"], "day-wrong"),
        (["--type", "加油站", "--on", "2026/11-22-1"], "day-wrong"),
        (["--type", "加油站", "--place", "河南省"], "place-elsewhere"),
        (["--type", "加油站", "--place", "晋城市阳成县"], "place-city-only"),
        (["--type", "加油站", "--place", "洛阳市"], "place-elsewhere"),
        (["--type", "加油站", "--fact", "使用燃气="], "fact-form"),
        (["--type", "加油站", "--fact", "=是"], "fact-form"),
        (["--type", "加油站", "--fact", "使用燃气=是", "--fact", "使用燃气=否"], "fact-twice"),
        (["--type", "加油站", "--fact", "使用燃气=是", "--fact", "uses-gas=否"], "fact-twice"),
        (["--type", "加油站", "--max-items", "x"], "usage-wrong"),
        (["--type", "加油站", "--json=1"], "usage-wrong"),
    ],
)
def test_an_argument_that_cannot_be_taken_is_told_by_its_code(
    checklists: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)

    told = checklists("generate", *arguments)

    assert (told.code, told.err.count("错误")) == (2, 1)
    assert f"错误 {code}" in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_least_number_of_items_is_said(checklists: Run) -> None:
    assert (
        "「--max-items」的值不对，应不小于 1" in checklists("generate", "--type", "x", "--max-items", "0").err
    )


# ---------------------------------------------------------------- what is not swallowed


def test_a_missing_place_is_warned_about_once_and_json_stays_json(checklists: Run) -> None:
    told = checklists("select", "--type", "加油站", "--on", "2026-11-22", "--json")

    assert (
        told.err.count("place-missing") == 1
        and "没有写所在地，按山西省处理，市、县的要求没有列入" in told.err
    )
    assert json.loads(told.out)["enterprise"]["place"] == "山西省"


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        ("阳城县北留镇", "晋城市阳城县"),
        ("晋城阳城", "晋城市阳城县"),
        ("山西省", "山西省"),
        ("长治", "长治市"),
    ],
)
def test_a_place_is_read_and_told_in_full(checklists: Run, place: str, printed: str) -> None:
    told = checklists("select", "--type", "加油站", "--place", place, "--on", "2026-11-22", "--json")

    assert json.loads(told.out)["enterprise"]["place"] == printed and told.err == ""


@pytest.mark.parametrize(
    "day", ["2026/11/22", "20261122", "2026年11月22日", "２０２６－１１－２２", "2026.11.22", " 2026-11-22 "]
)
def test_a_day_is_read_as_people_write_it(checklists: Run, day: str) -> None:
    told = checklists("select", "--type", "加油站", "--place", "阳城县", "--on", day, "--json")

    assert json.loads(told.out)["on"] == "2026-11-22"


def test_what_is_told_twice_or_for_nothing_is_said(checklists: Run) -> None:
    told = checklists(
        "select", "--type", "加油站", "--type", "fuel-station", "--place", "阳城县", "--on", "2036-11-22",
        "--fact", "采深=800", "--fact", "采深＝800", "--fact", "使用燃气=是", "--json",
    )  # fmt: skip

    codes = [line.split(": 提醒 ")[1].split(":")[0] for line in told.err.splitlines() if "提醒" in line]
    assert codes == ["day-far", "type-twice", "fact-unused"]
    assert json.loads(told.out)["enterprise"]["facts"] == {"mine-depth": 800, "uses-gas": True}


@pytest.mark.parametrize("command", [["generate"], ["papers", "make", "备查资料清单"]])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--on", "2008-12-31"], "day-early"),
        (["--on", "2026-11-22", "--department", "教育"], "list-empty"),
    ],
)
def test_an_empty_list_is_not_made(
    checklists: Run, tmp_path: Path, command: list[str], arguments: list[str], code: str
) -> None:
    out = str(tmp_path / "out")

    told = checklists(*command, "--type", "井工煤矿", "--place", "阳城县", *arguments, "--out", out)

    assert told.code == 1 and f"错误 {code}" in told.err and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    title: ", "    titel: ", "field-unknown"),
        ("clause: 三/（十一）/6", "clause: 三/（十一）/66", "clause-not-found"),
        ("必须安装可燃气体报警装置", "应当安装可燃气体报警装置", "quote-not-found"),
        ("id: gas-use-alarm\n", "id: gas-use-supply-contract\n", "item-duplicate"),
        ("where: 厨房", "where: 厨防", "word-unknown"),
    ],
)
def test_spoiled_rules_stop_before_anything_is_written(
    checklists: Run, tmp_path: Path, own_rules: Path, old: str, new: str, code: str
) -> None:
    place = spoiled(own_rules, old, new)

    told = checklists(
        "generate", "--type", "加油站", "--rules", str(own_rules), "--out", str(tmp_path / "out")
    )

    assert told.code == 1
    assert f"{place}: 错误 {code}" in told.err
    assert not (tmp_path / "out").exists()


def test_broken_yaml_names_file_and_line(checklists: Run, tmp_path: Path, own_rules: Path) -> None:
    place = spoiled(own_rules, "    title: ", "   title: ")

    told = checklists("rules", "check", "--rules", str(own_rules))

    assert told.code == 1
    assert place.rpartition(":")[0] in told.out


def test_a_missing_or_damaged_template_is_refused(checklists: Run, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(data_folder("templates"), tmp_path / "templates"))
    asked = ["generate", "--type", "加油站", "--templates", str(templates), "--out", str(tmp_path / "out")]

    (templates / "现场检查表.docx").write_bytes(b"PK not a zip")
    damaged = checklists(*asked)
    (templates / "现场检查表.docx").unlink()
    missing = checklists(*asked)

    assert (damaged.code, missing.code) == (1, 1)
    assert "现场检查表.docx" in damaged.err
    assert "现场检查表.docx" in missing.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(checklists: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    told = checklists("generate", "--type", "加油站", "--out", str(tmp_path / "file" / "out"))

    assert told.code == 1
    assert "file-unwritable" in told.err


def test_missing_rules_and_seeds_are_named(checklists: Run, tmp_path: Path) -> None:
    assert "rules-none" in checklists("types", "--rules", str(tmp_path)).err
    assert "file-missing" in checklists("notices", "list", "--seeds", str(tmp_path)).err


def test_help_answers_without_loading_heavy_libraries() -> None:
    script = (
        "import sys; sys.argv=['checklists','--help']\n"
        "from checklists.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy={'docx','docxtpl','openpyxl','lxml','pydantic','jinja2','yaml'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert done.returncode == 0, done.stderr
