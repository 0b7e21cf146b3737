"""An enterprise."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from checklists.models.items import FactValue
from checklists.models.texts import Model


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
    facts: dict[str, FactValue] = Field(default_factory=dict)
