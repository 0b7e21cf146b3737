"""What the first page offers and hands out: types by any word, facts in three states, papers as PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from checklists.data import data_folder
from checklists.documents.pdf import find_office
from checklists.rules.kept import library_for_lists
from checklists.rules.library import Library
from checklists.web.choice import Choice
from checklists.web.finding import Offers, TypeFound, chosen_offers, initials, offers, types_to_find
from checklists.web.making import facts_of
from tests.page_server import page_running
from tests.test_page_guard import made

FIRM = "阳城县老灶火锅店"


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for_lists(data_folder("rules"), data_folder("seeds"))


@pytest.fixture(scope="module")
def types(library: Library) -> tuple[TypeFound, ...]:
    return types_to_find(library.vocabulary)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with page_running(tmp_path_factory.mktemp("page")) as address:
        yield address


def names(found: Offers) -> list[str]:
    return [one.name for _, held in found.groups for one in held]


# ---------------------------------------------------------------- finding a type


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("火锅", "餐饮用气单位"),
        ("cyyq", "餐饮用气单位"),
        ("CYYQ", "餐饮用气单位"),
        ("加油站", "加油站"),
        ("jyz", "加油站"),
        ("fuel-station", "加油站"),
        ("ＣＮＧ加气站", "加油站"),
        ("井工", "井工煤矿"),
        ("寺庙", "寺庙（按通用清单）"),
        ("个体寺庙", "寺庙（按通用清单）"),
    ],
)
def test_a_type_is_found_by_any_word_for_it(
    library: Library, types: tuple[TypeFound, ...], typed: str, first: str
) -> None:
    found = offers(library.vocabulary, types, typed)

    assert found.known
    assert names(found)[0] == first


def test_without_a_word_every_type_stands_there_once(library: Library, types: tuple[TypeFound, ...]) -> None:
    shown = names(offers(library.vocabulary, types, " "))

    assert sorted(shown) == sorted(kind.name for kind in library.vocabulary.types.values())


def test_a_word_that_is_none_hides_nothing(library: Library, types: tuple[TypeFound, ...]) -> None:
    found = offers(library.vocabulary, types, "qqqq")

    assert not found.known
    assert len(names(found)) == len(library.vocabulary.types)


def test_a_word_without_a_type_says_when_another_fits_better(
    library: Library, types: tuple[TypeFound, ...]
) -> None:
    ((_, (one,)),) = offers(library.vocabulary, types, "寺庙").groups

    assert one.note == "是文物建筑的，选“文博与文物建筑”"


def test_what_was_chosen_by_any_name_is_shown_once_by_its_own(library: Library) -> None:
    chosen = chosen_offers(library.vocabulary, ["火锅店", "catering-gas-user", "通用（寺庙）", "没有的"])

    assert [one.name for one in chosen] == ["餐饮用气单位", "寺庙（按通用清单）", "没有的"]


def test_letters_and_figures_stay_among_the_initials() -> None:
    assert initials("餐饮用气单位") == "cyyqdw"
    assert initials("4S店") == "4sd"


# ---------------------------------------------------------------- facts


def test_what_is_asked_stands_first_and_what_a_type_settles_is_not_asked(library: Library) -> None:
    """From rules/types.yaml: 餐饮用气单位 asks how gas comes and settles that there is some; 九小场所 asks whether."""
    alone = {one.id: one for one in facts_of(library, Choice(types=("small-venue",)))}
    both = facts_of(library, Choice(types=("small-venue", "catering-gas-user"), facts=(("basement", "是"),)))
    by_id = {one.id: one for one in both}

    assert alone["uses-gas"].state == "asked"
    assert (by_id["uses-gas"].state, by_id["uses-gas"].value) == ("settled", "是")
    assert by_id["basement"].answer == "是"
    assert by_id["ebike-parking"].value == "是或否"
    order = ["asked", "usual", "settled", "told"]
    assert [one.state for one in both] == sorted((one.state for one in both), key=order.index)
    assert len(by_id) == len(both)


def test_an_answer_that_no_type_asks_for_stays_in_sight(library: Library) -> None:
    (*_, last) = facts_of(library, Choice(types=("fuel-station",), facts=(("gas-class", "高瓦斯"),)))

    assert (last.id, last.state, last.answer) == ("gas-class", "told", "高瓦斯")


# ---------------------------------------------------------------- PDF


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_every_chosen_word_paper_becomes_a_pdf(page: str) -> None:
    answer = made(page, name=FIRM, document="", pdf="现场检查表")
    assert answer.headers["content-type"] == "application/pdf"
    assert FIRM[:3] in PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()

    answer = made(page, name=FIRM, document="", pdf="ticked", paper="整改通知")
    assert answer.headers["content-type"] == "application/pdf"

    answer = made(page, name=FIRM, document="", pdf="企业自查工作簿")
    assert answer.status == 422 and "转不成 PDF" in answer.text


def test_several_documents_come_in_a_zip_under_the_name_of_the_firm(page: str, tmp_path: Path) -> None:
    answer = made(page, name=FIRM, document="", ticked="1", paper="整改通知")
    assert answer.headers["content-type"].endswith("wordprocessingml.document")

    answer = made(page, name=FIRM, document="全部")
    files = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert len(files) > 5 and all(name.startswith(FIRM) for name in files)
