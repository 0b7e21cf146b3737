"""How often what was found, family by family, as a table for docs/reliability.md or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.attacks.trial import KINDS, Trial

HEADS = (
    "程序出错的调用栈",
    "internal-error",
    "覆盖的文件",
    "不声不响改变清单",
    "丢失的行",
    "超过 10 秒",
    "超过 500 MB",
    "其他不符",
)
NAMES = {
    "values": "命令行的值",
    "rosters": "名录",
    "rules": "规则逐处改动",
    "effects": "粗心但像样的规则",
    "templates": "模板",
    "faults": "中断、满盘、锁、链接",
    "import": "导入通知",
    "verify": "改动过的文书",
    "fuzz": "损坏的文件",
}


@dataclass
class Counts:
    """Inputs tried in one family, and the kinds of fault found."""

    tried: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, trial: Trial) -> None:
        """Take one case in; several faults of one kind in one case count once."""
        self.tried += trial.inputs
        self.faults.update({fault.kind for fault in trial.faults})


def table(counts: Mapping[str, Counts], seed: int, rounds: int) -> str:
    """The table in Markdown, with the command that makes it again."""
    lines = [
        f"| 试什么 | 试了 | {' | '.join(HEADS)} |",
        f"|---|{'---:|' * (len(HEADS) + 1)}",
        *(_row(NAMES.get(name, name), one) for name, one in counts.items()),
        _row("合计", _total(counts)),
        "",
        f"`python -m tests.attacks --seed {seed} --rounds {rounds}`",
    ]
    return "\n".join(lines)


def _row(name: str, one: Counts) -> str:
    return f"| {name} | {one.tried} | {' | '.join(str(one.faults[kind]) for kind in KINDS)} |"


def _total(counts: Mapping[str, Counts]) -> Counts:
    total = Counts(sum(one.tried for one in counts.values()))
    for one in counts.values():
        total.faults.update(one.faults)
    return total


def as_json(counts: Mapping[str, Counts]) -> str:
    """Family -> inputs tried and every count."""
    told = {
        name: {"tried": one.tried, **{kind: one.faults[kind] for kind in KINDS}}
        for name, one in counts.items()
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
