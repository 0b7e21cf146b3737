"""A draft made beside the rules it would change; a folder of one's own begins as a copy of the installation's."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

from checklists.data import data_folder, inside_installation
from checklists.files.writing import OLD, unwritable, write_file
from checklists.problems import Position, Refused, problem
from checklists.rules.drafts.model import draft_schema
from checklists.rules.drafts.propose import Proposed, proposals
from checklists.rules.drafts.write import draft_path, draft_text
from checklists.rules.folder import SCHEMA
from checklists.rules.library import Library
from checklists.rules.vocabulary import VOCABULARY


@dataclass(frozen=True)
class Drafted:
    """Where the draft is, and what it proposes."""

    path: Path
    proposed: tuple[Proposed, ...]


def rules_or_copied(folder: Path) -> Path:
    """The folder of rules to read: ``folder``, or the installation's where it is new. Raises Refused."""
    position = Position(str(folder))
    if inside_installation(folder):
        raise Refused([problem("draft-installed", position)])
    try:
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return data_folder("rules")
    except OSError as failure:
        raise unwritable(folder, failure) from failure
    if not (folder / VOCABULARY).exists():
        raise Refused([problem("draft-folder", position)])
    return folder


def make_draft(library: Library, notice: str, folder: Path) -> Drafted:
    """Draft a notice in ``folder``, which begins as a copy of the library's rules where it is new. Raises Refused."""
    path = draft_path(folder, notice)
    if path.exists():
        raise Refused([problem("draft-taken", Position(str(path)), notice=notice)])
    citing = sum(basis.notice == notice for item in library.items for basis in item.basis)
    if citing:
        raise Refused([problem("draft-cited", Position(str(folder)), notice=notice, count=citing)])
    proposed = tuple(proposals(library, notice))
    if library.folder != folder:
        _copy(library.folder, folder)
    path.parent.mkdir(exist_ok=True)
    schema = json.dumps(draft_schema(), ensure_ascii=False, indent=1)
    write_file(path.parent / SCHEMA, f"{schema}\n".encode())
    write_file(path, draft_text(library.notices[notice], proposed).encode())
    return Drafted(path, proposed)


def _copy(base: Path, folder: Path) -> None:
    """A copy of ``base``, made beside ``folder`` and moved into its place whole."""
    beside: Path | None = None
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".rules-", dir=folder.absolute().parent))
        copytree(base, beside / "rules", ignore=ignore_patterns(".*", OLD))
        if folder.exists():  # empty: not every system moves a folder onto one
            folder.rmdir()
        (beside / "rules").rename(folder)
    except OSError as failure:
        raise unwritable(folder, failure) from failure
    finally:
        if beside:
            rmtree(beside, ignore_errors=True)
