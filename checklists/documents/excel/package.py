"""What of a workbook's package tells of its sheets: the names that reach over them, and which sheets there are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl import Workbook

from checklists.documents.excel.cells import MAIN, bare_xml
from checklists.documents.excel.reach import NOWHERE, Reach, settled, stretched
from checklists.documents.template_package import CONTENT_TYPES
from checklists.files.package import relations, xml_bytes

BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LOCAL = re.compile(r' localSheetId="([0-9]+)"')


@dataclass(frozen=True)
class Name:
    """A defined name: its element cut before what it refers to."""

    start: str
    name: str
    text: str
    sheet: str
    """Title of the sheet that it is of alone; empty for one of the whole workbook."""
    over: str
    """Title of the sheet over whose cells it reaches, if it is one."""
    prints: bool
    """Whether it is a print area, which takes in lines to sign on."""


@dataclass(frozen=True)
class Package:
    """Parts that no list changes, and what tells of the sheets."""

    parts: Mapping[str, bytes] = field(repr=False)
    sheets: Mapping[str, str]
    """Part by title."""
    before: str
    entries: Mapping[str, str]
    """Element by title of the sheet."""
    names: tuple[Name, ...]
    after: str
    known: dict[tuple[str, ...], dict[str, bytes]] = field(default_factory=dict, repr=False, compare=False)
    """Parts by the titles of the sheets that are there."""


_CELLS_OF = re.compile(r"(?:'((?:[^']|'')*)'|([^'!,:$]+))!\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?")
_PRINT_AREA, _FILTER = "_xlnm.Print_Area", "_xlnm._FilterDatabase"


def package_of(parts: Mapping[str, bytes], workbook: Workbook, sheets: Mapping[str, str]) -> Package:
    """Take the package of a workbook apart that openpyxl has just written."""
    root = etree.fromstring(parts[BOOK])
    titles = list(sheets)
    entries, names = root.find(f"{{{MAIN}}}sheets"), root.find(f"{{{MAIN}}}definedNames")
    told = parts[BOOK].decode()
    before, _, rest = told.partition("<sheets>")
    after = rest.partition("</definedNames>")[2] if names is not None else rest.partition("</sheets>")[2]
    after = after.removeprefix("<definedNames/>")
    return Package(
        parts={name: part for name, part in parts.items() if name not in (BOOK, *sheets.values())},
        sheets=sheets,
        before=before,
        entries={one.get("name", ""): bare_xml(one) for one in (entries if entries is not None else ())},
        names=tuple(_name(one, titles) for one in (names if names is not None else ())),
        after=after,
    )


def _name(element: etree._Element, titles: list[str]) -> Name:
    text, name, local = element.text or "", element.get("name", ""), element.get("localSheetId")
    whole = bare_xml(element)
    areas = [_CELLS_OF.fullmatch(area) for area in text.split(",")]
    owners = {(found[1] or found[2]).replace("''", "'") if found else "" for found in areas}
    return Name(
        start=whole[: whole.index(">") + 1],
        name=name,
        text=text,
        sheet=titles[int(local)] if local is not None else "",
        over=owners.pop() if len(owners) == 1 else "",
        prints=name == _PRINT_AREA,
    )


def lost_names(package: Package, titles: Collection[str]) -> frozenset[str]:
    """Names of the whole workbook that refer to a sheet which is not there: no drop-down offers them."""
    return frozenset(name.name for name in package.names if not name.sheet and not settled(name.text, titles))


def book_parts(package: Package, reaches: Mapping[str, Reach | None]) -> dict[str, bytes]:
    """All parts but the sheets; ``reaches``: how far the table of each sheet that is there reaches, by title."""
    titles = tuple(reaches)
    if titles not in package.known:
        package.known[titles] = dict(_parts_with(package, titles))
    names = "".join(f"{name.start}{escape(text)}</definedName>" for name, text in _names(package, reaches))
    sheets = "".join(package.entries[title] for title in titles)
    told = f"<definedNames>{names}</definedNames>" if names else "<definedNames/>"
    book = f"{package.before}<sheets>{sheets}</sheets>{told}{package.after}"
    return {**package.known[titles], BOOK: book.encode()}


def names_of(package: Package, reaches: Mapping[str, Reach | None]) -> dict[str, str]:
    """What each name of the whole workbook refers to."""
    return {name.name: text for name, text in _names(package, reaches) if not name.sheet}


def _names(package: Package, reaches: Mapping[str, Reach | None]) -> Iterator[tuple[Name, str]]:
    titles = list(reaches)
    for name in package.names:
        if name.sheet and name.sheet not in reaches:
            continue
        text, reach = name.text, reaches.get(name.over)
        if name.sheet:
            start = _LOCAL.sub(f' localSheetId="{titles.index(name.sheet)}"', name.start)
            name = replace(name, start=start)
        if not name.sheet and not settled(text, titles):
            text = NOWHERE
        elif reach:
            text = _stretched(text, reach.model_row, reach.last if name.prints else reach.end)
        yield name, text


@lru_cache(maxsize=4096)
def _stretched(text: str, model_row: int, last: int) -> str:
    areas = (area.rpartition("!") for area in text.split(","))
    return ",".join(f"{owner}{sign}{stretched(cells, model_row, last)}" for owner, sign, cells in areas)


# ---------------------------------------------------------------- sheets that are not there


def _parts_with(package: Package, titles: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The parts without those that only the sheets hold which are not there."""
    parts = package.parts
    gone = {part for title, part in package.sheets.items() if title not in titles}
    gone |= set(_reached(parts, gone))
    kept = {part for title, part in package.sheets.items() if title in titles}
    gone -= set(_reached(parts, kept))
    for name, content in parts.items():
        if name == CONTENT_TYPES:
            yield name, _without(content, lambda one: one.get("PartName", "").lstrip("/") in gone)
        elif name == BOOK_RELATIONS:
            yield name, _without(content, lambda one: _target(one) in gone)
        elif name not in gone and _owner(name) not in gone:
            yield name, content


def _reached(parts: Mapping[str, bytes], names: Collection[str]) -> Iterator[str]:
    """Parts that these lead to, and those that they lead to."""
    seen, waiting = set(names), list(names)
    while waiting:
        for _, _, target in relations(parts, waiting.pop()):
            if target in parts and target not in seen:
                seen.add(target)
                waiting.append(target)
                yield target


def _owner(name: str) -> str:
    """The part whose relations a part tells; its own name for any other."""
    folder, found, file = name.rpartition("_rels/")
    return folder + file.removesuffix(".rels") if found else name


def _target(relation: etree._Element) -> str:
    return posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")


def _without(content: bytes, is_gone: Callable[[etree._Element], bool]) -> bytes:
    root = etree.fromstring(content)
    for one in list(root):
        if is_gone(one):
            root.remove(one)
    return xml_bytes(root)
