"""The fields of one enterprise that a document prints, and the marks that stand for them in a plate.

A template is filled once for all enterprises that share a checklist. Where it prints ``{{ enterprise.name }}`` the
plate holds a mark; stamping puts each enterprise's own text there. The marks are written with two private-use
characters, which no text from a user may contain (they are removed from it).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from checklists.checklist.build import Checklist
from checklists.documents.properties import property_lines
from checklists.models import MOST_INSPECTORS, NO_OFFICE, PURPOSES, Enterprise, Inspector, Office
from checklists.text import clean

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([a-z_]+(?:[?][0-9]+:[0-9]+)?){CLOSE}")
NOT_TOLD = {1: "（未写市、县，市县要求未列入）", 2: "（未写县，县级要求未列入）", 3: ""}
"""What stands behind the place when so many of province, city and county are known."""
WRITING_LINE = "＿" * 12
"""A line to write the name on; the shipped Word templates print the name where the cell has an edge, and need none."""

FIELD_NAMES: dict[str, str] = {
    "name": "单位名称（空白表为空）",
    "name_or_line": "单位名称（空白表为一条书写线）",
    "code": "统一社会信用代码",
    "address": "地址",
    "place": "所在地（如 阳城县）",
    "place_in_full": "所在地全称（如 山西省晋城市阳城县；没写市、县的注明）",
    "person": "主要负责人",
    "phone": "电话",
    "serial": "编号",
    "name_short": "单位名称，超过 24 字的截短，用在页眉页脚",
    "town": "乡镇／街道",
    "agency": "检查单位",
    "inspector_one": "第一名检查人员",
    "inspector_one_card": "他的证号",
    "inspector_two": "第二名检查人员",
    "inspector_two_card": "他的证号",
    "document_number": "文书编号（本机关的；serial 是软件的编号）",
    "purposes": "用途：四个方框，选中的是 √",
}
NAME_ROOM = 24
"""Letters of ``name_short``."""
BETWEEN_BOXES = " "

ENTERPRISE = "enterprise"
"""Name under which a template sees the fields."""
FIRM, FIRM_XML = "firm", "firm_xml"
"""Marks that no template prints: the enterprise as data, as a text and as ready properties of the file."""
FIRM_PROPERTY, FIRM_DIGEST = "企业", "企业摘要"
_FIRM_FIELDS = ("name", "code", "address", "place", "person", "phone")
_FIRST_PROPERTY = 1001
"""Number of the first property of the enterprise; those that all enterprises share come before."""

_NOBODY = (Inspector(name=""),) * MOST_INSPECTORS

_NOT_PLAIN = re.compile("[\\s\x7f-\x9f\ud800-\udfff\ufffe\uffff\ue000\ue001]")


class EnterpriseFields:
    """What a template sees as ``enterprise``: every known field prints as its mark."""

    def __getattr__(self, name: str) -> str:
        if name not in FIELD_NAMES:
            raise AttributeError(name)
        return mark(name)


def mark(name: str) -> str:
    """The text that stands for a field in a plate."""
    return f"{OPEN}{name}{CLOSE}"


def choice(name: str, empty: int, filled: int) -> str:
    """The text that stands for one of two numbers in a plate, by whether the enterprise's field is empty."""
    return f"{OPEN}{name}?{empty}:{filled}{CLOSE}"


def chosen(told: str, values: Mapping[str, str]) -> str:
    """What a choice (``name?12:13``) prints for an enterprise."""
    name, _, numbers = told.partition("?")
    empty, _, filled = numbers.partition(":")
    return filled if values[name] else empty


def field_values(checklist: Checklist) -> Mapping[str, str]:
    """Text of every field for the checklist's enterprise."""
    return enterprise_values(checklist.enterprise, checklist.serial, checklist.profile.places)


def enterprise_values(told: Enterprise, serial: str, places: Sequence[str]) -> Mapping[str, str]:
    """Text of every field for an enterprise, cleaned, and the enterprise as data.

    ``places``: province, city, county, as far as they are known.
    """
    values = {
        "name": told.name,
        "code": told.code,
        "address": told.address,
        "place": told.place,
        "place_in_full": "".join(places) + NOT_TOLD[len(places)],
        "person": told.person,
        "phone": told.phone,
        "serial": serial,
    }
    firm = firm_text(told)
    digest = hashlib.sha256(f"{serial}\n{firm}".encode()).hexdigest()[:32]
    texts = {name: clean(text) for name, text in values.items()}
    return {
        **texts,
        "name_or_line": texts["name"] or WRITING_LINE,
        "name_short": short_name(told.name),
        **office_values(told.office),
        FIRM: firm,
        FIRM_XML: property_lines({FIRM_PROPERTY: firm, FIRM_DIGEST: digest}, _FIRST_PROPERTY),
    }


def short_name(name: str) -> str:
    """The name for heads and feet: of one over 24 letters the first 24 and …"""
    whole = clean(name)
    return whole if len(whole) <= NAME_ROOM else f"{whole[:NAME_ROOM].rstrip()}…"


@lru_cache(maxsize=64)
def office_values(office: Office) -> Mapping[str, str]:
    """Text of every field that an office prints of itself and of the occasion, cleaned."""
    one, two = (*office.inspectors, *_NOBODY)[:MOST_INSPECTORS]
    values = {
        "town": office.town,
        "agency": office.agency,
        "inspector_one": one.name,
        "inspector_one_card": one.card,
        "inspector_two": two.name,
        "inspector_two_card": two.card,
        "document_number": office.document_number,
    }
    boxes = (f"{'√' if purpose in office.purposes else '□'}{purpose}" for purpose in PURPOSES)
    return {**{name: clean(text) for name, text in values.items()}, "purposes": BETWEEN_BOXES.join(boxes)}


def firm_text(told: Enterprise) -> str:
    """The enterprise to the letter as JSON, without its types: what was told of it, and no blank in the text.

    Of the office only what was told: without it a document is the one that it always was.
    """
    value: dict[str, Any] = {name: getattr(told, name) for name in _FIRM_FIELDS} | {"facts": told.facts}
    if told.office != NO_OFFICE:
        value["office"] = told.office.model_dump(exclude_defaults=True)
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _NOT_PLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def enterprise_of(text: str, types: tuple[str, ...]) -> Enterprise:
    """The enterprise that :func:`firm_text` wrote. Raises ValueError for a text that says something else."""
    try:
        return Enterprise.model_validate({**json.loads(text), "types": types})
    except (TypeError, RecursionError) as failure:
        raise ValueError(str(failure)) from failure
