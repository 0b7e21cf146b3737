"""An enterprise, and what the office that inspects it prints of itself."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from checklists.models.items import FactValue
from checklists.models.texts import Model

Purpose = Literal["执法检查", "督导检查", "指导服务", "企业自查"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
"""用途, in the order of their boxes."""
MOST_INSPECTORS = 2


def in_order(purposes: tuple[Purpose, ...]) -> tuple[Purpose, ...]:
    """Each purpose once, in the order of the boxes."""
    return tuple(one for one in PURPOSES if one in purposes)


Purposes = Annotated[tuple[Purpose, ...], AfterValidator(in_order)]


class Inspector(Model):
    """检查人员 with his 证号, which may be empty: a line to write on."""

    name: str
    card: str = ""


class Office(Model):
    """What a paper says of its occasion: who inspects, where, for what, under which number.

    It decides no item and enters neither serial nor fingerprint. Empty: lines to write on, boxes to tick.
    """

    town: str = ""
    """乡镇／街道 of the enterprise."""
    agency: str = ""
    """检查单位."""
    inspectors: Annotated[tuple[Inspector, ...], Field(max_length=MOST_INSPECTORS)] = ()
    document_number: str = ""
    """文书编号, the office's own; the serial (编号) is the program's."""
    purposes: Purposes = ()


NO_OFFICE = Office()


class Enterprise(Model):
    """企业: who it is, where, of which types, with which facts. Empty texts print as lines to write on."""

    name: str = ""
    code: str = ""
    """统一社会信用代码, 18 characters."""
    address: str = ""
    place: str = ""
    """Empty: somewhere in the province of the installation."""
    types: Annotated[tuple[str, ...], Field(min_length=1)]
    person: str = ""
    phone: str = ""
    contact: str = ""
    """联系人, where it is somebody else than the head of the enterprise."""
    email: str = ""
    facts: dict[str, FactValue] = Field(default_factory=dict)
    office: Office = NO_OFFICE
    """What is told of the occasion of inspecting it."""
