"""Many PDFs as one file to be printed: every document begins on a sheet of its own, every enterprise has a bookmark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from checklists.problems import Position, Refused, problem

Chapter = tuple[str, Sequence[Path]]
"""What the bookmark says, and the PDFs behind it."""


def write_print_file(part: Path, title: str, chapters: Iterable[Chapter]) -> None:
    """Write the chapters one behind the other into ``part``; the same PDFs give the same bytes.

    A document with an odd number of pages is followed by an empty one, so that both sides of the paper may be printed
    on and no sheet belongs to two. Raises Refused for a PDF that cannot be read, OSError.
    """
    writer = PdfWriter()
    writer.add_metadata({"/Title": title})
    for name, paths in chapters:
        begins = len(writer.pages)
        for path in paths:
            _append(writer, path)
        if len(writer.pages) > begins:
            writer.add_outline_item(title=name, page_number=begins)
    with part.open("wb") as opened:
        writer.write(opened)
    writer.close()


def _append(writer: PdfWriter, path: Path) -> None:
    try:
        with path.open("rb") as opened:
            writer.append(PdfReader(opened), import_outline=False)
        if len(writer.pages) % 2:
            writer.add_blank_page()
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as failure:
        raise Refused([problem("pdf-unread", Position(str(path)))]) from failure
