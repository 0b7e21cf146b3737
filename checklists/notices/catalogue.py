"""Which notices there are: ``seeds/notices.yaml``, read into :class:`checklists.models.Notice` and checked."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checklists.models import Notice, Places
from checklists.places import place_chain
from checklists.problems import Position, Problem, Refused, problem
from checklists.yamlfile.entries import read_each
from checklists.yamlfile.reading import Lines, Location, line_of, read_yaml, validated

CATALOGUE = "notices.yaml"
FIRST_YEAR = 1949
FIELD_NAMES = {"title": "标题", "number": "文号", "issuer": "发文机关"}

PositionOf = Callable[[str], Position]
"""Where a field of a notice stands: a line of the catalogue, or an option of the command line."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ID, _LONGEST_TEXT = 60, 200
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_NOT_PRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that show nothing on paper: controls, marks of direction, halves of a pair, private use."""


def load_notices(folder: Path, places: Places | None = None) -> tuple[list[Notice], list[Problem]]:
    """The notices of ``folder`` in the order of its catalogue, and what is wrong with the catalogue.

    A notice that is wrong is left out and reported; the others are returned. Places are checked when the
    ``places`` that there are are given.
    """
    path = folder / CATALOGUE
    value, lines, problems = read_yaml(path)
    if problems:
        return [], problems
    entries = value.get("notices", "") if isinstance(value, dict) else ""
    if not isinstance(entries, list):
        return [], [problem("field-missing", Position(str(path), 1), field="notices")]
    others = [name for name in value if name != "notices"]
    problems = [
        problem(
            "field-unknown",
            Position(str(path), line_of(lines, (name,))),
            field=name,
            hint="这里只写 notices。",
        )
        for name in others
    ]
    notices, wrong = _notices(entries, lines, path, places)
    return notices, problems + wrong


def _notices(
    entries: list[Any], lines: Lines, path: Path, places: Places | None
) -> tuple[list[Notice], list[Problem]]:
    sound: dict[str, Notice] = {}

    def read(entry: Any, at: Location) -> tuple[Notice | None, list[Problem]]:
        notice, wrong = validated(Notice, entry, lines, path, at)
        if notice:
            wrong = _catalogue_problems(
                notice, sound, places, lambda field: Position(str(path), line_of(lines, (*at, field)))
            )
        if notice and not wrong:
            sound[notice.id] = notice
        return notice, wrong

    _, problems = read_each(path, ((("notices", index), entry) for index, entry in enumerate(entries)), read)
    return list(sound.values()), problems


def _catalogue_problems(
    notice: Notice, others: dict[str, Notice], places: Places | None, position_of: PositionOf
) -> list[Problem]:
    if notice.id in others:
        return [problem("field-wrong", position_of("id"), field="id", why=f"「{notice.id}」写了两次")]
    found = notice_problems(notice, position_of)
    if places:
        found += place_problems(notice.place, places, position_of("place"))
    return found


# ---------------------------------------------------------------- one notice


def notice_problems(notice: Notice, position_of: PositionOf) -> list[Problem]:
    """What is wrong with id, file, title, number, issuer, year and date of one notice, each at its field."""
    texts = {"title": notice.title, "number": notice.number, "issuer": notice.issuer}
    return [
        *id_problems(notice.id, position_of("id")),
        *_file_problems(notice.file, position_of("file")),
        *(
            found
            for field, text in texts.items()
            if text is not None
            for found in text_problems(field, text, position_of(field))
        ),
        *year_problems(notice.year, position_of("year")),
    ]


def id_problems(name: str, position: Position) -> list[Problem]:
    """An id becomes a file name on every system and a plain word in YAML."""
    sound = _ID.fullmatch(name) and len(name) <= _LONGEST_ID
    if sound and not _DEVICE.match(name) and name not in _YAML_WORDS:
        return []
    return [problem("notice-id", position, notice=_shown(name))]


def _file_problems(name: str, position: Position) -> list[Problem]:
    """The text lies in the folder itself, under a name that every system takes."""
    plain = not _NOT_IN_FILE_NAMES.search(name) and name == name.strip(" .") and not _DEVICE.match(name)
    return [] if plain and name != CATALOGUE else [problem("notice-file", position, name=_shown(name))]


def text_problems(field: str, text: str, position: Position) -> list[Problem]:
    """A title, number or issuer is printed as it is written: something to see, no blanks around it."""
    name = FIELD_NAMES[field]
    if not text.strip():
        return [problem("notice-text-empty", position, field=name)]
    if len(text) > _LONGEST_TEXT:
        return [problem("notice-text-long", position, field=name, count=len(text), most=_LONGEST_TEXT)]
    for number, char in enumerate(text, start=1):
        if unicodedata.category(char) in _NOT_PRINTED or ord(char) & 0xFFFE == 0xFFFE:
            char_code = f"U+{ord(char):04X}"
            return [problem("notice-text-char", position, field=name, number=number, char=char_code)]
    if text != text.strip():
        return [problem("notice-text-blank", position, field=name)]
    return []


def year_problems(year: int, position: Position) -> list[Problem]:
    """A notice is of this century or the last, next year's at the latest."""
    latest = datetime.datetime.now().astimezone().year + 1
    if FIRST_YEAR <= year <= latest:
        return []
    return [problem("notice-year-range", position, year=year, first=FIRST_YEAR, last=latest)]


def place_problems(name: str, places: Places, position: Position) -> list[Problem]:
    """A notice binds where its place stands in the chain of an enterprise's, so the place is written in one way."""
    try:
        wanted = place_name(name, places, position)
    except Refused as refused:
        return list(refused.problems)
    return [] if name == wanted else [problem("notice-place", position, name=_shown(name), wanted=wanted)]


def place_name(name: str, places: Places, position: Position) -> str:
    """「阳城县」 for 「山西省晋城市阳城县」; a district whose name another city has too keeps its city before it.

    Raises Refused for a place that is none of ``places``, or more than one.
    """
    if not name.strip():
        raise Refused([problem("notice-text-empty", position, field="地方")])
    chain = place_chain(places, name, position)
    try:
        place_chain(places, chain[-1], position)
    except Refused:
        return "".join(chain[1:])
    return chain[-1]


def _shown(text: str) -> str:
    """A text that may hold anything, fit to stand in a message of one line."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[:60])
