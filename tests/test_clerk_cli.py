"""The command line as a clerk uses it: words, facts, numbers of rows, help with examples, completion, warnings in JSON."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer.main
from docx import Document

from checklists import __version__
from checklists.cli import app
from checklists.problems import Position
from checklists.rules.fact_words import facts_typed
from checklists.tally import MOST_OF_A_CODE
from tests.command import Told, command
from tests.small_rules import small_rules
from tests.tampering import installed

DAY = "2026-11-22"
WORDS = """\
types:
  restaurant: [面馆]
fallback:
  type: dust-plant
  name: "{word}（按通用清单）"
  note: 没有单列{word}。
  sorts:
    - {words: [寺庙, 道观], facts: {uses-gas: true}, rather: {做饭的: restaurant}}
"""
Run = Callable[..., Told]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_rules(tmp_path_factory.mktemp("house"))
    (folder / "rules" / "words.yaml").write_text(WORDS, "utf-8")
    assert command("rules", "release", "--rules", folder / "rules", "--seeds", folder / "seeds").code == 0
    return folder


@pytest.fixture(scope="module")
def run(house: Path) -> Run:
    return lambda *arguments: command(*arguments, "--rules", house / "rules", "--seeds", house / "seeds")


# ---------------------------------------------------------------- words


def test_the_message_tells_the_command_that_takes_the_general_list_and_paper_says_whose_it_is(
    run: Run, tmp_path: Path
) -> None:
    refused = run("generate", "--type", "寺庙", "--out", tmp_path / "没有", "--on", DAY)
    made = run(
        "generate",
        "--type",
        "木器厂（寺庙）",
        "--name",
        "某寺",
        "--place",
        "阳城县",
        "--out",
        tmp_path,
        "--on",
        DAY,
        "--json",
    )

    assert refused.code == 2 and not (tmp_path / "没有").exists()
    assert (
        "做饭的，选 餐饮用气单位" in refused.err
        and "checklists generate --type 木器厂（寺庙）" in refused.err
    )
    paper = Document(next(name for name in made.json["files"] if "现场检查表" in name))
    printed = [paragraph.text for paragraph in paper.paragraphs]
    printed += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any("寺庙（按通用清单）" in text for text in printed)
    assert any("没有单列寺庙。" in text for text in printed)
    checked = run("verify", *made.json["files"])
    assert checked.code == 0 and checked.out.count("：相符") == len(made.json["files"])


def test_a_batch_takes_the_general_list_where_it_is_chosen_and_the_manifest_says_so(
    run: Run, tmp_path: Path
) -> None:
    roster, out = tmp_path / "名录.csv", tmp_path / "out"
    roster.write_text(
        "公司名称,所属行业,区县\n甲,面馆,阳城县\n乙,道观,阳城县\n丙,木器厂（寺庙）,阳城县\n", "utf-8"
    )

    first = run("batch", roster, "--out", out, "--on", DAY, "--json")
    then = run("batch", roster, "--out", out, "--on", DAY, "--type", "涉粉企业", "--json")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))

    assert (first.json["made"], first.json["refused"], then.json["made"]) == (2, 1, 3)
    assert [one["types"] for one in manifest["enterprises"]] == [
        ["餐饮用气单位"], ["道观（按通用清单）"], ["寺庙（按通用清单）"]
    ]  # fmt: skip


# ---------------------------------------------------------------- the same problem a thousand times


def test_the_same_problem_is_one_line_with_its_count_and_all_stand_in_a_table(
    run: Run, house: Path, tmp_path: Path
) -> None:
    roster, out = tmp_path / "名录.csv", tmp_path / "out"
    rows = [f"甲{number},面馆,阳城县,91140522MA000{number:04}X" for number in range(30)]
    wrong = [f"乙{number},没有的类型,阳城县," for number in range(40)]
    roster.write_text("\n".join(["单位名称,企业类型,所在地,信用代码", *rows, *wrong]) + "\n", "utf-8")

    checked = command("roster", "check", roster, "--rules", house / "rules")
    told = run("batch", roster, "--out", out, "--on", DAY)

    for lines in (told.err.splitlines(), checked.out.splitlines()):
        (line,) = [one for one in lines if "type-unknown" in one]
        assert "名录.csv:32 单元格 第2列: 错误" in line and "共 40 处，另见 第2列" in line
        codes = [one for one in lines if "roster-code-wrong" in one]
        assert len(codes) <= MOST_OF_A_CODE + 1
        assert lines.index(line) < lines.index(codes[0])  # errors first
    with (out / "问题清单.csv").open(encoding="utf-8-sig", newline="") as opened:
        table = list(csv.DictReader(opened))
    assert len([one for one in table if one["代码"] == "type-unknown"]) == 40
    assert {one["行"] for one in table if one["代码"] == "type-unknown"} == {
        str(row) for row in range(32, 72)
    }
    assert f"全部列在 {out / '问题清单.csv'}" in told.out


def test_the_table_of_problems_is_renewed_and_a_filled_one_kept(run: Run, tmp_path: Path) -> None:
    roster, out = tmp_path / "名录.csv", tmp_path / "out"
    roster.write_text("单位名称,企业类型,所在地\n甲,面馆,阳城县\n乙,没有的,阳城县\n", "utf-8")
    run("batch", roster, "--out", out, "--on", DAY)
    roster.write_text("单位名称,企业类型,所在地\n甲,面馆,阳城县\n乙,面馆,阳城县\n", "utf-8")

    run("batch", roster, "--out", out, "--on", DAY)
    renewed = (out / "问题清单.csv").read_text("utf-8-sig")
    (out / "问题清单.csv").write_text("somebody's", "utf-8")
    kept = run("batch", roster, "--out", out, "--on", DAY, "--json")

    assert renewed.count("\n") == 1
    assert (out / "问题清单.csv").read_text("utf-8") == "somebody's"
    assert str(out / "问题清单.csv") in kept.json["kept"]


# ---------------------------------------------------------------- facts, versions, numbers


def test_facts_are_listed_with_questions_and_values(house: Path) -> None:
    where = ("--rules", house / "rules")
    everything = command("facts", *where).out.splitlines()
    of_one = command("facts", "--type", "面馆", *where, "--json").json

    assert everything[0] == "使用燃气\t使用燃气\t是／否"
    assert (
        "供气方式\t供气方式\t管道／瓶装" in everything
        and "涉粉作业人数\t涉粉作业几人\t数字（人）" in everything
    )
    assert {one["name"]: one["state"] for one in of_one} == {
        "使用燃气": "已定：是", "供气方式": "要问清", "高危行业": "通常：否"
    }  # fmt: skip
    assert of_one[0].keys() == {"id", "name", "kind", "question", "values", "unit", "state"}


def test_the_version_is_told() -> None:
    assert command("--version").out == f"checklists {__version__}\n"


def test_a_row_is_explained_by_its_number_on_the_list(run: Run) -> None:
    who = ("--type", "涉粉企业", "--place", "阳城县", "--on", DAY)

    numbered = [
        run("explain", *who, str(number)).out.splitlines()[1].partition("\u3000")[0] for number in (1, 2, 3)
    ]
    beyond = run("explain", *who, "4")

    assert sorted(numbered) == ["dust-cleaning", "dust-director", "gas-use-alarm"]
    assert numbered[1:] != numbered[:2]
    assert beyond.code == 2 and "只有 3 项" in beyond.err


@pytest.mark.parametrize(
    "given",
    [
        ["使用燃气=是", "供气方式=瓶装"],
        ["使用燃气＝是、供气方式＝瓶装"],
        ["使用燃气：是，供气方式:瓶装"],
        [" uses-gas = YES ；供气 方式=瓶装"],
    ],
)
def test_facts_are_read_whatever_the_width_of_their_signs(run: Run, given: list[str]) -> None:
    facts = [word for one in given for word in ("--fact", one)]

    told = run("select", "--type", "涉粉企业", "--place", "阳城县", "--on", DAY, *facts, "--json").json

    assert told["enterprise"]["facts"] == {"uses-gas": True, "gas-supply": "瓶装"}


def test_a_name_with_signs_in_it_is_not_cut_and_others_behind_it_are() -> None:
    given = ["地面有办公楼、浴室、食堂、宿舍=是、农民工、临时工＝否；有职代会:是"]

    told = facts_typed(installed().library.vocabulary, given, Position("命令行"))

    assert told == {"surface-buildings": True, "casual-workers": False, "has-staff-congress": True}


def test_warnings_stand_in_the_json_too(run: Run, tmp_path: Path) -> None:
    who = ("--type", "涉粉企业", "--type", "木器厂", "--on", DAY)
    outputs = [run("select", *who, "--json"), run("generate", *who, "--out", tmp_path, "--json")]

    for told in outputs:
        assert [one["code"] for one in told.json["warnings"]] == ["type-twice", "place-missing"]
        assert "type-twice" in told.err
    assert (
        run("select", "--type", "涉粉企业", "--place", "阳城县", "--on", DAY, "--json").json["warnings"] == []
    )


# ---------------------------------------------------------------- help


def commands_below(group: object, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield names
    for name, below in getattr(group, "commands", {}).items():
        yield from commands_below(below, (*names, name))


COMMANDS = list(commands_below(typer.main.get_command(app)))


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_help_page_is_chinese_and_has_examples_of_its_own_options(names: tuple[str, ...]) -> None:
    text = command(*names, "--help").out
    examples = text.partition("举例：\n")[2].splitlines()

    assert examples
    for example in examples:
        words = example.split()
        assert words[: len(names) + 1] == ["checklists", *names]
        below = command(
            *next(
                one
                for one in sorted(COMMANDS, key=len, reverse=True)
                if tuple(words[1 : len(one) + 1]) == one
            ),
            "--help",
        ).out
        assert all(word in below for word in words if word.startswith("--"))
    assert not {"Usage", "Options", "Show", "Install", "completion for"} & set(text.split())


def test_the_shell_completes_commands_and_options() -> None:
    def completed(words: str) -> list[str]:
        told = {
            "_CHECKLISTS_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
        program = Path(sys.executable).with_name("checklists")
        done = subprocess.run(
            [program], env={**os.environ, **told}, capture_output=True, text=True, check=False
        )
        return done.stdout.split()

    assert completed("checklists gen") == ["generate"]
    assert completed("checklists roster ch") == ["check"]
    assert completed("checklists generate --ty") == ["--type"]
    assert "--install-completion" in command("--help").out
