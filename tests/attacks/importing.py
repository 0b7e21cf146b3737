"""Notices imported with hostile particulars and files: all or nothing, nothing lost in silence, nothing written outside."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

from tests.attacks import ground, notice_drawing, texts
from tests.attacks.trial import LOST, OTHER, OVERWRITTEN, SILENT, Target, Trial, faults_of, run

PLACES = ("晋城市", "阳城县", "山西省", "晋城市城区", "晋 城 市")
WRONG_PLACES = ("", "河南省", "城区", "x", "阳成县", "阳城县、沁水县", "..")
IDS = ("jincheng-2027", "yangcheng-2027", "shanxi-2027", "a-1", "x-y-2027-2")
WRONG_IDS = (
    "../x", "/tmp/x", "..", ".", "a/b", "a\\b", "C:x", "con", "nul-2027", "SHANXI-2026", "Shanxi-2026", "shanxi-2026",
    "jincheng-2027 ", " jincheng-2027", "jincheng-2027\u200b", "notices", "notices.yaml", "README", "-x", "~", "[a]",
    "a\nb", "a" * 300, "", "晋城-2027", "a_b", "a--b", "a-", "shanxi-2009-2026", "x.txt", "ａ-1",
)  # fmt: skip
WRONG_YEARS = ("0", "-1", "27", "99999", "9" * 30, "2062", "1848", "２０２７", "")


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """One notice imported into a copy of the notices."""
    seeds = ground.copied(ground.seeds(), folder / "seeds")
    trap = notice_drawing.set_trap(chance, seeds, folder)
    drawn = notice_drawing.draw(chance, folder)
    told, right = _particulars(chance)
    arguments = ["notices", "import", str(drawn.path), *_options(told), "--seeds", str(seeds)]
    trial = Trial(f"{drawn.told}　{told}　{trap}")
    before, outside = ground.digests(seeds), _outside(folder, seeds)
    ended = run(arguments, folder, target)
    trial.faults += faults_of(ended)
    after = ground.digests(seeds)
    if _outside(folder, seeds) != outside:
        trial.fault(OVERWRITTEN, "写到了通知文件夹之外")
    if ended.code and after != before:
        trial.fault(OTHER, f"没有收下，文件夹却变了：{_changed(before, after)}")
    if ended.code == 0:
        _judge_accepted(trial, told, right, seeds, before, target)
        if trial.faults == []:
            _judge_text(trial, drawn, seeds, before, ended.said)
    return trial


def _particulars(chance: random.Random) -> tuple[dict[str, str], bool]:
    """Options and whether all of them are right."""
    told = {
        "id": chance.choice(IDS), "title": "关于做好安全生产工作的通知", "issuer": "某某市人民政府",
        "place": chance.choice(PLACES), "year": "2027",
    }  # fmt: skip
    if chance.random() < 0.5:
        told["number"] = "某政发〔2027〕3号"
    if chance.random() < 0.5:
        told["date"] = "2027-01-23"
    right = True
    for name in chance.sample(
        ["id", "title", "issuer", "place", "year", "number", "date"], chance.choice([0, 0, 1, 1, 2])
    ):
        wrong = {"id": WRONG_IDS, "place": WRONG_PLACES, "year": WRONG_YEARS, "date": texts.DATES}.get(name)
        told[name] = chance.choice(wrong) if wrong else texts.hostile(chance).replace("\0", "")
        right = right and wrong is None
    return told, right


def _options(told: dict[str, str]) -> list[str]:
    return [word for name, value in told.items() for word in (f"--{name}", value)]


def _outside(folder: Path, seeds: Path) -> dict[str, bytes]:
    return {
        name: content
        for name, content in ground.digests(folder).items()
        if not name.startswith(f"{seeds.name}/")
    }


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _judge_accepted(
    trial: Trial, told: dict[str, str], right: bool, seeds: Path, before: dict[str, bytes], target: Target
) -> None:
    """The folder loads, holds what was typed, and nothing else has changed."""
    listed = run(["notices", "list", "--json", "--seeds", str(seeds)], seeds.parent, target)
    trial.faults += faults_of(listed)
    if listed.code:
        trial.fault(OTHER, f"收下之后文件夹读不出：{listed.said[:300]}")
        return
    import json

    notices = json.loads(listed.out)
    before_it = len(re.findall(rb"\bid: ", before["notices.yaml"]))
    if len(notices) != before_it + 1:
        trial.fault(SILENT, f"通知由 {before_it} 份变成 {len(notices)} 份")
        return
    new = notices[-1]
    for name in ("title", "issuer", "number"):
        if _plain(told.get(name, "")) != _plain(str(new[name] or "")):
            trial.fault(SILENT, f"{name} 写的是 {told.get(name)!r}，存的是 {new[name]!r}")
    if not right and (
        told["id"] in WRONG_IDS or told["place"] in WRONG_PLACES or told["year"] in WRONG_YEARS
    ):
        trial.fault(OTHER, f"收下了不对的编号、地名或年份：{told['id']!r} {told['place']!r} {told['year']!r}")
    touched = [
        name for name in _changed(before, ground.digests(seeds)) if name in before and name != "notices.yaml"
    ]
    if touched:
        trial.fault(OVERWRITTEN, f"改动了别的文件：{touched}")
    old, now = before["notices.yaml"], (seeds / "notices.yaml").read_bytes()
    gone = [line for line in old.splitlines() if line.strip() and line.strip() not in now]
    if gone:
        trial.fault(LOST, f"目录里少了：{gone[:3]}")


def _plain(text: str) -> str:
    """Letters that print, in order: blanks and invisible letters may be tidied, nothing else."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] not in "ZC")


def _judge_text(
    trial: Trial, drawn: notice_drawing.Drawn, seeds: Path, before: dict[str, bytes], said: str
) -> None:
    """Words that stand in the print of the file are in the stored text, or something is said about them."""
    new = [name for name in ground.digests(seeds) if name not in before]
    if len(new) != 1:
        trial.fault(OTHER, f"应多一个文件：{new}")
        return
    stored = _plain((seeds / new[0]).read_text("utf-8"))
    told = any(word in said for word in ("提醒", "错误"))
    missing = [words for words in drawn.printed if _plain(words) not in stored]
    if missing and not told:
        trial.fault(LOST, f"原件里有、存下的文字里没有，也没有说：{missing}")
    extra = [words for words in drawn.unprinted if _plain(words) in stored]
    if extra and not told:
        trial.fault(SILENT, f"原件印不出来的字存进去了，没有说：{extra}")
