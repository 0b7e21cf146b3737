"""Templates saved again by office programs: runs cut, joined and marked, and the same document comes of them."""

from __future__ import annotations

import copy
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checklists.checklist.printed import printed as worded
from checklists.documents.catalogue import ACROSS, DOCUMENTS, WORKBOOK, list_document
from checklists.documents.catalogue import CHECKLIST as LIST
from checklists.documents.fields import field_values
from checklists.documents.make import filled as parts_of
from checklists.documents.make import printing_of
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.templates import check_template_file
from checklists.documents.word.reading import printed_fingerprint
from tests.clerk import column_more, logo, restyled
from tests.sample import ROOT, sample_checklist
from tests.test_own_forms import ten_lines
from tests.wordxml import W, word_parts

WORD_KINDS = {kind: document for kind, document in DOCUMENTS.items() if kind != WORKBOOK}
KINDS = WORD_KINDS | {
    f"{kind}和企业留存": list_document(landscape=kind == ACROSS, appendix="with") for kind in (LIST, ACROSS)
}
"""Every Word document; the lists also in the form that prints all their template has."""
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
CHECKLIST = sample_checklist(60, asks=4, most=20)
RELATIONS = "word/_rels/document.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def shipped(kind: str) -> Path:
    return ROOT / "templates" / KINDS[kind].file


def filled(kind: str, template: Path) -> dict[str, bytes]:
    parts = parts_of(printing_of(KINDS[kind], worded(CHECKLIST), template))
    return read_parts(stamp(make_plate(parts), field_values(CHECKLIST)))


def printed(kind: str, template: Path) -> list[str]:
    """Every paragraph of the filled document that says anything, with ¶ before one that begins a page.

    Behind them heads and feet, section by section: programs share a part among sections, or make one for each.
    """
    parts = filled(kind, template)
    roots = word_parts(stamp(make_plate(parts), {}))
    document = roots["word/document.xml"]
    found = _texts(document)
    relations = {one.get("Id"): one.get("Target") for one in etree.fromstring(parts[RELATIONS])}
    for number, section in enumerate(document.iter(f"{W}sectPr"), start=1):
        for one in sorted(
            section.iter(f"{W}headerReference", f"{W}footerReference"), key=lambda one: one.tag
        ):
            place = f"{number} {etree.QName(one).localname} {one.get(f'{W}type')}"
            texts = _texts(roots[f"word/{relations[one.get(RELATION)]}"])
            found += [f"{place}：{text}" for text in texts]
    return found


def _texts(root: etree._Element) -> list[str]:
    return [text for paragraph in root.iter(f"{W}p") if (text := _text(paragraph)).strip()]


def _text(paragraph: etree._Element) -> str:
    text = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
    text = re.sub("(第|共) [0-9]+ 页", "\\1 n 页", text)  # the numbers are of the last time it was laid out
    begins = paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    broken = any(one.get(f"{W}type") == "page" for one in paragraph.iter(f"{W}br"))
    return ("¶" if begins or broken else "") + text


@cache
def expected(kind: str) -> list[str]:
    return printed(kind, shipped(kind))


def test_a_foot_that_went_or_stands_in_another_section_is_seen(tmp_path: Path) -> None:
    kind = f"{LIST}和企业留存"
    for change in ("gone", "swapped"):
        document = Document(str(shipped(kind)))
        one, other = document.element.iter(f"{W}footerReference")
        if change == "gone":
            one.getparent().remove(one)
        else:
            here, there = one.get(RELATION), other.get(RELATION)
            one.set(RELATION, there)
            other.set(RELATION, here)
        document.save(str(tmp_path / "动过.docx"))

        assert printed(kind, tmp_path / "动过.docx") != expected(kind)


# ---------------------------------------------------------------- what programs do to runs


def roots(document: Any) -> Iterator[etree._Element]:
    """The body and every head and foot."""
    yield document.element
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def join_equal_runs(document: Any) -> int:
    """Make one run of neighbours that look the same; returns how many went."""
    joined = 0
    for root in roots(document):
        for paragraph in root.iter(f"{W}p"):
            last: tuple[bytes, etree._Element] | None = None
            for run in list(paragraph):
                texts = run.findall(f"{W}t") if run.tag == f"{W}r" else []
                if len(texts) != 1 or len(run) > 2:
                    last = None
                    continue
                about = run.find(f"{W}rPr")
                look = etree.tostring(about) if about is not None else b""
                if last and last[0] == look:
                    last[1].text = (last[1].text or "") + (texts[0].text or "")
                    paragraph.remove(run)
                    joined += 1
                else:
                    texts[0].set(SPACE, "preserve")
                    last = (look, texts[0])
    return joined


def cut_runs(document: Any, chance: random.Random) -> None:
    """Cut every run at up to three places, and leave between the pieces what Word leaves there."""
    for root in roots(document):
        for run in [run for run in root.iter(f"{W}r") if len(run.findall(f"{W}t")) == 1 and len(run) <= 2]:
            text = run.find(f"{W}t").text or ""
            inner = range(1, len(text))
            cuts = sorted(chance.sample(inner, min(3, len(inner))))
            for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
                piece = copy.deepcopy(run)
                piece.find(f"{W}t").text = text[start:end]
                piece.find(f"{W}t").set(SPACE, "preserve")
                piece.set(f"{W}rsidR", f"00{chance.randrange(1 << 24):06X}")
                if chance.random() < 0.3:
                    if piece.find(f"{W}rPr") is None:
                        piece.insert(0, etree.Element(f"{W}rPr"))
                    etree.SubElement(piece.find(f"{W}rPr"), f"{W}lang").set(f"{W}eastAsia", "zh-CN")
                run.addprevious(piece)
                if chance.random() < 0.5:
                    run.addprevious(noise(chance))
            run.getparent().remove(run)


def noise(chance: random.Random) -> etree._Element:
    kind = chance.choice(("proofErr", "bookmarkStart", "bookmarkEnd"))
    made = etree.Element(f"{W}{kind}")
    if kind == "proofErr":
        made.set(f"{W}type", chance.choice(("spellStart", "gramEnd")))
    else:
        made.set(f"{W}id", str(chance.randrange(99)))
        made.set(f"{W}name", "_GoBack")
    return made


def saved(
    kind: str,
    folder: Path,
    *,
    cut: int | None = None,
    join: bool = False,
    other_styles: bool = False,
    source: Path | None = None,
) -> Path:
    document = Document(str(source or shipped(kind)))
    if other_styles:
        restyled(document)
    if cut is not None:
        cut_runs(document, random.Random(cut))
    if join:
        join_equal_runs(document)
    folder.mkdir(exist_ok=True)
    path = folder / KINDS[kind].file
    document.save(str(path))
    return path


# ---------------------------------------------------------------- the same document


@EVERY_KIND
def test_a_template_saved_by_python_docx_gives_the_same_document(tmp_path: Path, kind: str) -> None:
    path = saved(kind, tmp_path)

    assert check_template_file(path, CHECKLIST)[1] == []
    assert printed(kind, path) == expected(kind)


@EVERY_KIND
def test_styles_may_have_another_face_and_size(tmp_path: Path, kind: str) -> None:
    path = saved(kind, tmp_path, other_styles=True, join=True)

    assert check_template_file(path, CHECKLIST)[1] == []
    assert printed(kind, path) == expected(kind)
    assert {
        one.get(f"{W}val") for one in etree.fromstring(filled(kind, path)["word/styles.xml"]).iter(f"{W}sz")
    } == {"26"}


@EVERY_KIND
def test_equal_neighbouring_runs_may_be_joined(tmp_path: Path, kind: str) -> None:
    path = saved(kind, tmp_path, join=True)

    assert printed(kind, path) == expected(kind)
    assert check_template_file(path, CHECKLIST)[1] == []


@settings(max_examples=15, deadline=None)
@given(kind=st.sampled_from(list(KINDS)), seed=st.integers(0, 1 << 30), join=st.booleans())
def test_runs_may_be_cut_and_marked_anywhere(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int, join: bool
) -> None:
    path = saved(kind, tmp_path_factory.mktemp("cut"), cut=seed, join=join)

    assert printed(kind, path) == expected(kind)


def test_the_run_tags_of_earlier_templates_keep_what_stands_in_their_run(tmp_path: Path) -> None:
    """「依据：」 and 「（整治，原文9）」 vanished when an office program had joined these runs."""
    document = Document(str(shipped("现场检查表")))
    changed = 0
    for text in document.element.iter(f"{W}t"):
        for tag in ("{% for reference in row.references %}", "{% endfor %}"):
            if tag in (text.text or ""):
                text.text = text.text.replace(tag, tag.replace("{% ", "{%r "))
                changed += 1
    assert changed == 2
    document.save(str(tmp_path / "旧.docx"))

    assert printed("现场检查表", tmp_path / "旧.docx") == expected("现场检查表")


@pytest.fixture(scope="module")
def through_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every shipped template, every one with cut runs and other styles, and forms of an office's own, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    for kind in WORD_KINDS:
        saved(kind, folder / "cut", cut=7, other_styles=True)
    (folder / "made").mkdir()
    ten_lines(folder / "made")
    more = Document(str(shipped(LIST)))
    logo(more)
    column_more(more)
    more.save(str(folder / "made" / "徽.docx"))
    for name, source in (("plain", ROOT / "templates"), ("noisy", folder / "cut"), ("own", folder / "made")):
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        files = list(map(str, source.glob("*.docx")))
        subprocess.run(
            [*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / name), *files],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder


NEEDS_OFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


@NEEDS_OFFICE
@pytest.mark.parametrize(("saved_as", "join"), [("plain", False), ("noisy", True)])
@EVERY_KIND
def test_a_template_saved_by_libreoffice_gives_the_same_document(
    tmp_path: Path, through_libreoffice: Path, kind: str, join: bool, saved_as: str
) -> None:
    source = through_libreoffice / saved_as / KINDS[kind].file
    path = saved(kind, tmp_path, join=join, source=source) if join else source

    assert check_template_file(path, CHECKLIST)[1] == []
    assert printed(kind, path) == expected(kind)
    if not KINDS[kind].is_paper:
        assert printed_fingerprint(filled(kind, path)) == printed_fingerprint(filled(kind, shipped(kind)))


@NEEDS_OFFICE
def test_a_form_of_ones_own_may_be_saved_by_libreoffice(through_libreoffice: Path) -> None:
    path = through_libreoffice / "own" / "某县检查表.docx"

    assert [one.code for one in check_template_file(path, CHECKLIST)[1]] == ["template-not-read-back"]
    text = printed(LIST, path)
    assert [row.content for row in CHECKLIST.paper_rows if f"{row.marks}{row.content}" not in text] == []


@NEEDS_OFFICE
def test_a_logo_and_a_column_more_may_be_saved_by_libreoffice(through_libreoffice: Path) -> None:
    path = through_libreoffice / "own" / "徽.docx"

    assert check_template_file(path, CHECKLIST)[1] == []
    text = printed(LIST, path)
    assert [one for one in expected(LIST) if one not in text] == []
    assert text.count("应急、消防") == len(CHECKLIST.paper_rows)
    assert [name for name in filled(LIST, path) if name.startswith("word/media/")]
