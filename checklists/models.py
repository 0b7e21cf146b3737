"""The values that travel through the program. All are frozen; unknown keys are errors."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StrictBool,
    StrictInt,
)
from pydantic_core import PydanticCustomError

from checklists.text import CutText, text_flaw

Weight = Literal["key", "normal"]
Category = Literal["基础管理", "现场管理"]
Every = Literal["shift", "week", "month", "quarter", "year"]
Says = Literal["requires", "urges", "targets", "forbids"]
How = Literal["查资料", "看现场", "问人员", "抽考", "测试", "查系统"]
Holder = Literal["agency", "enterprise"]
"""Who keeps a paper: the inspecting authority or the enterprise."""
Season = Literal["汛期", "冬季", "节前", "复工复产"]

SAYS_NAMES: dict[str, str] = {"requires": "要求", "urges": "推动", "targets": "整治", "forbids": "禁止"}
EVERY_NAMES: dict[str, str] = {
    "shift": "日查",
    "week": "周查",
    "month": "月查",
    "quarter": "季查",
    "year": "年查",
}


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Of industries, facts, types and notices."""
ITEM_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)+$"
LONGEST_ID, LONGEST_SHORT, LONGEST_NAME, LONGEST_WORD, LONGEST_TEXT = 60, 4, 40, 200, 500
"""Letters; the longest that are shipped have 43, 15, 17 and 186. The texts of an item have closer limits (checks)."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> datetime.date:
    """A number is no day: pydantic would count it as seconds since 1970."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "no day")


def _seen(value: Any) -> Any:
    """A text that can be printed as it stands, and read back as it was."""
    if isinstance(value, str) and value and (flaw := text_flaw(value)):
        raise (
            PydanticCustomError(flaw, "text")
            if value.strip()
            else PydanticCustomError("string_too_short", "")
        )
    return value


def _uncut(value: Any) -> Any:
    """A text that a 「 #」 has not cut short."""
    if isinstance(value, CutText):
        raise PydanticCustomError("text-cut", "text")
    return value


def _whole(value: Any) -> Any:
    return _seen(_uncut(value))


def _range(lines: tuple[int, int]) -> tuple[int, int]:
    if not 1 <= lines[0] <= lines[1]:
        raise PydanticCustomError("line_range", "no range")
    return lines


Filled = Annotated[str, Field(min_length=1)]
Uncut = Annotated[Filled, BeforeValidator(_uncut)]
"""A text of the catalogue of notices, which has checks of its own for what else it must not hold."""
Day = Annotated[datetime.date, BeforeValidator(_day)]
Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD), BeforeValidator(_seen)]
"""A text that must be found in a list or a clause, so that a wrong one is noticed there."""
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), BeforeValidator(_whole)]
"""A text that is printed; nothing else would notice that a part of it is gone."""
Line = Annotated[str, Field(max_length=LONGEST_TEXT), BeforeValidator(_whole)]
"""A text that may be empty."""
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), BeforeValidator(_whole)]
"""What a type, a fact, a place is called."""
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=LONGEST_ID)]
ItemId = Annotated[str, Field(pattern=ITEM_ID_PATTERN, max_length=LONGEST_ID)]


class Model(BaseModel):
    """Base of all: frozen, strict about keys, filled by the names that stand in the YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


# ---------------------------------------------------------------- notices


class Correction(Model):
    """A damaged place of a received text: what stands there, how it is read, and why."""

    at: StrictInt
    """Line in the seed file where ``received`` begins."""
    received: Annotated[str, BeforeValidator(_uncut)]
    read: Annotated[str, BeforeValidator(_uncut)]
    why: Text


class Notice(Model):
    """One government document: 通知、意见、任务清单."""

    id: Filled
    title: Uncut
    number: Uncut | None = None
    issuer: Uncut
    place: Filled
    year: StrictInt
    date: Day | None = None
    file: Filled
    lines: Annotated[tuple[StrictInt, StrictInt], AfterValidator(_range)]
    sectors: dict[str, list[Word]] = Field(default_factory=dict)
    """For a section whose paragraphs name their sector without a label: path -> sector names in order."""
    corrections: tuple[Correction, ...] = ()

    @property
    def since(self) -> datetime.date:
        """Day from which it speaks: its date, else 1 January of its year (nine notices print no date)."""
        return self.date or datetime.date(min(max(self.year, datetime.MINYEAR), datetime.MAXYEAR), 1, 1)


class Clause(Model):
    """One addressable paragraph of a notice."""

    notice: str
    path: str
    heading: str = ""
    text: str
    departments: tuple[str, ...] = ()
    lines: tuple[int, int]


# ---------------------------------------------------------------- items


def _bound(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("float_type", "no number")
    return float(value)


Bound = Annotated[float, BeforeValidator(_bound)]


class Comparison(Model):
    """A condition on a number or a choice. 以上 includes the number (at-least), 超过 does not (more-than)."""

    at_least: Bound | None = Field(None, alias="at-least")
    more_than: Bound | None = Field(None, alias="more-than")
    at_most: Bound | None = Field(None, alias="at-most")
    less_than: Bound | None = Field(None, alias="less-than")
    any_of: tuple[str, ...] | None = Field(None, alias="any-of")


FactValue = bool | int | float | str
Condition = Comparison | bool | int | float | str


class Basis(Model):
    """Where an item comes from: notice, clause, words, and when they hold."""

    notice: Word
    clause: Word
    says: Says
    quote: Text
    since: Day | None = Field(None, alias="from")
    until: Day | None = None
    due: Day | None = None


class Item(Model):
    """One observable fact that is so or is not so."""

    id: ItemId
    industry: str = ""
    title: Text
    content: Text
    standard: Text
    where: Word
    how: Annotated[tuple[How, ...], Field(min_length=1)]
    evidence: Text
    rectify: Text
    support: Line = ""
    weight: Weight = "normal"
    major: StrictBool = False
    category: Category
    departments: Annotated[tuple[Word, ...], Field(min_length=1)]
    every: Every
    season: Season | None = None
    applies: dict[Word, Condition] = Field(default_factory=dict)
    replaces: tuple[Word, ...] = ()
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]


class Disposition(Model):
    """Why a stretch of a clause asks nothing of an enterprise; without ``text``, all of the clause not quoted."""

    clause: Word
    text: Text | None = None
    status: Literal["government-only", "narrative", "not-observable"]
    reason: Text


class Retired(RootModel[dict[ItemId, Text]]):
    """``retired.yaml``: id of an item that is no longer used -> why."""


class PaperWords(Model):
    """What the notices say of a paper, and what it always prints."""

    basis: tuple[Basis, ...] = ()
    """The notices' words that ask for it, newest first."""
    words: dict[Id, Text | tuple[Text, ...]] = Field(default_factory=dict)


class PapersFile(Model):
    """``papers.yaml``."""

    drafts: dict[Holder, Text]
    disclaimer: Text
    papers: dict[Name, PaperWords]


class Term(Model):
    """A word of the notices: spelled out by a clause, or only named and then not explained."""

    term: Annotated[Name, Field(min_length=2)]
    notice: Word
    clause: Word
    quote: Text
    meaning: Line = ""
    """Empty: the notices only name it."""


# ---------------------------------------------------------------- vocabulary


MOST_ROWS_OF_A_TYPE = 100
"""On the paper; more than two sheets of them nobody walks through."""


IndustryRole = Literal["everyone", "shared"]
"""What the program does with an industry. everyone: asked of everyone, with a limited share of the paper (exactly one
industry has it). shared: types of every kind have it too, so that it singles none out; so it is with everyone's."""
FactRole = Literal["small", "group", "shared"]
"""What the program does with a yes-no fact. small: its owner signs the short pledge; group: its workbook has the sheet
of a group company (one fact each at most). shared: whole groups of types have it, so that it singles none out."""


class Fact(Model):
    """A typed property of an enterprise."""

    name: Name
    kind: Literal["yes-no", "number", "choice"]
    unit: Line = ""
    choices: tuple[Name, ...] = ()
    question: Line = ""
    brings: tuple[Word, ...] = ()
    """Industries that a true value adds to the enterprise's."""
    role: FactRole | None = None
    qualifier: tuple[Word, ...] = ()
    """Words by which notices single out those for whom it is true: 高危行业, 高危企业."""


class TypeFacts(Model):
    """Facts a type settles, finds out, and takes for usual."""

    fixed: dict[Word, FactValue] = Field(default_factory=dict)
    asks: tuple[Word, ...] = ()
    default: dict[Word, FactValue] = Field(default_factory=dict)


class EnterpriseType(Model):
    """What an inspector picks: 井工煤矿、加油站、餐饮用气单位 …"""

    id: Id
    name: Name
    group: Line = ""
    aliases: tuple[Name, ...] = ()
    industries: Annotated[tuple[Word, ...], Field(min_length=1)]
    facts: TypeFacts = TypeFacts()
    particulars: tuple[Name, ...] = ()
    note: Line = ""
    most: Annotated[StrictInt, Field(ge=1, le=MOST_ROWS_OF_A_TYPE)] | None = None
    """Rows on the paper when they are fewer than usual (九小场所)."""


class Industry(Model):
    """行业领域."""

    name: Name
    role: IndustryRole | None = None


class Words(Model):
    """``vocabulary.yaml``: the closed lists that items are made of."""

    industries: Annotated[dict[Id, Industry], Field(min_length=1)]
    facts: dict[Id, Fact]
    where: Annotated[tuple[Name, ...], Field(min_length=1)]
    papers: Name | None = None
    """The one of ``where`` that is no place to walk to: what is read at the table of the meeting room."""
    departments: Annotated[tuple[Name, ...], Field(min_length=1)]


Places = dict[Name, dict[Name, tuple[Name, ...]]]
"""Province -> city -> counties."""


class Province(Model):
    """A province of ``places.yaml``."""

    short: Annotated[str, Field(min_length=1, max_length=LONGEST_SHORT), BeforeValidator(_whole)]
    """What codes on paper call it: 晋."""
    cities: Annotated[dict[Name, tuple[Name, ...]], Field(min_length=1)]
    """City -> counties."""


class PlacesFile(RootModel[Annotated[dict[Name, Province], Field(min_length=1)]]):
    """``places.yaml`` as a whole; the first province is that of the installation."""


class Vocabulary(Words):
    """All closed lists."""

    places: Places
    short_names: dict[str, str] = Field(default_factory=dict)
    """Province -> what codes call it."""
    types: dict[str, EnterpriseType]

    @property
    def province(self) -> str:
        """The province of the installation: the first."""
        return next(iter(self.places))

    @property
    def shared_industries(self) -> frozenset[str]:
        """Industries that single no type out."""
        return frozenset(name for name, industry in self.industries.items() if industry.role)

    @property
    def shared_facts(self) -> frozenset[str]:
        """Facts that single no type out."""
        return frozenset(name for name, fact in self.facts.items() if fact.role == "shared")

    def is_general(self, industry: str) -> bool:
        """Whether everyone is asked what belongs to the industry."""
        return self.industries[industry].role == "everyone"

    def fact_of(self, role: FactRole) -> str | None:
        """The fact with a role that one fact has at most; None where the rules know no such fact."""
        return next((name for name, fact in self.facts.items() if fact.role == role), None)


# ---------------------------------------------------------------- enterprise


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
