"""One zip of a batch's folder: same files, same bytes. The documents are zips already and are stored as they are."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from checklists.files.writing import open_part, read_file

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can tell."""
_UNIX, _READABLE, _UTF8_NAMES = 3, 0o100644 << 16, 0x800


class _Entry(zipfile.ZipInfo):
    """An entry that says of every name that it is UTF-8: zipfile says so of those with other than ASCII letters only."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 -- zipfile's own
        return self.filename.encode(), self.flag_bits | _UTF8_NAMES


def zip_files(folder: Path, names: Iterable[tuple[str, str]], part: Path) -> None:
    """Write the zip ``part``, which is not there yet, with files of ``folder``: name in the folder, name in the zip.

    Raises OSError, and Refused when a file is missing.
    """
    with (
        open(open_part(str(part)), "wb") as opened,  # noqa: PTH123 -- an open handle
        zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED) as archive,
    ):
        for name, shown in names:
            entry = _Entry(shown, _DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, read_file(folder / name))
