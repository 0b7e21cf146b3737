"""Files as a browser takes them: one as it is, several in a zip; never kept by a browser or a proxy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import quote

from starlette.responses import Response

KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def download(files: Mapping[str, bytes], called: str) -> Response:
    """One file under its name; several as ``called``.zip."""
    name, content = next(iter(files.items())) if len(files) == 1 else (f"{called}.zip", zipped(files))
    return Response(content, media_type=KINDS[PurePath(name).suffix], headers=attached(name))


def attached(name: str) -> dict[str, str]:
    """Headers of a file that is saved under ``name`` (RFC 6266)."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "cache-control": "no-store"}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files packed; they are packed already, so that they are only laid beside each other."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()
