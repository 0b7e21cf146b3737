"""Where rules, templates and seeds are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Folder ``rules``, ``templates`` or ``seeds`` that came with this installation."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def inside_installation(folder: Path, package: Path = _PACKAGE) -> bool:
    """True for a folder of the installed package, which the next installation replaces.

    The folders beside the package in a checkout are its owner's own. Links are followed.
    """
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(package))
