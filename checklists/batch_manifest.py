"""The manifest of a batch: one row an enterprise, as CSV for people and JSON for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from checklists.files import unwritable

MANIFEST_HEAD = (
    "行", "单位名称", "统一社会信用代码", "所在地", "企业类型", "文件夹", "检查表", "自查工作簿",
    "编号", "指纹", "规则版", "应查项数", "检查表项数", "结果", "问题",
)  # fmt: skip


class Manifest:
    """manifest.csv and manifest.json, written row by row under temporary names and moved into place at the end."""

    def __init__(self, out: Path) -> None:
        self.paths = (out / "manifest.csv", out / "manifest.json")
        self.parts = tuple(path.with_name(f".{path.name}.part") for path in self.paths)
        self.rows = 0

    def __enter__(self) -> Manifest:
        try:
            self.paths[0].parent.mkdir(parents=True, exist_ok=True)
            self.csv: TextIO = self.parts[0].open("w", encoding="utf-8-sig", newline="")
            self.json: TextIO = self.parts[1].open("w", encoding="utf-8")
        except OSError as failure:
            raise unwritable(self.paths[0], failure) from failure
        self.table = csv.DictWriter(self.csv, MANIFEST_HEAD)
        self.table.writeheader()
        self.json.write("[")
        return self

    def add(self, row: Mapping[str, Any]) -> None:
        """One enterprise. A text that a spreadsheet would take for a formula gets a blank before it in the table."""
        self.table.writerow({name: _no_formula(value) for name, value in row.items()})
        self.json.write(",\n" if self.rows else "\n")
        self.json.write(json.dumps(row, ensure_ascii=False))
        self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.json.write("\n]\n")
        self.csv.close()
        self.json.close()
        for part, path in zip(self.parts, self.paths, strict=True):
            if kind is None:
                part.replace(path)
            else:
                part.unlink()


def _no_formula(value: Any) -> Any:
    return f" {value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
