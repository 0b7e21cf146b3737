"""A notice taken out of a folder of one's own: its entry goes, its text is moved aside, nothing is deleted."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml

from checklists.data import inside_installation
from checklists.files.writing import read_file, unwritable, write_file
from checklists.models import Places
from checklists.notices.catalogue import CATALOGUE, load_notices
from checklists.problems import Position, Refused, errors, problem

ASIDE = "移出的通知"


def remove_notice(seeds: Path, name: str, places: Places) -> Path | None:
    """Take the notice out of the catalogue of ``seeds`` and move its text to a folder there; where the text is now.

    None where another notice stands in the same file. Raises Refused for a folder of the installation, and for a catalogue
    that would read otherwise; the folder is as it was then.
    """
    if inside_installation(seeds):
        raise Refused([problem("import-installed", Position(str(seeds)))])
    catalogue = seeds / CATALOGUE
    known, problems = load_notices(seeds, places)
    if errors(problems):
        raise Refused(problems)
    notice = next(one for one in known if one.id == name)
    others = [one for one in known if one.id != name]
    before = read_file(catalogue)
    try:
        after = _without(before.decode("utf-8"), name).encode("utf-8")
    except (yaml.YAMLError, ValueError) as failure:
        raise Refused([problem("remove-form", Position(str(catalogue)), notice=name)]) from failure
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / CATALOGUE).write_bytes(after)
        read, wrong = load_notices(Path(folder), places)
    if errors(wrong) or read != others:
        raise Refused([problem("remove-form", Position(str(catalogue)), notice=name)])
    write_file(catalogue, after)
    if any(one.file == notice.file for one in others) or not (seeds / notice.file).is_file():
        return None
    return _moved_aside(seeds, notice.file)


def _moved_aside(seeds: Path, name: str) -> Path:
    """The text in the folder of what was taken out, under a name that nothing has there."""
    folder, stem = seeds / ASIDE, Path(name).stem
    number = 1
    try:
        folder.mkdir(exist_ok=True)
        while (target := folder / (name if number == 1 else f"{stem}-{number}{Path(name).suffix}")).exists():
            number += 1
        (seeds / name).rename(target)
    except OSError as failure:
        raise unwritable(folder, failure) from failure
    return target


def _without(catalogue: str, name: str) -> str:
    """The catalogue's text without the entry; nothing else of it changes."""
    root = yaml.compose(catalogue, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    notices = next((value for key, value in pairs if key.value == "notices"), None)
    if not isinstance(notices, yaml.SequenceNode) or notices.flow_style:
        raise ValueError("notices 不是一条一条的列表")
    index = next(at for at, node in enumerate(notices.value) if _id_of(node) == name)
    lines = catalogue.splitlines(keepends=True)
    first = notices.value[index].start_mark.line
    last = (
        notices.value[index + 1].start_mark.line
        if index + 1 < len(notices.value)
        else _end(notices.value[index], lines)
    )
    if len(notices.value) == 1:
        key = next(key for key, _ in pairs if key.value == "notices")
        return "".join([*lines[: key.start_mark.line], "notices: []\n", *lines[last:]])
    while first and not lines[first - 1].strip() and index + 1 == len(notices.value):
        first -= 1
    return "".join([*lines[:first], *lines[last:]])


def _end(node: Any, lines: list[str]) -> int:
    """The line behind the last entry: blank lines and remarks behind it stay."""
    last = int(node.end_mark.line)
    while last and (
        last > len(lines) or not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")
    ):
        last -= 1
    return last


def _id_of(node: Any) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")
