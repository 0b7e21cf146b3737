"""One batch of two enterprises gives what two runs of generate give, whatever tells them apart and a template looks at.

Templates print every name there is; every fact, type, industry and place tells (see tests/telling.py).
"""

from __future__ import annotations

import csv
import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checklists.batch.press import Folders, Press
from checklists.batch.run import run_batch
from checklists.checklist.build import Order, checklist_for
from checklists.checklist.printed import printed
from checklists.cli.shared import enterprise_of
from checklists.documents.catalogue import CHECKLIST, usual_documents
from checklists.documents.excel.rows import ROW_TYPES, Block, Table
from checklists.documents.excel.view import WorkbookView
from checklists.documents.fields import FIELD_NAMES, mark
from checklists.documents.make import Printing, filled, finished_documents, printing_of
from checklists.documents.plate import make_plate
from checklists.documents.views import APPENDIX, ListView
from checklists.models import Enterprise, FactValue
from tests.all_names import NO, YES, all_names, printed_of, sentinels
from tests.telling import answers, installed, telling_library

DAY = datetime.date(2026, 11, 22)
ORDER = Order(DAY)
PLACES = ("山西省", "阳泉市", "阳城县", "晋城市阳城县", "陵川县", "交城县", "襄垣县", "平顺县", "晋城市城区")
"""Places with notices of their own and without, one written in two ways."""
EXAMPLES = int(os.environ.get("EXAMPLES", "1"))
"""How many random pairs are made in full: EXAMPLES=100 pytest tests/test_batch_generate.py."""
FIXED = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Firm:
    """An enterprise as a clerk writes it: names or aliases of types, a place, answers by id of the fact."""

    name: str
    types: tuple[str, ...]
    place: str
    facts: tuple[tuple[str, FactValue], ...] = ()

    def answers(self) -> dict[str, str]:
        """Answers as they are written, by the name of the fact."""
        facts = telling_library().vocabulary.facts
        return {facts[name].name: written(value) for name, value in self.facts}


def written(value: FactValue) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else f"{value:g}"


Made = dict[str, bytes]
"""Finished documents by file name."""


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return all_names(tmp_path_factory.mktemp("all-names"))


def press_of(templates: Path, kind: type[Press] = Press) -> Press:
    return kind(Folders(Path("rules"), Path("seeds"), templates), ORDER, telling_library())


def told_of(firm: Firm) -> Enterprise:
    """The enterprise as generate makes it of its options."""
    facts = [f"{name}={text}" for name, text in firm.answers().items()]
    return enterprise_of(telling_library(), list(firm.types), firm.place, facts, name=firm.name)


@cache
def by_generate(firm: Firm, templates: Path) -> Made:
    return finished_documents(
        usual_documents(), checklist_for(telling_library(), told_of(firm), ORDER), templates
    )


def write_roster(path: Path, firms: Sequence[Firm]) -> Path:
    heads = list(dict.fromkeys(name for firm in firms for name in firm.answers()))
    with path.open("w", encoding="utf-8", newline="") as opened:
        lines = csv.writer(opened)
        lines.writerow(["单位名称", "企业类型", "所在地", *heads])
        for firm in firms:
            told = firm.answers()
            lines.writerow(
                [firm.name, "、".join(firm.types), firm.place, *(told.get(name, "") for name in heads)]
            )
    return path


def documents_in(folder: Path) -> Made:
    return {
        path.name: path.read_bytes() for path in folder.glob("*/*/*") if path.suffix in (".docx", ".xlsx")
    }


def by_batch(firms: Sequence[Firm], press: Press) -> Made:
    with tempfile.TemporaryDirectory() as folder:
        tally = run_batch(write_roster(Path(folder, "名录.csv"), firms), Path(folder, "out"), press)
        assert tally.made == len(firms), tally.problems
        return documents_in(Path(folder, "out"))


def other_than_generate(firms: Sequence[Firm], templates: Path, kind: type[Press] = Press) -> list[str]:
    """Names of documents that a batch makes otherwise than generate."""
    made = by_batch(firms, press_of(templates, kind))
    wanted = {name: content for firm in firms for name, content in by_generate(firm, templates).items()}
    assert made.keys() == wanted.keys() and len(wanted) == 3 * len(firms)
    return [name for name in wanted if made[name] != wanted[name]]


def printings(firm: Firm, templates: Path) -> tuple[Printing, ...]:
    view = printed(checklist_for(telling_library(), told_of(firm), ORDER))
    return tuple(printing_of(one, view, templates / one.file) for one in usual_documents())


# ---------------------------------------------------------------- two enterprises that differ in one thing


@st.composite
def firms(draw: Any) -> Firm:
    vocabulary = telling_library().vocabulary
    kinds = draw(st.lists(st.sampled_from(list(vocabulary.types)), min_size=1, max_size=2, unique=True))
    names = draw(st.lists(st.sampled_from(list(vocabulary.facts)), max_size=3, unique=True))
    facts = tuple((name, draw(st.sampled_from(answers(vocabulary.facts[name])))) for name in names)
    types = tuple(vocabulary.types[kind].name for kind in kinds)
    return Firm("甲公司", types, draw(st.sampled_from(PLACES)), facts)


@st.composite
def pairs(draw: Any) -> tuple[Firm, Firm]:
    """Two enterprises that differ in one fact, the name of a type, the place, or the types."""
    firm, vocabulary = draw(firms()), telling_library().vocabulary
    other = replace(firm, name="乙公司")
    match draw(st.sampled_from(("fact", "fact", "alias", "place", "type"))):
        case "fact":
            name = draw(st.sampled_from(list(vocabulary.facts)))
            one, two = draw(st.permutations((*answers(vocabulary.facts[name]), None)))[:2]
            firm, other = (with_answer(each, name, value) for each, value in ((firm, one), (other, two)))
        case "alias":
            kind = draw(st.sampled_from([kind for kind in vocabulary.types.values() if kind.aliases]))
            rest = tuple(name for name in firm.types[1:] if name != kind.name)
            firm = replace(firm, types=(kind.name, *rest))
            other = replace(other, types=(draw(st.sampled_from(kind.aliases)), *rest))
        case "place":
            other = replace(other, place=draw(st.sampled_from(PLACES)))
        case "type":
            kind = vocabulary.types[draw(st.sampled_from(list(vocabulary.types)))]
            other = replace(other, types=tuple(dict.fromkeys((*firm.types, kind.name))))
    return firm, other


def with_answer(firm: Firm, name: str, value: FactValue | None) -> Firm:
    rest = tuple((fact, known) for fact, known in firm.facts if fact != name)
    return replace(firm, facts=rest if value is None else (*rest, (name, value)))


RESTAURANT = Firm("甲公司", ("餐饮用气单位",), "阳城县", (("gas-supply", "瓶装"),))
PIPED, ALIAS, ELSEWHERE, SHOP_TOO = (
    replace(RESTAURANT, name="乙公司", facts=(("gas-supply", "管道"),)),
    replace(RESTAURANT, name="乙公司", types=("饭店",)),
    replace(RESTAURANT, name="乙公司", place="交城县"),
    replace(RESTAURANT, name="乙公司", types=("餐饮用气单位", "九小场所")),
)
DEEP, DEEPER = (
    replace(RESTAURANT, name=name, facts=(*RESTAURANT.facts, ("mine-depth", depth)))
    for name, depth in (("甲公司", 40), ("乙公司", 41))
)
"""The same items, and so the same fingerprint; what is printed as known differs."""


@given(pairs())
@example((DEEP, DEEPER))
@settings(FIXED, max_examples=EXAMPLES)
def test_a_batch_of_both_gives_byte_for_byte_what_generate_gives(
    templates: Path, pair: tuple[Firm, Firm]
) -> None:
    assert other_than_generate(pair, templates) == []


@given(pairs())
@settings(FIXED, max_examples=80)
def test_what_has_one_first_key_prints_the_same(templates: Path, pair: tuple[Firm, Firm]) -> None:
    press = press_of(templates)
    one, other = (press.list_key(told_of(firm)) for firm in pair)

    if one == other:
        assert printings(pair[0], templates) == printings(pair[1], templates)


def test_another_name_of_a_type_or_a_place_is_the_same_list(templates: Path) -> None:
    press = press_of(templates)
    written_otherwise = replace(ALIAS, place="晋城市阳城县")

    assert press.list_key(told_of(written_otherwise)) == press.list_key(told_of(RESTAURANT))


# ---------------------------------------------------------------- a first key that leaves something out


def test_every_fact_of_the_vocabulary_tells_so_that_no_key_may_leave_it_out(templates: Path) -> None:
    """Two enterprises that differ in nothing else print otherwise on every document, and have keys of their own."""
    vocabulary = telling_library().vocabulary
    press, same_keys, same_prints = press_of(templates), [], []
    for name, fact in vocabulary.facts.items():
        kind = next(kind for kind in reversed(vocabulary.types.values()) if name not in kind.facts.fixed)
        pair = [Firm("甲公司", (kind.name,), "阳城县", ((name, answer),)) for answer in answers(fact)[:2]]
        one, other = (printings(firm, templates) for firm in pair)
        if any(first == second for first, second in zip(one, other, strict=True)):
            same_prints.append(name)
        if press.list_key(told_of(pair[0])) == press.list_key(told_of(pair[1])):
            same_keys.append(name)

    assert (same_prints, same_keys) == ([], [])


def forgetful(*forgotten: str) -> type[Press]:
    """A press whose first key leaves something out: an id of a fact, 「place」 or 「types」."""

    class Forgetful(Press):
        def list_key(self, enterprise: Enterprise) -> Hashable:
            facts = {name: value for name, value in enterprise.facts.items() if name not in forgotten}
            left = {"facts": facts, **({} if "place" in forgotten else {"place": "山西省"})}
            types = ("any-enterprise",) if "types" in forgotten else enterprise.types
            place = "山西省" if "place" in forgotten else enterprise.place
            return super().list_key(enterprise.model_copy(update={**left, "types": types, "place": place}))

    return Forgetful


@pytest.mark.parametrize(
    ("forgotten", "other"),
    [
        ("gas-supply", PIPED),
        ("lifts", replace(RESTAURANT, name="乙公司", facts=(*RESTAURANT.facts, ("lifts", True)))),
        ("mine-depth", replace(RESTAURANT, name="乙公司", facts=(*RESTAURANT.facts, ("mine-depth", 40)))),
        ("place", ELSEWHERE),
        ("types", SHOP_TOO),
    ],
)
def test_a_first_key_that_leaves_one_thing_out_makes_other_documents(
    templates: Path, forgotten: str, other: Firm
) -> None:
    wrong = other_than_generate((RESTAURANT, other), templates, forgetful(forgotten))

    assert [name.split("_")[2] for name in wrong] == ["现场检查表", "企业自查工作簿", "企业留存"]
    assert all(name.startswith("乙公司") for name in wrong)


def test_a_key_that_leaves_out_something_else_is_as_good_as_any(templates: Path) -> None:
    assert other_than_generate((RESTAURANT, PIPED), templates, forgetful("lifts")) == []


# ---------------------------------------------------------------- what is printed, and plates


@pytest.mark.parametrize("title", [CHECKLIST, APPENDIX])
def test_a_paper_prints_every_name_there_is(templates: Path, title: str) -> None:
    (paper,) = (one for one in printings(RESTAURANT, templates) if one.document.title == title)
    view = sentinels(ListView)
    text = filled(replace(paper, names=(("checklist", view),)))["word/document.xml"].decode()

    wanted = list(printed_of(view))
    assert len(wanted) > 100
    assert [one for one in wanted if one not in text] == []
    assert [text.count(word) for word in (YES, NO)] == [wanted.count(word) for word in (YES, NO)]
    assert [name for name in FIELD_NAMES if mark(name) not in text] == []


def test_the_workbook_prints_every_name_there_is(templates: Path) -> None:
    _, book, _ = printings(RESTAURANT, templates)
    view = sentinels(WorkbookView)
    tables = tuple(
        Table(table.sheet, (Block((sentinels(ROW_TYPES[table.sheet]),)),))
        for table in dict(book.names)["tables"]
    )
    parts = filled(replace(book, names=(("checklist", view), ("tables", tables), ("small", False))))
    text = "".join(content.decode() for name, content in parts.items() if name.endswith(".xml"))

    wanted = [*printed_of(view), *(one for table in tables for one in printed_of(table.rows))]
    assert len(wanted) > 50
    assert [one for one in wanted if one not in text] == []
    assert [name for name in FIELD_NAMES if mark(name) not in text] == []


def test_equal_printings_make_equal_plates(templates: Path) -> None:
    """Two counties without notices of their own; made from views that were worded each for itself."""
    spoken_of = {notice.place for notice in telling_library().notices.values()}
    counties = next(
        quiet
        for cities in telling_library().vocabulary.places.values()
        for city, counties in cities.items()
        if city not in spoken_of
        and len(quiet := [f"{city}{name}" for name in counties if name not in spoken_of]) > 1
    )
    one, other = (printings(replace(RESTAURANT, name=name, place=name), templates) for name in counties[:2])

    assert one == other and hash(one) == hash(other)
    for first, second in zip(one, other, strict=True):
        assert filled(first) == filled(second)
        assert make_plate(filled(first)) == make_plate(filled(second))


@pytest.mark.parametrize("other", [PIPED, ELSEWHERE, SHOP_TOO], ids=["fact", "place", "type"])
def test_other_printings_make_other_bytes(templates: Path, other: Firm) -> None:
    one, two = printings(RESTAURANT, templates), printings(other, templates)

    for first, second in zip(one, two, strict=True):
        assert first != second
        assert filled(first) != filled(second)


def test_the_day_and_what_the_file_says_of_itself_are_of_the_printing(templates: Path) -> None:
    paper, _, _ = printings(RESTAURANT, templates)

    for other in (
        replace(paper, on=DAY + datetime.timedelta(1)),
        replace(paper, claims=(*paper.claims, ("另", "一"))),
    ):
        assert other != paper
        assert filled(other) != filled(paper)


# ---------------------------------------------------------------- through the command line


def command(*arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checklists", *map(str, arguments), "--on", DAY.isoformat()],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "random"},
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_commands_say_the_same_each_in_a_process_of_its_own(templates: Path, tmp_path: Path) -> None:
    """With the rules as shipped: one fact, the county, the types."""
    made_of = [
        RESTAURANT,
        *(replace(firm, name=f"乙{number}") for number, firm in enumerate((PIPED, ELSEWHERE, SHOP_TOO))),
    ]
    assert installed().items
    command(
        "batch",
        write_roster(tmp_path / "名录.csv", made_of),
        "--out",
        tmp_path / "batch",
        "--templates",
        templates,
    )
    for firm in made_of:
        kinds = [part for name in firm.types for part in ("--type", name)]
        facts = [part for name, text in firm.answers().items() for part in ("--fact", f"{name}={text}")]
        who = ("--name", firm.name, "--place", firm.place, *kinds, *facts)
        command("generate", *who, "--out", tmp_path / "generate", "--templates", templates)

    made = documents_in(tmp_path / "batch")
    wanted = {path.name: path.read_bytes() for path in (tmp_path / "generate").iterdir() if path.suffix}
    assert len(made) == 3 * len(made_of)
    assert {name: made[name] == content for name, content in wanted.items() if name in made} == dict.fromkeys(
        made, True
    )
