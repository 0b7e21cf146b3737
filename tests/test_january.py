"""The story of January in the guide, command by command, from the file on the desk to the new papers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from command import Told, command
from docx import Document

GUIDE = Path(__file__).parent.parent / "docs" / "guide.md"
STORY = GUIDE.read_text("utf-8").partition("## 一月的事")[2].partition("\n## ")[0]
COMMANDS = [line.strip() for line in re.findall(r"^ +checklists .*$", STORY, re.MULTILINE)]
NEW = "餐饮单位严禁在厨房存放醇基液体燃料桶"
LINES = (
    "阳城县人民政府关于做好2027年安全生产工作的通知",
    "阳政发〔2027〕1号",
    "各乡镇人民政府，县直各有关单位：",
    "现就有关事项通知如下。",
    "一、压实责任",
    f"（一）企业责任。{NEW}。健全企业内部安全风险隐患报告奖励制度。",
    "（二）部门责任。各级安委办每季度组织会商研判。",
    "阳城县人民政府",
    "2027年1月20日",
)
FILLED = {
    "id": "gas-use-liquid-fuel",
    "industry": "gas-use",
    "title": "厨房醇基燃料",
    "content": "厨房没有存放醇基液体燃料桶",
    "standard": "厨房逐处看：没有醇基液体燃料桶；有一桶即不符合",
    "where": "厨房",
    "how": ["看现场"],
    "evidence": "厨房照片",
    "rectify": "立即移出厨房，停止使用",
    "category": "现场管理",
    "departments": ["住建"],
    "every": "shift",
}
ROSTER = "名称,企业类型,所在地\n甲饭店,餐饮用气单位,阳城县\n乙加油站,加油站,大同市\n"


def fill() -> int:
    """What a person does to the draft: the fields filled, counted."""
    path = Path("我的规则/drafts/yangcheng-2027.yaml")
    told = yaml.safe_load(path.read_text("utf-8"))
    filled = 0
    for duty in told["duties"]:
        for new in duty.get("new", []):
            assert new["quote"] == NEW
            filled += sum(not new[name] for name in FILLED)
            new.update(FILLED)
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
    return filled


def test_the_story_of_january(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save("通知.docx")
    Path("名录.csv").write_text(ROSTER, "utf-8")
    told: list[Told] = []
    filled = 0
    for line in COMMANDS:
        told.append(command(*line.split()[1:]))
        if "rules draft" in line:
            filled = fill()

    codes = [one.code for one in told]
    ended = "\n".join(f"{line}\n{one.out}{one.err}" for line, one in zip(COMMANDS, told, strict=True))
    assert codes == [0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0], ended
    assert "draft-finished" in told[4].out and told[4].out.count("错误 ") == 2
    assert "edition-stale" in told[6].out and told[6].out.count("错误 ") == 2
    assert "新增\tgas-use-liquid-fuel" in told[8].out
    assert "2 家：检查项有变化的 " in told[9].out
    papers = {path.name for path in Path("检查表").rglob("*甲饭店*现场检查表*.docx")}
    assert len(papers) == 1
    assert (len(COMMANDS), filled) == (11, 12)
