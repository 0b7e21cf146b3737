"""Which Chinese faces the PDFs are printed in: those that the templates name, or what LibreOffice takes instead."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from checklists.documents.font_files import families_in
from checklists.documents.pdf import OFFICE
from checklists.problems import Refused, problem

FACES = ("仿宋_GB2312", "黑体", "方正小标宋简体", "宋体")
"""Named by the shipped templates."""
_SECONDS = 60
"""Fontconfig may have to read every font first."""
_FOLDERS = {
    "win32": (
        (f"{os.environ.get('WINDIR', 'C:/Windows')}/Fonts",),
        ("AppData/Local/Microsoft/Windows/Fonts",),
    ),
    "darwin": (("/System/Library/Fonts", "/Library/Fonts"), ("Library/Fonts",)),
}
_ELSEWHERE = (("/usr/share/fonts", "/usr/local/share/fonts"), (".local/share/fonts", ".fonts"))
"""Where fonts lie: for everybody, and at home."""


def chinese_faces() -> dict[str, str | None]:
    """The face that prints each of FACES: itself where it is here, else the one that stands in; None: which is not known.

    On Linux fontconfig is asked, as LibreOffice does. Raises Refused when it knows no Chinese face at all.
    """
    if sys.platform not in _FOLDERS and shutil.which("fc-list") and shutil.which("fc-match"):
        return _by_fontconfig()
    here = families_in(_font_folders())
    return {face: face if face in here else None for face in FACES}


def _by_fontconfig() -> dict[str, str | None]:
    try:
        matched = {face: _asked("fc-match", "--format=%{family}", f"{face}:lang=zh-cn") for face in FACES}
        chinese = _asked("fc-list", ":lang=zh", "family")
    except (OSError, subprocess.SubprocessError):
        return dict.fromkeys(FACES)
    faces = {face: face if face in names else names[0] for face, names in matched.items() if names}
    if not chinese and not any(face == used for face, used in faces.items()):
        raise Refused([problem("pdf-no-face", OFFICE)])
    return {face: faces.get(face) for face in FACES}


def _asked(*command: str) -> list[str]:
    """Family names that a program of fontconfig tells; a font has one in each language."""
    told = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=_SECONDS
    )
    return [name for line in told.stdout.splitlines() for name in line.split(",") if name]


def _font_folders() -> Iterator[Path]:
    shared, own = _FOLDERS.get(sys.platform, _ELSEWHERE)
    yield from map(Path, shared)
    with suppress(RuntimeError):  # nobody's home is known
        yield from (Path.home() / folder for folder in own)
