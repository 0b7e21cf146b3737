"""What programs read: the keys of every ``--json`` and of the manifest, all of them, as they are documented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import Told, command
from tests.small_rules import small_rules

DAY = "2026-11-22"
PROBLEM = {"file", "line", "sheet", "cell", "code", "level", "message", "remedy"}
BASIS = {"notice", "clause", "says", "quote"}
ENTERPRISE = {"name", "code", "address", "place", "types", "person", "phone", "contact", "email", "facts"}
WRITTEN = {"files", "kept", "moved", "faces", "problems"}

Run = Callable[..., Told]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_rules(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def run(house: Path) -> Run:
    """A command on the small rules, its output as JSON."""
    where = ("--rules", house / "rules", "--seeds", house / "seeds")
    return lambda *arguments: command(*arguments, *where, "--json")


WHO = ("--type", "涉粉企业", "--place", "阳城县", "--on", DAY)


def test_select(run: Run) -> None:
    told = run("select", *WHO).json

    assert told.keys() == {"enterprise", "on", "asked", "not_asked", "warnings"}
    assert told["enterprise"].keys() == ENTERPRISE | {"industries", "known", "unknown"}
    assert told["on"] == DAY
    assert told["asked"] and told["not_asked"]
    for one in told["asked"]:
        assert one.keys() == {"id", "reason", "basis"}
        for basis in one["basis"]:
            assert BASIS <= basis.keys() <= BASIS | {"applies", "from", "until", "due"}
    assert all(one.keys() == {"id", "reason"} for one in told["not_asked"])
    asked, not_asked = ({one["id"] for one in told[part]} for part in ("asked", "not_asked"))
    assert asked == {"dust-cleaning", "dust-director", "gas-use-alarm"}
    assert not_asked == {"gas-use-log", "gas-use-paper"}


@pytest.fixture(scope="module")
def generated(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("generated")
    first = run("generate", *WHO, "--name", "某厂", "--out", folder).json
    Path(first["files"][0]).write_bytes(b"somebody's")
    kept = run("generate", *WHO, "--name", "某厂", "--out", folder).json
    moved = run("generate", *WHO, "--name", "某厂", "--out", folder, "--overwrite").json
    return {"first": first, "kept": kept, "moved": moved}


def test_generate(generated: dict[str, Any]) -> None:
    for told in generated.values():
        assert told.keys() == WRITTEN | {
            "items",
            "on_paper",
            "serial",
            "fingerprint",
            "edition",
            "office",
            "warnings",
        }
    first, kept, moved = (generated[name] for name in ("first", "kept", "moved"))
    assert [Path(name).suffix for name in first["files"]] == [".docx", ".xlsx", ".docx"]
    assert (first["kept"], first["moved"], first["problems"], first["items"]) == ([], [], [], 3)
    assert kept["kept"] == [first["files"][0]]
    assert [one.keys() for one in kept["problems"]] == [PROBLEM]
    assert [one.keys() for one in moved["moved"]] == [{"from", "to"}]


def test_verify(run: Run, generated: dict[str, Any]) -> None:
    paper, book, _ = generated["moved"]["files"]
    (missing,) = run("verify", "没有.docx").json
    told = run("verify", paper, book).json

    assert [one["verdict"] for one in told] == ["相符", "相符"]
    for one in told:
        assert one.keys() == {
            *("file", "verdict", "compared", "document", "format", "name", "code", "place", "edition", "on"),
            *("serial", "fingerprint", "items", "recomputed", "matches", "installed_edition", "same_edition"),
            "problems",
        }
        assert one["compared"].keys() == {"texts", "rows", "tables", "results", "to_the_byte"}
    assert missing.keys() == {"file", "verdict", "problems"}
    assert [one.keys() for one in missing["problems"]] == [PROBLEM]


# ---------------------------------------------------------------- a batch


BATCH = {
    *("out", "on", "made", "refused", "written", "unchanged", "kept", "moved", "folders", "problems"),
    *("problem_kinds", "report", "manifest", "zip", "seconds", "office", "warnings"),
    *("registers", "prints", "faces", "since", "new", "changed"),
}
LINE = {
    *(
        "row",
        "name",
        "code",
        "place",
        "town",
        "address",
        "document_number",
        "types",
        "folder",
        "word",
        "excel",
        "appendix",
        "papers",
        "contact",
        "email",
        "serial",
        "fingerprint",
    ),
    *("edition", "items", "on_paper", "result", "problems", "identity", "word_sha256", "excel_sha256"),
    "appendix_sha256",
}


def test_a_batch_and_its_manifest(run: Run, tmp_path: Path) -> None:
    roster, out = tmp_path / "名录.csv", tmp_path / "out"
    roster.write_text("单位名称,企业类型,所在地\n某厂,涉粉企业,阳城县\n某店,没有的类型,阳城县\n", "utf-8")

    told = run("batch", roster, "--out", out, "--on", DAY).json
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))

    assert told.keys() == BATCH
    assert (told["made"], told["refused"], told["problems"], told["on"]) == (1, 1, 1, DAY)
    assert told["manifest"] == str(out / "manifest.json")
    assert manifest.keys() == {"roster", "on", "edition", "department", "digits", "enterprises"}
    assert [line.keys() for line in manifest["enterprises"]] == [LINE, LINE]
    assert [line["result"] for line in manifest["enterprises"]] == ["已生成", "没有生成"]
    assert [found.keys() for found in manifest["enterprises"][1]["problems"]] == [PROBLEM]


def test_a_roster_that_is_checked(house: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名录.csv"
    roster.write_text("单位名称,企业类型,所在地\n某厂,涉粉企业,阳城县\n某店,没有的类型,阳城县\n", "utf-8")

    told = command("roster", "check", roster, "--rules", house / "rules", "--json").json

    assert told.keys() == {"usable", "unusable", "problems"}
    assert [found.keys() for found in told["problems"]] == [PROBLEM]


# ---------------------------------------------------------------- lists


def test_templates_list() -> None:
    told = command("templates", "list", "--json").json

    assert told and all(one.keys() == {"name", "file", "type", "purpose"} for one in told)


def test_papers_list() -> None:
    told = command("papers", "list", "--json").json

    assert told and all(one.keys() == {"name", "holder", "purpose", "basis"} for one in told)
    bases = [basis for one in told for basis in one["basis"]]
    assert bases and all(basis.keys() == {"notice", "clause", "quote"} for basis in bases)


def test_what_is_wrong_with_rules_and_templates(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.docx"
    wrong.write_bytes(b"no template")

    assert run("rules", "check").json == []
    assert [one.keys() for one in run("templates", "check", wrong).json] == [PROBLEM]


ROWS = {"accepted", "unclear", "rejected", "blank", "seen"}
HAZARD = {
    *(
        "firm",
        "key",
        "registered",
        "source",
        "item",
        "level",
        "criterion",
        "where",
        "what",
        "kind",
        "finder",
        "found",
    ),
    *(
        "measure",
        "department",
        "person",
        "money",
        "due",
        "due_told",
        "plan",
        "to_office",
        "to_congress",
        "posted",
    ),
    *(
        "done",
        "recheck",
        "checker",
        "checked",
        "photo",
        "state",
        "overdue",
        "days",
        "recurring",
        "first_month",
    ),
    *("last_month", "notes", "path", "sheet", "cell", "name"),
}


def test_collect_and_enter(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "下发"
    made = run("generate", *WHO, "--name", "某厂", "--out", folder, "--document", "现场检查表").json
    codes = tmp_path / "短码.txt"
    codes.write_text(f"{made['serial']} 2026-11-25\n1x 坏了\n", "utf-8")

    entered = command("enter", folder, "--codes", codes, "--out", tmp_path / "录入", "--json").json
    told = run("collect", tmp_path / "录入", "--on", DAY, "--out", tmp_path / "台账.xlsx", "--doubts").json

    assert entered.keys() == WRITTEN | {"entered"}
    assert told.keys() == {
        *("on", "edition", "counts", "files", "hazards", "disagreements", "problems", "doubts", "written")
    }
    assert told["counts"].keys() == {"files", "read", "same", "refused", "rows"}
    assert told["counts"]["rows"].keys() == ROWS
    (file,) = told["files"]
    assert file.keys() == {
        *("file", "sha256", "same_as", "read", "problems", "document", "enterprise", "month", "by", "format"),
        *("edition", "made_for", "serial", "source", "rows", "answers", "ledger", "asides"),
    }
    assert file["enterprise"].keys() == ENTERPRISE - {"facts", "contact", "email"}
    (one,) = file["answers"]
    assert one.keys() == {
        *("item", "result", "given", "fact", "day", "by", "sheet", "cell", "kind", "content")
    }
    (hazard,) = told["hazards"]
    assert hazard.keys() == HAZARD
    assert [asked.keys() for asked in told["doubts"]] == [
        {"firm", "month", "question", "file", "sheet", "cells"}
    ] * len(told["doubts"])
    assert told["written"].keys() == WRITTEN
