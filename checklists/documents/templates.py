"""Which template a document is filled from: a type's own where there is one, else the common one."""

from __future__ import annotations

from pathlib import Path

from checklists.checklist.build import Checklist


def template_for(folder: Path, name: str, checklist: Checklist) -> Path:
    """``folder/<类型>/<name>`` when the enterprise is of one type that has its own, else ``folder/<name>``."""
    if len(checklist.profile.type_names) == 1:
        own = folder / checklist.profile.type_names[0] / name
        if own.exists():
            return own
    return folder / name
