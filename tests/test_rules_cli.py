"""The commands about rules, and what documents made from rules that were not released say of themselves."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checklists.cli import main
from checklists.data import data_folder
from tests.small_rules import FILES, small_rules

UNRELEASED = "1.0.1（未发布）"
NOT_OF_A_LIST = {"现场检查表（横版）", "隐患汇总台账", "修订对照表"}
KINDS = {path.stem for path in data_folder("templates").iterdir()} - NOT_OF_A_LIST
"""Kinds of documents made of a list; the list across the page is no kind of its own."""


class Said:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Said]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return small_rules(tmp_path / "house")


@pytest.fixture
def checklists(house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the small rules in this process."""

    def run(*arguments: str) -> Said:
        own = ["--rules", str(house / "rules"), "--seeds", str(house / "seeds")]
        monkeypatch.setattr(sys, "argv", ["checklists", *arguments, *own])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return run


def reword(house: Path) -> None:
    """An edit of wording that nobody has released."""
    path = house / "rules/gas-use.yaml"
    path.write_text(FILES["rules/gas-use.yaml"].replace("修复后再用", "修好再用"), "utf-8")


def texts(path: Path) -> str:
    """All parts of a document that may hold text."""
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


def test_documents_of_released_rules_print_their_edition(checklists: Run, tmp_path: Path) -> None:
    made = checklists("generate", "--type", "饭店", "--name", "甲", "--out", str(tmp_path / "out"), "--json")

    assert json.loads(made.out)["edition"] == "1.0.0"
    assert "未发布" not in made.err
    assert not any("未发布" in texts(path) for path in (tmp_path / "out").glob("*.*x"))


def test_documents_of_unreleased_rules_say_so_on_paper_and_on_screen(
    checklists: Run, house: Path, tmp_path: Path
) -> None:
    reword(house)
    out = tmp_path / "out"

    made = checklists("generate", "--type", "饭店", "--name", "甲", "--out", str(out), "--json")
    papers = checklists("papers", "make", "全部", "--type", "饭店", "--name", "甲", "--out", str(out))

    assert json.loads(made.out)["edition"] == UNRELEASED
    assert f"印“{UNRELEASED}”" in made.err
    assert f"印“{UNRELEASED}”" in papers.err
    documents = sorted(out.glob("*.docx")) + sorted(out.glob("*.xlsx"))
    assert len(documents) == len(KINDS)
    assert [path.name for path in documents if UNRELEASED not in texts(path)] == []


def test_a_batch_of_unreleased_rules_says_so_too(checklists: Run, house: Path, tmp_path: Path) -> None:
    reword(house)
    roster = tmp_path / "roster.csv"
    roster.write_text("单位名称,企业类型,所在地\n甲,饭店,阳城县\n", "utf-8")

    made = checklists("batch", str(roster), "--out", str(tmp_path / "out"))

    assert made.code == 0, made.err
    assert f"印“{UNRELEASED}”" in made.err
    assert all(UNRELEASED in texts(path) for path in (tmp_path / "out").rglob("*.docx"))


def test_a_folder_without_any_edition_makes_documents_that_say_so(
    checklists: Run, house: Path, tmp_path: Path
) -> None:
    for name in ("VERSION", "edition.json", "CHANGELOG.md"):
        (house / "rules" / name).unlink()

    made = checklists("generate", "--type", "饭店", "--name", "甲", "--out", str(tmp_path / "out"), "--json")

    assert made.code == 0, made.err
    assert json.loads(made.out)["edition"] == "未发布"


def test_what_was_unreleased_is_read_back_from_the_document(
    checklists: Run, house: Path, tmp_path: Path
) -> None:
    reword(house)
    checklists("generate", "--type", "饭店", "--name", "甲", "--out", str(tmp_path / "out"))

    read = [
        json.loads(checklists("verify", str(path), "--json").out)[0]["edition"]
        for path in sorted((tmp_path / "out").glob("*.*x"))
    ]

    assert read == [UNRELEASED] * 3


def test_the_check_keeps_its_shape(checklists: Run, house: Path) -> None:
    path = house / "rules/gas-use.yaml"
    path.write_text(FILES["rules/gas-use.yaml"].replace("where: 厨房", "where: 厨防"), "utf-8")

    said = checklists("rules", "check", "--json")

    assert said.code == 1
    (found,) = json.loads(said.out)
    assert found["file"] == str(path)
    assert found["line"] == 7
    assert (found["code"], found["level"]) == ("word-unknown", "error")
    assert "「厨房」" in found["remedy"]
    assert {"file", "line", "code", "level", "message", "remedy"} <= set(found)


def test_the_check_says_what_it_could_not_judge(checklists: Run, house: Path) -> None:
    (house / "rules/gas-use.yaml").write_text("industry: gas-use\n\titems: []\n", "utf-8")

    said = checklists("rules", "check")

    assert "还没有检查：编号的去留、逐句交代、版本" in said.out
    assert "错误 1 处" in said.out


def test_a_stale_edition_is_told_by_the_check_and_mended_by_a_release(checklists: Run, house: Path) -> None:
    reword(house)

    assert "edition-stale" in checklists("rules", "check").out
    assert "规则版 1.0.1：改措辞 1 项。" in checklists("rules", "release", "--on", "2026-11-22").out
    assert checklists("rules", "check").code == 0


def test_no_edition_is_released_without_an_id_that_is_gone(checklists: Run, house: Path) -> None:
    text = FILES["rules/dust.yaml"]
    (house / "rules/dust.yaml").write_text(text[: text.index("  - id: dust-director")], "utf-8")

    refused = checklists("rules", "release")

    assert refused.code == 1
    assert "item-vanished" in refused.err
    assert (house / "rules/VERSION").read_text("utf-8") == "1.0.0\n"
