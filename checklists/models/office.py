"""``office.yaml``: what an office prints on every paper, written once beside its files."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from checklists.models.enterprise import MOST_INSPECTORS, Purposes
from checklists.models.texts import Model, Text

_BETWEEN = re.compile("[、，,；;]+")


@lru_cache(maxsize=1024)
def parted(text: str) -> tuple[str, ...]:
    """Names in one text, parted by 、 or a comma; a blank may be part of a name (张　三)."""
    return tuple(name.strip() for name in _BETWEEN.split(text) if name.strip())


def _several(value: Any) -> Any:
    """One text may name several."""
    return parted(value) if isinstance(value, str) else value


def _digits(value: Any) -> Any:
    """A number of digits alone is written without quotes."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _named(value: Any) -> Any:
    """A name alone is an inspector without a number, a number alone is none."""
    if isinstance(value, str):
        return {"姓名": value}
    if not isinstance(value, dict) or value.keys() <= {"证号"}:
        raise PydanticCustomError("inspector", "no inspector")
    return value


class _File(Model):
    """The names in the file are Chinese; ours are none of its."""

    model_config = ConfigDict(populate_by_name=False)


class InspectorEntry(_File):
    """检查人员: 姓名, and 证号 where there is one."""

    name: Text = Field(alias="姓名")
    card: Annotated[Text, BeforeValidator(_digits)] = Field("", alias="证号")


class OfficeFile(_File):
    """``office.yaml`` as a whole; a 文书编号 is no paper's but one, and not in it."""

    agency: Text = Field("", alias="检查单位")
    inspectors: Annotated[
        tuple[Annotated[InspectorEntry, BeforeValidator(_named)], ...], Field(max_length=MOST_INSPECTORS)
    ] = Field((), alias="检查人员")
    purposes: Annotated[Purposes, BeforeValidator(_several)] = Field((), alias="用途")
    town: Text = Field("", alias="乡镇")
