"""What a visitor has chosen, as the address of the page says it: types, place, day, facts and how the list is to be cut."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from checklists.checklist.build import Checklist, Order, build_checklist
from checklists.checklist.printed import PrintedPaper, printed_paper
from checklists.days import day_written
from checklists.heads import COLUMNS
from checklists.models import NO_OFFICE, Enterprise, FactValue, Office
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.asked import Asked, enterprise_asked, order_asked
from checklists.roster.header import OFFICE
from checklists.rules.library import Library
from checklists.rules.vocabulary import fact_value
from checklists.selection.select import Selection, select

FIRM = ("name", "code", "address", "person", "phone")
"""Fields of an enterprise."""
OFFICE_FIELDS = tuple(COLUMNS[name][0] for name in OFFICE)
"""What is said of the occasion, as its columns are called."""
FACT = "fact."
"""Before the id of a fact in the name of its field."""
_ALL_ROWS = "all"
LONGEST = 200
"""Letters of one field, and fields of one kind: more is nobody's typing."""


@dataclass(frozen=True)
class Choice:
    """Every field as it was typed; empty texts for what was left open."""

    types: tuple[str, ...] = ()
    place: str = ""
    on: str = ""
    department: str = ""
    basis: str = "standing"
    most: str = ""
    """How many rows; empty for the usual number, ``all`` for every one."""
    facts: tuple[tuple[str, str], ...] = ()
    """Texts by id of the fact."""

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Fields and values, as a form sends them; those left open are not among them."""
        fields = [
            ("place", self.place),
            ("on", self.on),
            ("department", self.department),
            ("most", self.most),
        ]
        if self.basis != "standing":
            fields.append(("basis", self.basis))
        told = [(f"{FACT}{name}", text) for name, text in self.facts]
        return [
            *(("type", name) for name in self.types),
            *((name, text) for name, text in [*fields, *told] if text),
        ]


@dataclass(frozen=True)
class Listed:
    """A list as it will be printed, and how it came about."""

    selection: Selection
    checklist: Checklist
    view: PrintedPaper

    @property
    def criteria(self) -> int:
        """Criteria of the standards that bind the enterprise."""
        return sum(len(bound.criteria) for bound in self.checklist.standards)


def choice_of(fields: QueryParams | FormData) -> Choice:
    """Read the fields of an address or of a form; what is too long is cut, as nobody types it."""

    def text(name: str) -> str:
        return str(fields.get(name, ""))[:LONGEST].strip()

    types = dict.fromkeys(str(name)[:LONGEST].strip() for name in fields.getlist("type")[:LONGEST])
    for gone in fields.getlist("without"):
        types.pop(str(gone), None)
    facts = [(name.removeprefix(FACT), text(name)) for name in fields if name.startswith(FACT)][:LONGEST]
    return Choice(
        types=tuple(filter(None, types)),
        place=text("place"),
        on=text("on"),
        department=text("department"),
        basis=text("basis") or "standing",
        most=text("most"),
        facts=tuple((name, told) for name, told in facts if told),
    )


def enterprise_chosen(
    library: Library, choice: Choice, office: Office = NO_OFFICE, **told: str
) -> tuple[Enterprise, list[Problem]]:
    """The enterprise of the choice, ``told`` its name and the like, and what is odd about it. Raises Refused."""
    if not choice.types:
        raise Refused([problem("no-type", Position("所选"))])
    facts = facts_chosen(library, choice)
    asked = Asked(choice.types, choice.place or None, facts, office, **told)
    return enterprise_asked(library, asked, Position("所选"))


def facts_chosen(library: Library, choice: Choice) -> dict[str, FactValue]:
    """The facts by id. Raises Refused with every one that cannot be."""
    facts: dict[str, FactValue] = {}
    wrong: list[Problem] = []
    for name, text in choice.facts:
        fact = library.vocabulary.facts.get(name)
        if fact is None:
            wrong.append(problem("fact-unknown", Position("所选"), fact=name, hint=""))
            continue
        try:
            facts[name] = fact_value(fact, text, Position(fact.question or fact.name))
        except Refused as refused:
            wrong += refused.problems
    if wrong:
        raise Refused(wrong)
    return facts


def order_chosen(library: Library, choice: Choice) -> tuple[Order, list[Problem]]:
    """Day, department and number of rows of the choice, and what is odd about them. Raises Refused."""
    position = Position("所选")
    return order_asked(
        library,
        day_written(choice.on or None, Position("检查日")),
        position,
        basis=choice.basis,
        department=choice.department or None,
        most=_most(choice.most, Position("最多列几项")),
    )


def _most(text: str, position: Position) -> int | None:
    if text in ("", _ALL_ROWS):
        return 0 if text else None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 9999:
        raise Refused([problem("most-wrong", position, given=text)], exit_code=2)
    return int(text)


def listed(library: Library, enterprise: Enterprise, order: Order) -> Listed:
    """The list of an enterprise. Raises Refused, also when nothing would be asked."""
    selection = select(library, enterprise, order.on, department=order.department, current=order.current)
    terms = [term for term, _ in library.terms]
    checklist = build_checklist(
        library, selection, edition=library.edition, terms=terms, most=order.most, sheets=order.sheets
    )
    return Listed(selection, checklist, printed_paper(checklist))


def list_chosen(library: Library, choice: Choice) -> tuple[Listed, list[Problem]]:
    """The list of a choice, and what is odd about it. Raises Refused."""
    enterprise, odd = enterprise_chosen(library, choice)
    order, odd_order = order_chosen(library, choice)
    return listed(library, enterprise, order), [*odd, *odd_order]
