"""What a command that makes documents does last: write them, make their PDFs, say what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from checklists.cli.shared import tell
from checklists.files.guard import Placed
from checklists.problems import Problem, Refused, errors


@dataclass
class Written:
    """What became of every file, and all that is wrong."""

    placed: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    faces: dict[str, str | None] = field(default_factory=dict)
    """What prints each Chinese face of the PDFs, as :func:`checklists.documents.faces.chinese_faces` gives it."""

    def take(self, placed: list[Placed], problems: tuple[Problem, ...]) -> None:
        """Take in what :func:`checklists.files.guard.write_guarded` gives."""
        self.placed += placed
        self.problems += [*problems, *(found for one in placed for found in one.problems)]

    def as_json(self) -> dict[str, Any]:
        """files: what stands as made; kept: somebody's files that were left alone; moved: to 旧件; faces; problems."""
        return {
            "files": [one.path for one in self.placed if one.stands],
            "kept": [one.path for one in self.placed if one.outcome == "kept"],
            "moved": [{"from": one.path, "to": one.moved} for one in self.placed if one.moved],
            "faces": self.faces,
            "problems": [found.as_json() for found in self.problems],
        }

    def tell(self) -> None:
        """A line a file."""
        for one in self.placed:
            if one.moved:
                print(f"原来的已移到 {one.moved}")
            if one.stands:
                print(f"{'已生成' if one.outcome == 'written' else '没有变化'} {one.path}")
        if self.faces:
            print(faces_line(self.faces))

    def finish(self) -> None:
        """Tell the problems; exit code 1 when a file was not made."""
        tell(self.problems)
        if errors(self.problems):
            raise typer.Exit(1)


def write_made(
    documents: Mapping[str, bytes], out: Path, *, whose: str = "", overwrite: bool = False, pdf: bool = False
) -> Written:
    """Write documents by name, and with ``pdf`` a PDF beside each; none is made of a document that was not written.

    What is wrong with the PDFs is told at the end: the documents stand. Raises Refused when the folder cannot be used.
    """
    from checklists.documents.faces import chinese_faces
    from checklists.documents.pdf import find_office, make_pdfs
    from checklists.files.guard import write_guarded

    written = Written()
    written.take(*write_guarded(out, documents, whose=whose, overwrite=overwrite))
    standing = {Path(one.path).name for one in written.placed if one.stands}
    if not pdf or not standing:
        return written
    try:
        office = find_office()
        faces = chinese_faces() if office else {}
        pdfs, problems = make_pdfs({name: documents[name] for name in documents if name in standing}, office)
        written.faces = faces
        written.problems += problems
        written.take(*write_guarded(out, pdfs, whose=whose, overwrite=overwrite))
    except Refused as refused:
        written.problems += refused.problems
    return written


def faces_line(faces: Mapping[str, str | None]) -> str:
    """PDF 用的中文字体：黑体、Noto Serif CJK SC（没有仿宋_GB2312，用 Noto Serif CJK SC 代替，版面可能略有不同）."""
    used = "、".join(dict.fromkeys(one for one in faces.values() if one))
    instead: dict[str | None, list[str]] = {}
    for face, one in faces.items():
        if one != face:
            instead.setdefault(one, []).append(face)
    told = [
        f"没有{'、'.join(gone)}，用{f' {one} ' if one else '别的中文字体'}代替"
        for one, gone in instead.items()
    ]
    more = f"（{'；'.join(told)}，版面可能略有不同）" if told else ""
    return f"PDF 用的中文字体：{used or '由 LibreOffice 挑选'}{more}"
