"""Pictures of a template, a logo say: openpyxl alone drops them, so they are handed to it as they stand in the file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

from checklists.documents.excel.losses import relations, sheet_parts
from checklists.files.package import parse_xml

FORMATS = ("png", "jpeg", "jpg", "gif")
"""Endings of pictures that every office program shows."""


class Picture(Image):
    """What openpyxl asks of an image, which it would read with Pillow: where it stands, and its bytes."""

    def __init__(self, anchor: Any, ending: str, content: bytes) -> None:
        self.anchor, self.format, self.content = anchor, ending, content

    def _data(self) -> bytes:
        return self.content


def keep_pictures(workbook: Workbook, parts: Mapping[str, bytes]) -> None:
    """Give every sheet the pictures that it has in the package. Raises as reading damaged parts does."""
    for title, part in sheet_parts(parts):
        sheet: Any = workbook[title]
        if not sheet._images:  # with Pillow there openpyxl keeps them itself
            sheet._images.extend(_pictures(parts, part))


def _pictures(parts: Mapping[str, bytes], sheet: str) -> Iterator[Picture]:
    for _, kind, drawing in relations(parts, sheet):
        if not kind.endswith("/drawing") or drawing not in parts:
            continue
        targets = {name: target for name, _, target in relations(parts, drawing)}
        found: Any = SpreadsheetDrawing.from_tree(parse_xml(parts[drawing]))
        for blip in found._blip_rels:
            target = targets.get(blip.embed, "")
            ending = posixpath.splitext(target)[1].lstrip(".").lower()
            if target in parts and ending in FORMATS:
                yield Picture(blip.anchor, ending, parts[target])
