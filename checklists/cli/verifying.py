"""checklists verify"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from checklists.cli.shared import JsonOption, RulesOption, SeedsOption, opened, print_json, tell
from checklists.problems import Refused


def verify_documents(
    files: Annotated[list[Path], typer.Argument(help="要核验的 .docx、.xlsx 文件", metavar="文件...")],
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """核验打印件的电子文件：出自哪一版规则，文字有没有改动。填写的结果不算改动。"""
    from checklists.verify import verify

    workshop, _ = opened(rules, seeds)
    items = {item.id: item for item in workshop.rules.items}
    told: list[dict[str, Any]] = []
    failed = False
    for path in files:
        try:
            verdict = verify(path, items, workshop.edition)
        except Refused as refused:
            failed = True
            tell(refused.problems)
            told.append({"file": str(path), "problems": [found.as_json() for found in refused.problems]})
            continue
        failed = failed or bool(verdict.problems)
        told.append(_verdict_json(verdict))
        if not as_json:
            _print_verdict(verdict)
        tell(verdict.problems)
    if as_json:
        print_json(told)
    if failed:
        raise typer.Exit(1)


def _verdict_json(verdict: Any) -> dict[str, Any]:
    claims = verdict.claims
    return {
        "file": verdict.file,
        "document": claims.document,
        "name": claims.name,
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


def _print_verdict(verdict: Any) -> None:
    claims = verdict.claims
    print(verdict.file)
    print(f"    {claims.document}　{claims.name or '（空白表）'}　编号 {claims.serial or '（无）'}")
    print(
        f"    规则版 {claims.edition or '（无）'}，{_edition_words(verdict)}；基准日 {claims.on or '（无）'}"
    )
    print(f"    {_fingerprint_words(verdict)}")


def _edition_words(verdict: Any) -> str:
    if verdict.claims.edition == verdict.installed:
        return "与已安装的一致"
    return f"已安装的是 {verdict.installed}"


def _fingerprint_words(verdict: Any) -> str:
    claims = verdict.claims
    if verdict.matches is None and not claims.fingerprint:
        return "没有指纹：本文书不印检查项的文字"
    if verdict.matches is None:
        return f"指纹 {claims.fingerprint}：是所依据检查表的；本文书只印部分文字，不重算"
    named = f"，另 {verdict.named} 项只列名称" if verdict.named else ""
    outcome = "相符，文字没有改动" if verdict.matches else f"不符，按文字重算是 {verdict.recomputed}"
    return f"指纹 {claims.fingerprint}：读到 {verdict.rows} 项{named}，{outcome}"


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("verify")(verify_documents)
