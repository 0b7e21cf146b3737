"""A formula found again by what it read gives what reckoning it anew gives, whatever stood in the books before."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.documents.reckoning.formula import Area, Reckoner
from checklists.documents.reckoning.language import Node, parse
from checklists.documents.reckoning.memory import Kept, Memory
from checklists.documents.reckoning.values import Aside, Failure, Value

ROWS = range(1, 6)
FORMULAS = (
    "A1+B2",
    "COUNTIF(A:A,B1)",
    'COUNTIFS($A$1:$A$5,"<>",$B$1:$B$5,">0")',
    'IF(LEN(INDEX($A:$A,ROW()))=0,"",INDEX($B:$B,ROW()))',
    'COUNTIF(INDEX($A:$A,ROW()):INDEX($B:$B,ROW()),"×")',
    "IFERROR(INDEX(names,MATCH(INDEX($A:$A,ROW()),keys,0)),INDEX($C:$C,ROW()))",
    "SUMPRODUCT((A1:A5=B1)*1)+ROW()",
    "IF(ISBLANK(B3),COUNTA(names),C4)",
    "ROW(keys)&MAX(B:B)",
    "UNKNOWN(A1)",
)
NAMES = ("$A$1:$A$5", "$B$1:$B$3", "$B$2:$B$5")
VALUES: tuple[Value, ...] = (None, "", "×", "1", 1.0, 0.0, True, False, "符合", Failure("#N/A"))


class Book:
    """A sheet of values in A and B, formulas in C and D."""

    def __init__(
        self, values: Mapping[tuple[int, int], Value], names: tuple[str, str], memory: Memory
    ) -> None:
        self.values, self.names = values, dict(zip(("names", "keys"), names, strict=True))
        self.reckoner = Reckoner(self, None, memory)
        self.open: set[tuple[int, int]] = set()

    def value(self, sheet: str, row: int, column: int) -> Value:
        if column <= 2:
            return self.values.get((row, column))
        if column > 4 or row not in ROWS:
            return None
        if (row, column) in self.open:
            raise Aside("leads back to itself")
        self.open.add((row, column))
        try:
            return self.reckoner.result(FORMULAS[(row - 1) * 2 + column - 3], sheet, row)
        finally:
            self.open.discard((row, column))

    def named(self, name: str) -> Node | None:
        return parse(self.names[name]) if name in self.names else None

    def last_row(self, sheet: str) -> int:
        return max((row for (row, _), value in self.values.items() if value is not None), default=0)

    def kept(self, area: Area) -> Kept | None:
        return None

    def all(self) -> list[tuple[type, Value]]:
        """Type and value of every formula in every row; that it is set aside as such."""
        return [self._told(formula, row) for formula in FORMULAS for row in ROWS]

    def _told(self, formula: str, row: int) -> tuple[type, Value]:
        try:
            told = self.reckoner.result(formula, "S", row)
        except Aside:
            return Aside, None
        return type(told), told


CELLS = st.fixed_dictionaries({(row, column): st.sampled_from(VALUES) for row in ROWS for column in (1, 2)})
BOOKS = st.tuples(CELLS, st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)))


@settings(max_examples=60, deadline=None)
@given(books=st.lists(BOOKS, min_size=2, max_size=4))
def test_what_was_reckoned_before_changes_no_value(
    books: list[tuple[dict[tuple[int, int], Value], tuple[str, str]]],
) -> None:
    memory = Memory()
    for values, names in [*books, books[0]]:
        assert Book(values, names, memory).all() == Book(values, names, Memory()).all()


def test_the_same_book_is_not_reckoned_twice() -> None:
    """Else the test above would hold for a memory that forgets all."""
    memory = Memory()
    values: dict[tuple[int, int], Value] = {(row, column): float(row) for row in ROWS for column in (1, 2)}
    Book(values, ("$A$1:$A$5", "$B$1:$B$3"), memory).all()
    steps = memory.steps
    Book(values, ("$A$1:$A$5", "$B$1:$B$3"), memory).all()
    assert memory.steps == steps > 0
