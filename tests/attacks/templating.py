"""Templates spoiled by one change: refused with the place, or the document says all that it must and fetches nothing."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

from tests.attacks import book_spoiling, ground, payloads, template_spoiling
from tests.attacks.trial import OTHER, SILENT, Ended, Target, Trial, faults_of, run

_TEXT = re.compile(rb"<(?:w:)?(?:t|v)(?: [^>]*)?>([^<]*)</(?:w:)?(?:t|v)>")
_LEAKS = re.compile(r"<class '|<function|<built-in|<module|object at 0x|<bound method|root:x:|uid=\d")
_FETCHES = re.compile(
    rb'TargetMode="External"|vbaProject|aFChunk|altChunk|attachedTemplate|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|WEBSERVICE|<ddeLink',
    re.IGNORECASE,
)
_ORDINARY = re.compile(rb'relationships/hyperlink"[^>]*TargetMode="External"')


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """Spoil a template once, or twice; check it; make the document when it passes."""
    whole = ground.templates() / chance.choice(ground.names())
    kinds = book_spoiling if whole.suffix == ".xlsx" else template_spoiling
    keeping = chance.random() < 0.15
    parts = ground.parts_of(whole.read_bytes())
    told: list[str] = []
    for _ in range(30):
        ways = kinds.KEEPING if keeping else kinds.CHANGING
        name = chance.choice(sorted(ways))
        if done := ways[name](chance, parts):
            told.append(f"{name}·{done}")
        if told and (len(told) > 1 or chance.random() < 0.8):
            break
    path = folder / whole.name
    path.write_bytes(ground.packed(parts))
    parts.clear()  # what this process holds counts as held by the one forked from it
    trial = Trial(f"{whole.name}　{'；'.join(told)[:400]}")
    _judge(trial, path, keeping, folder, target)
    return trial


def _judge(trial: Trial, path: Path, keeping: bool, folder: Path, target: Target) -> None:
    checked = run(["templates", "check", str(path)], folder, target)
    trial.faults += faults_of(checked)
    made = run(
        [*ground.command_of(path.name), *ground.ASKED, *ground.WHO, "--template", str(path), "--out", "out"],
        folder,
        target,
    )
    trial.faults += faults_of(made)
    if (folder / payloads.WITNESS).exists():
        trial.fault(OTHER, "模板执行了命令")
    if checked.code and made.code == 0:
        trial.fault(OTHER, f"templates check 不收，generate 却收：{checked.said[:300]}")
    if (
        checked.code == 0
        and made.code
        and "template" not in made.said
        and "word-" not in made.said
        and "excel-" not in made.said
    ):
        trial.fault(OTHER, f"templates check 收下，生成时却出错：{made.said[:300]}")
    if checked.code == 0 and made.code:
        trial.fault(OTHER, f"templates check 说可以使用，generate 不收：{made.said[:300]}")
    if keeping and checked.code:
        trial.fault(OTHER, f"办公软件存盘后的模板不收：{checked.said[:300]}")
    if made.code == 0:
        _judge_document(trial, path, keeping, folder / "out", made)


def _judge_document(trial: Trial, path: Path, keeping: bool, out: Path, made: Ended) -> None:
    files = [one for one in out.iterdir() if one.suffix == path.suffix]
    if len(files) != 1:
        trial.fault(OTHER, f"应有一个文件：{[one.name for one in out.iterdir()]}")
        return
    package = ground.parts_of(files[0].read_bytes())
    told = said(package)
    if leaks := _LEAKS.search("\n".join(told)):
        trial.fault(OTHER, f"印出了程序内部的东西：{leaks[0]}")
    fetched = [name for name, content in package.items() if _FETCHES.search(_ORDINARY.sub(b"", content))]
    if fetched:
        trial.fault(OTHER, f"文书里有宏或外部内容：{fetched}")
    whole = squeeze("".join(told))
    wanted = all_said(path.name) if keeping else required(path.name)
    missing = [text for text in wanted if squeeze(text) not in whole]
    if missing:
        trial.fault(SILENT, f"收下了，文书少了 {len(missing)} 处：{missing[:4]}")


def said(package: dict[str, bytes]) -> list[str]:
    """Texts of all parts that print, in order."""
    found = []
    for name, content in package.items():
        if re.match(r"word/(document|header|footer)|xl/(sharedStrings|worksheets/)", name):
            found += [_unescaped(text) for text in _TEXT.findall(_without_hidden_marks(content))]
    return found


def _without_hidden_marks(content: bytes) -> bytes:
    return content.replace(b"<w:tab/>", b"<w:t> </w:t>")


def _unescaped(text: bytes) -> str:
    told = text.decode("utf-8", "replace")
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#10;", "\n"), ("&amp;", "&")):
        told = told.replace(mark, letter)
    return told


def squeeze(text: str) -> str:
    """Without blanks and lines to write on."""
    return "".join(letter for letter in text if not letter.isspace() and letter != "＿")


@cache
def all_said(name: str) -> tuple[str, ...]:
    """Every text of the document from the template as shipped."""
    return tuple(
        text for text in said(ground.parts_of(ground.document(name))) if sum(map(str.isalnum, text)) > 1
    )


@cache
def required(name: str) -> tuple[str, ...]:
    """What the document must say whatever its template looks like: who it is, and the wording of its items."""
    texts = all_said(name)
    serial = next((found[0] for text in texts if (found := re.search(r"\d{8}-[0-9a-f]{6}", text))), None)
    identity = [one for one in (serial, ground.NAME) if one and any(one in text for text in texts)]
    if ground.command_of(name)[0] != "generate":
        return tuple(identity)
    rows = [text for text in wordings() if squeeze(text) in squeeze("".join(texts))]
    return (*identity, *rows)


@cache
def wordings() -> tuple[str, ...]:
    """Content and standard of the items asked, as the command line tells them."""
    import json

    asked = json.loads(run(["select", *ground.ASKED, "--json"], Path.cwd()).out)["asked"]
    items = {one["id"]: one for one in json.loads(run(["items", "--json"], Path.cwd()).out)}
    return tuple(
        text for row in asked for text in (items[row["id"]]["content"], items[row["id"]]["standard"])
    )
