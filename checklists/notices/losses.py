"""What of a notice's file was not read, or was read with a doubt: collected while reading, told once a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checklists.problems import Position, Problem, problem
from checklists.text import squeeze

NUMBERS, FIELDS, SYMBOLS, DRAWINGS, CHUNKS = "自动编号", "域", "符号", "图形里的文字", "插入的其他文件"
HIDDEN, NOTES, COMMENTS, MARGINS, RUBY, CHARTS = (
    "隐藏文字",
    "脚注尾注",
    "批注",
    "页眉页脚",
    "注音",
    "图表里的文字",
)
UNSHOWN, CONTENTS = "不显示的文字", "目录"
FURNITURE = "网站的导航、信息栏、按钮、页脚，页码"
PICTURES, OBJECTS, FRAMES = "图片", "嵌入的对象", "嵌在网页里的别的网页或文件"
SCANNED = "只有图片、没有文字的页（扫描页）"
INSERTED, DELETED, STRUCK, RAISED, FORMULAS = (
    "修订插入的文字，已读入",
    "修订删去的文字，没有读",
    "带删除线的文字，照样读入",
    "上标、下标，按平常大小的字读入",
    "公式，只读了其中的字",
)

_STOPPING = (NUMBERS, FIELDS, SYMBOLS, DRAWINGS, CHUNKS, SCANNED)
_COUNTED = {
    NUMBERS: "段",
    SCANNED: "页",
    PICTURES: "张",
    OBJECTS: "个",
    FRAMES: "个",
    CHUNKS: "个",
    FORMULAS: "处",
}
"""What is counted in pieces; everything else is counted in characters."""
_MARKED = (INSERTED, DELETED, STRUCK, RAISED, FORMULAS)
_MOST_HIDDEN = 0.05
"""Share of the read text that may be hidden before hiding it would lose a part of the notice."""
_BEGIN = 15
_AS_TEXT = "请在 Word 或 WPS 中另存为“纯文本（.txt）”，编号就变成文字，核对后导入 .txt。"
_RETYPED = "请在原文件里把这些内容改成普通文字，核对后再导入。"


@dataclass
class Losses:
    """Texts by what they are (a constant of this module); a piece without text is an empty text."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, text: str = "") -> None:
        """One more piece of ``kind``."""
        if text.strip() or kind in _COUNTED:
            self.texts.setdefault(kind, []).append(text)

    def count(self, kind: str) -> int:
        """Characters of ``kind`` without blanks."""
        return sum(len(squeeze(text)) for text in self.texts.get(kind, ()))

    def problems(self, path: Path, read: int) -> list[Problem]:
        """One error for what the text of the notice would lose, one warning for what stands beside it, one for doubts.

        ``read`` is the number of characters that were read.
        """
        stopping = _STOPPING if self.count(HIDDEN) <= _MOST_HIDDEN * read else (*_STOPPING, HIDDEN)
        groups: Mapping[str, list[str]] = {
            "import-text-lost": [],
            "import-text-left": [],
            "import-marked": [],
        }
        for kind in self.texts:
            if kind == FURNITURE:  # known by its form, told in the account
                continue
            code = (
                "import-text-lost"
                if kind in stopping
                else "import-marked"
                if kind in _MARKED
                else "import-text-left"
            )
            groups[code].append(self._sentence(kind))
        hint = _AS_TEXT if NUMBERS in self.texts else _RETYPED
        return [
            problem(code, Position(str(path)), parts="；".join(parts), hint=hint)
            for code, parts in groups.items()
            if parts
        ]

    def account(self) -> list[str]:
        """What was not carried over, a line a kind."""
        told = [kind for kind in self.texts if kind not in (INSERTED, STRUCK, RAISED, FORMULAS, NUMBERS)]
        return [f"没有导入：{self._sentence(kind)}" for kind in told]

    def _sentence(self, kind: str) -> str:
        texts = self.texts[kind]
        begin = squeeze("".join(texts))[:_BEGIN]
        count = f"{len(texts)} {_COUNTED[kind]}" if kind in _COUNTED else f"{self.count(kind)} 字"
        return f"{kind} {count}{f'（从「{begin}」开始）' if begin else ''}"


@dataclass(frozen=True)
class Source:
    """What a file says: its text, what is told of it, what was left out, and what it says of the notice."""

    text: str
    problems: list[Problem]
    losses: Losses
    told: dict[str, str] = field(default_factory=dict)
    """Title, number, issuer and date as a web page names them beside the text."""
