"""Lists as they were sent out: which item each number on the paper is, found by the serial that is printed on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checklists import limits
from checklists.batch.manifest import JSON_NAME, lines_of
from checklists.documents.catalogue import ACROSS, CHECKLIST
from checklists.documents.claims import DAY, DOCUMENT, EDITION, SERIAL, TYPES
from checklists.documents.excel.sheets import RESULTS
from checklists.documents.fields import FIRM_PROPERTY
from checklists.documents.properties import properties_of
from checklists.documents.word.filled import beside_labels, filled_rows
from checklists.documents.word.reading import printed_rows
from checklists.files.package import Damaged, damage_told, is_text, read_parts
from checklists.files.writing import read_file
from checklists.problems import Position, Refused, problem
from checklists.returns.opening import refuse_definitions, refuse_no_package
from checklists.returns.paper import source_told

_PROPERTIES = re.compile(r"docProps/custom|\[Content_Types\]|_rels/\.rels")


@dataclass(frozen=True)
class SentRow:
    """A row of the paper."""

    number: str
    item: str
    content: str


@dataclass(frozen=True)
class Sent:
    """A list that was sent out."""

    path: Path
    claims: Mapping[str, str]
    source: str
    """部门检查, or 企业自查 where that box is ticked."""
    rows: tuple[SentRow, ...]

    @property
    def serial(self) -> str:
        """编号."""
        return self.claims.get(SERIAL, "")


CLAIMS = (EDITION, DAY, SERIAL, TYPES, FIRM_PROPERTY)
"""What a list says of itself that goes on to its entry."""


def read_sent(path: Path) -> Sent:
    """Raises Refused for a file that cannot be read, or is no list of ours with its data."""
    position = Position(str(path))
    content = read_file(path, limits.FILE_BYTES)
    refuse_no_package(content, position)
    try:
        parts = read_parts(content, is_text)
        refuse_definitions(parts)
        with damage_told():
            claims = properties_of(parts)
            rows = filled_rows(parts, RESULTS)
            contents = {row.id: row.content for row in printed_rows(parts)}
            source = source_told(beside_labels(parts))
    except Damaged as damage:
        raise Refused([damage.problem("returns-damaged", position)]) from damage
    if claims.get(DOCUMENT) not in (CHECKLIST, ACROSS) or not rows:
        raise Refused([problem("enter-no-list", position)])
    numbered = ((re.match(r"\d+", row.number), row.item) for row in rows)
    told = tuple(SentRow(found[0], item, contents.get(item, "")) for found, item in numbered if found)
    return Sent(path, {name: claims.get(name, "") for name in CLAIMS}, source, told)


def lists_in(paths: Sequence[Path]) -> list[Path]:
    """The lists of files and folders, in order. Raises Refused for a path that is not there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.rglob("*.docx") if not one.name.startswith(("~$", ".")))
        elif path.exists():
            found.append(path)
        else:
            raise Refused([problem("file-missing", Position(str(path)))])
    return found


def with_serials(paths: Sequence[Path], wanted: Sequence[str]) -> dict[str, Path]:
    """The list of each serial; those that a manifest beside them tells are not opened."""
    found: dict[str, Path] = {}
    for path in paths:
        for serial, one in _by_manifest(path):
            found.setdefault(serial, one)
    missing = set(wanted) - found.keys()
    for path in lists_in(paths) if missing else ():
        if (serial := _serial_of(path)) in missing:
            found.setdefault(serial, path)
    return {serial: found[serial] for serial in wanted if serial in found}


def _by_manifest(path: Path) -> Iterator[tuple[str, Path]]:
    """Serial and list of every line of a manifest whose list is there: its own path, or the folder's."""
    manifest = path / JSON_NAME if path.is_dir() else path
    if manifest.name != JSON_NAME:
        return
    for line in lines_of(manifest):
        serial, word = str(line.get("serial", "")), str(line.get("word", ""))
        inside = Path(str(line.get("folder", "")), word)
        one = manifest.parent / inside
        if serial and word and not inside.is_absolute() and ".." not in inside.parts and one.is_file():
            yield serial.lower(), one


def _serial_of(path: Path) -> str:
    """Serial of a list; other documents of the same serial lie beside it."""
    try:
        parts = read_parts(read_file(path, limits.FILE_BYTES), lambda name: bool(_PROPERTIES.match(name)))
        with damage_told():
            claims = properties_of(parts)
    except (Damaged, Refused):
        return ""
    return claims.get(SERIAL, "").lower() if claims.get(DOCUMENT) in (CHECKLIST, ACROSS) else ""
