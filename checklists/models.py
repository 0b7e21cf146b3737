"""The values that travel through the program. All are frozen; unknown keys are errors."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Weight = Literal["key", "normal"]
Category = Literal["基础管理", "现场管理"]
Every = Literal["shift", "week", "month", "quarter", "year"]
Says = Literal["requires", "urges", "targets", "forbids"]
How = Literal["查资料", "看现场", "问人员", "抽考", "测试", "查系统"]
Season = Literal["汛期", "冬季", "节前", "复工复产"]

SAYS_NAMES: dict[str, str] = {"requires": "要求", "urges": "推动", "targets": "整治", "forbids": "禁止"}
EVERY_NAMES: dict[str, str] = {
    "shift": "日查",
    "week": "周查",
    "month": "月查",
    "quarter": "季查",
    "year": "年查",
}


def _day(value: Any) -> Any:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[datetime.date, BeforeValidator(_day)]
Text = Annotated[str, Field(min_length=1)]


class Model(BaseModel):
    """Base of all: frozen, strict about keys, filled by the names that stand in the YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


# ---------------------------------------------------------------- notices


class Correction(Model):
    """A damaged place of a received text: what stands there, how it is read, and why."""

    at: int
    """Line in the seed file where ``received`` begins."""
    received: str
    read: str
    why: Text


class Notice(Model):
    """One government document: 通知、意见、任务清单."""

    id: Text
    title: Text
    number: str | None = None
    issuer: Text
    place: Text
    year: int
    date: Day | None = None
    file: Text
    lines: tuple[int, int]
    sectors: dict[str, list[str]] = Field(default_factory=dict)
    """For a section whose paragraphs name their sector without a label: path -> sector names in order."""
    corrections: tuple[Correction, ...] = ()

    @property
    def since(self) -> datetime.date:
        """Day from which it speaks: its date, else 1 January of its year (nine notices print no date)."""
        return self.date or datetime.date(self.year, 1, 1)


class Clause(Model):
    """One addressable paragraph of a notice."""

    notice: Text
    path: Text
    heading: str = ""
    text: str
    departments: tuple[str, ...] = ()
    lines: tuple[int, int]


# ---------------------------------------------------------------- items


class Comparison(Model):
    """A condition on a number or a choice. 以上 includes the number (at-least), 超过 does not (more-than)."""

    at_least: float | None = Field(None, alias="at-least")
    more_than: float | None = Field(None, alias="more-than")
    at_most: float | None = Field(None, alias="at-most")
    less_than: float | None = Field(None, alias="less-than")
    any_of: tuple[str, ...] | None = Field(None, alias="any-of")


FactValue = bool | int | float | str
Condition = Comparison | bool | int | float | str


class Basis(Model):
    """Where an item comes from: notice, clause, words, and when they hold."""

    notice: Text
    clause: Text
    says: Says
    quote: Text
    since: Day | None = Field(None, alias="from")
    until: Day | None = None
    due: Day | None = None


class Item(Model):
    """One observable fact that is so or is not so."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")]
    industry: str = ""
    title: Text
    content: Text
    standard: Text
    where: Text
    how: Annotated[tuple[How, ...], Field(min_length=1)]
    evidence: Text
    rectify: Text
    support: str = ""
    weight: Weight = "normal"
    major: bool = False
    category: Category
    departments: Annotated[tuple[str, ...], Field(min_length=1)]
    every: Every
    season: Season | None = None
    applies: dict[str, Condition] = Field(default_factory=dict)
    replaces: tuple[str, ...] = ()
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]


class Disposition(Model):
    """Why a stretch of a clause asks nothing of an enterprise; without ``text``, all of the clause not quoted."""

    clause: Text
    text: str | None = None
    status: Literal["government-only", "narrative", "not-observable"]
    reason: Text


class Term(Model):
    """A word of the notices: spelled out by a clause, or only named and then not explained."""

    term: Text
    notice: Text
    clause: Text
    quote: Text
    meaning: str = ""
    """Empty: the notices only name it."""


# ---------------------------------------------------------------- vocabulary


class Fact(Model):
    """A typed property of an enterprise."""

    name: Text
    kind: Literal["yes-no", "number", "choice"]
    unit: str = ""
    choices: tuple[str, ...] = ()
    question: str = ""
    brings: tuple[str, ...] = ()
    """Industries that a true value adds to the enterprise's."""


class TypeFacts(Model):
    """Facts a type settles, finds out, and takes for usual."""

    fixed: dict[str, FactValue] = Field(default_factory=dict)
    asks: tuple[str, ...] = ()
    default: dict[str, FactValue] = Field(default_factory=dict)


class EnterpriseType(Model):
    """What an inspector picks: 井工煤矿、加油站、餐饮用气单位 …"""

    id: str = ""
    name: Text
    group: str = ""
    aliases: tuple[str, ...] = ()
    industries: tuple[str, ...]
    facts: TypeFacts = TypeFacts()
    particulars: tuple[str, ...] = ()
    note: str = ""
    most: int | None = None
    """Rows on the paper when they are fewer than usual (九小场所)."""


class Industry(Model):
    """行业领域."""

    name: Text


class Vocabulary(Model):
    """The closed lists."""

    industries: dict[str, Industry]
    facts: dict[str, Fact]
    where: tuple[str, ...]
    departments: tuple[str, ...]
    places: dict[str, dict[str, tuple[str, ...]]]
    """Province -> city -> counties."""
    types: dict[str, EnterpriseType]


# ---------------------------------------------------------------- enterprise


class Enterprise(Model):
    """企业: who it is, where, of which types, with which facts. Empty texts print as lines to write on."""

    name: str = ""
    code: str = ""
    """统一社会信用代码, 18 characters."""
    address: str = ""
    place: str = "山西省"
    types: Annotated[tuple[str, ...], Field(min_length=1)]
    person: str = ""
    phone: str = ""
    facts: dict[str, FactValue] = Field(default_factory=dict)
