"""checklists verify"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.shared import (
    JsonOption,
    OwnTemplatesOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    opened,
    print_json,
    tell,
)
from checklists.data import data_folder
from checklists.problems import Refused

if TYPE_CHECKING:
    from checklists.documents.verify.remake import Installed
    from checklists.documents.verify.verify import Verdict

ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="文件",
        help="发放记录：batch 生成的 manifest.json；编号不在其中的不算",
        show_default=False,
    ),
]


def verify_documents(
    files: Annotated[list[Path], typer.Argument(help="要核验的 .docx、.xlsx 文件", metavar="文件...")],
    manifest: ManifestOption = None,
    rules: RulesOption = None,
    templates: TemplatesOption = None,
    template: OwnTemplatesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """核验文件：按它记着的选项重做一份，逐处比对印着的文字。填写的结果不算改动。"""
    from checklists.documents.verify.record import read_record
    from checklists.documents.verify.verify import verify

    record = read_record(manifest) if manifest else None
    installed = _installed(rules, seeds, templates, template)
    verdicts: list[dict[str, Any]] = []
    failed = False
    for path in files:
        try:
            verdict = verify(path, installed, record)
        except Refused as refused:
            failed = True
            tell(refused.problems)
            verdicts.append(_refused_json(path, refused))
            continue
        failed = failed or verdict.answer != "相符"
        verdicts.append(_verdict_json(verdict))
        if not as_json:
            _print_verdict(verdict)
        tell(verdict.problems)
    if as_json:
        print_json(verdicts)
    if failed:
        raise typer.Exit(1)


def _installed(
    rules: Path | None, seeds: Path | None, templates: Path | None, own: list[Path] | None
) -> Installed:
    """Rules, templates, and whether the rules are those that their edition was released with."""
    from checklists.documents.catalogue import DOCUMENTS
    from checklists.documents.templates import own_templates
    from checklists.documents.verify.remake import Installed
    from checklists.rules.editions import is_unreleased

    library, _ = opened(rules, seeds)
    named = own_templates(own or [], list(DOCUMENTS.values()))
    released = not is_unreleased(library.edition)
    return Installed(library, templates or data_folder("templates"), named, released=released)


def _refused_json(path: Path, refused: Refused) -> dict[str, Any]:
    return {
        "file": str(path),
        "verdict": "未能核验",
        "problems": [found.as_json() for found in refused.problems],
    }


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    claims = verdict.claims
    return {
        "file": verdict.file,
        "verdict": verdict.answer,
        "compared": asdict(verdict.compared),
        "document": claims.document,
        "format": claims.format,
        "name": claims.name,
        "code": claims.code,
        "place": claims.place,
        "edition": claims.edition,
        "on": claims.on,
        "serial": claims.serial,
        "fingerprint": claims.fingerprint,
        "items": verdict.rows + verdict.named,
        "recomputed": verdict.recomputed,
        "matches": verdict.matches,
        "installed_edition": verdict.installed,
        "same_edition": claims.edition == verdict.installed,
        "problems": [found.as_json() for found in verdict.problems],
    }


def _print_verdict(verdict: Verdict) -> None:
    claims = verdict.claims
    who = "　".join(part for part in (claims.name or "（空白表）", claims.code, claims.place) if part)
    print(f"{verdict.file}：{verdict.answer}")
    print(f"    {claims.document}　{who}　编号 {claims.serial or '（无）'}")
    print(
        f"    规则版 {claims.edition or '（无）'}，{_edition_words(verdict)}；基准日 {claims.on or '（无）'}"
    )
    print(f"    {_compared_words(verdict)}")
    print(f"    {_fingerprint_words(verdict)}")


def _edition_words(verdict: Verdict) -> str:
    if verdict.claims.edition == verdict.installed:
        return "与已安装的一致"
    return f"已安装的是 {verdict.installed}"


def _compared_words(verdict: Verdict) -> str:
    told = verdict.compared
    if told.to_the_byte:
        return "与发放时逐字节相同"
    if not told.texts:
        return "没有重做比对"
    tables = "张工作表" if verdict.file.lower().endswith(".xlsx") else "张表"
    results = f"，重算 {told.results} 处公式结果" if told.results else ""
    return f"重做一份，比对 {told.texts} 处文字、{told.rows} 行、{told.tables} {tables}{results}"


def _fingerprint_words(verdict: Verdict) -> str:
    claims = verdict.claims
    if verdict.matches is None and not claims.fingerprint:
        return "没有指纹：本文书不印检查项的文字"
    if verdict.matches is None:
        return f"指纹 {claims.fingerprint}：是所依据检查表的；本文书只印部分文字，不重算"
    named = f"，另 {verdict.named} 项只列名称" if verdict.named else ""
    outcome = "指纹相符" if verdict.matches else f"指纹不符，按文字重算是 {verdict.recomputed}"
    return f"指纹 {claims.fingerprint}：读到 {verdict.rows} 项{named}，{outcome}"


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("verify")(verify_documents)
