"""The closed lists: industries, facts, types, places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, RootModel, StrictInt

from checklists.models.items import FactValue
from checklists.models.texts import LONGEST_SHORT, Id, ItemId, Line, Model, Name, Word, whole

USUAL_ROWS, SMALL_ROWS, FEWER_ROWS = 40, 15, 4
"""Rows of a paper, and of the paper of a small place; a type may have so many fewer, to fit its page."""
LONGEST_WHY = 15
"""Letters."""

IndustryRole = Literal["everyone", "shared"]
"""What the program does with an industry. everyone: asked of everyone, with a limited share of the paper (exactly one
industry has it). shared: types of every kind have it too, so that it singles none out; so it is with everyone's."""
FactRole = Literal["small", "group", "shared"]
"""What the program does with a yes-no fact. small: its owner signs the short pledge; group: its workbook has the sheet
of a group company (one fact each at most). shared: whole groups of types have it, so that it singles none out."""


class CoreRow(Model):
    """An item that any professional of the trade looks at first, and who dies of what where it is not so."""

    id: ItemId
    why: Annotated[str, Field(min_length=1, max_length=LONGEST_WHY), BeforeValidator(whole)]


Core = tuple[CoreRow, ...]
"""In order of danger."""


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
    core: Core = ()
    """What is looked at first where it is true."""
    parent: Line = ""
    """The yes-no fact without which this one means nothing: 电梯 of 最老电梯使用年数. Who asks the parent asks it too."""
    excludes: tuple[Word, ...] = ()
    """Facts that are not true where this one is: 规模以上 of 小微单位."""


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
    headings: dict[Word, Name] = Field(default_factory=dict)
    """What this type calls a 部位: a school has no 营业区."""
    note: Line = ""
    own: tuple[Word, ...] = ()
    """Shared industries that are this trade's own: fire of a hotel."""
    core: Core = ()
    short: Line = ""
    """Why the core is short: how little the notices say of the type."""
    most: StrictInt | None = None
    """Rows on the paper when they are fewer than usual (九小场所)."""


class Sort(Model):
    """A sort of enterprise that has no type of its own, and what the general list asks of it."""

    words: Annotated[tuple[Name, ...], Field(min_length=1)]
    facts: dict[Word, FactValue] = Field(default_factory=dict)
    """What is usual there; an enterprise may say otherwise."""
    industries: tuple[Word, ...] = ()
    """What is asked beside what everybody is asked."""
    rather: dict[Name, Word] = Field(default_factory=dict)
    """Types that would fit better, by when they do: told, never taken."""


class GeneralList(Model):
    """The list for those who have no type: whose it is, how papers call it (``{word}`` is the enterprise's), for whom."""

    type: Id
    name: Name
    note: Line = ""
    sorts: tuple[Sort, ...] = ()


class KnownWords(Model):
    """``words.yaml``: what people call the types, and the sorts of enterprises that have none."""

    heads: tuple[Name, ...] = ()
    """What may stand before a name without changing what it means: 民办."""
    tails: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    """Ending of a name -> endings that mean the same."""
    endings: tuple[Name, ...] = ()
    """Endings that add nothing to a name: 企业."""
    types: dict[Id, tuple[Name, ...]] = Field(default_factory=dict)
    fallback: GeneralList | None = None


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

    short: Annotated[str, Field(min_length=1, max_length=LONGEST_SHORT), BeforeValidator(whole)]
    """What codes on paper call it: 晋."""
    cities: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    """City -> counties; none where only the province itself is known."""
    nation: bool = False
    """Whether it is no province but the whole country: what holds there holds everywhere."""
    called: dict[Name, Annotated[tuple[Name, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Old names and other ways to say a place -> the one it means, or those it may mean."""
    elsewhere: tuple[Name, ...] = ()
    """Names of what lies outside, so that it is told as such."""


class PlacesFile(RootModel[Annotated[dict[Name, Province], Field(min_length=1)]]):
    """``places.yaml`` as a whole; the first province is that of the installation."""


class MorePlaces(Model):
    """What a ``places.yaml`` of one's own adds to a province."""

    cities: Annotated[dict[Name, tuple[Name, ...]], Field(min_length=1)]
    """City -> counties."""


class MorePlacesFile(RootModel[Annotated[dict[Name, MorePlaces], Field(min_length=1)]]):
    """A ``places.yaml`` beside one's own notices: cities and counties of provinces, old or new to the rules."""


class Vocabulary(Words):
    """All closed lists."""

    places: Places
    short_names: dict[str, str] = Field(default_factory=dict)
    """Province -> what codes call it."""
    places_called: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Old names and other ways to say a place -> the places meant."""
    elsewhere: tuple[str, ...] = ()
    """Beginnings of what is no place of these provinces."""
    nation: str = ""
    """The whole country, as a place of notices."""
    types: dict[str, EnterpriseType]
    known: KnownWords = KnownWords()
    """What else the types are called."""

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
