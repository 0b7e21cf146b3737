"""Programs that take the text out of a Word document get what people read: no ids of items, no digests."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import mammoth
import pypandoc
import pytest
from docx import Document
from docx.document import Document as Opened
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph

from checklists.checklist.build import Checklist
from checklists.documents.catalogue import DOCUMENTS, WORD
from tests.sample import finished
from tests.test_golden import TODAY, installed, made_of

DIGEST = "8e052b36d788c61e17f1848e21ed51208e7a41394537dc852eb8413cfd8c5426"
IDS = {item.id for item in installed().items}
ITEM = min(IDS)
LONG_HEX = re.compile("(?=[0-9]*[a-f])[0-9a-f]{12,}")
"""What a digest looks like. A printed fingerprint is in groups of four."""


def by_python_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(text for part in _parts(document) for text in _texts(part))


def _parts(document: Opened) -> Iterator[Opened | Section]:
    yield document
    for section in document.sections:
        heads = (section.header, section.first_page_header, section.even_page_header)
        yield from (*heads, section.footer, section.first_page_footer, section.even_page_footer)


def _texts(container: Opened | Section) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (text for row in block.rows for cell in row.cells for text in _texts(cell))


def by_mammoth(content: bytes) -> str:
    return str(mammoth.extract_raw_text(io.BytesIO(content)).value)


def by_pandoc(content: bytes) -> str:
    return str(pypandoc.convert_text(content, "plain", format="docx", extra_args=["--columns=9999"]))


BY_EACH = pytest.mark.parametrize("take", [by_python_docx, by_mammoth, by_pandoc])


def not_for_people(text: str) -> set[str]:
    """Ids of items and digests in a text."""
    return {item for item in IDS if item in text} | set(LONG_HEX.findall(text))


@BY_EACH
def test_what_hidden_runs_carry_comes_out_and_is_seen(take: Callable[[bytes], str]) -> None:
    def told(*hidden: str) -> set[str]:
        document = Document()
        paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
        paragraph.add_run("检查内容，指纹 7f3a-91c2-0b1d。")
        for text in hidden:
            paragraph.add_run(text).font.hidden = True
        written = io.BytesIO()
        document.save(written)
        return not_for_people(take(written.getvalue()))

    assert told() == set()
    assert told(ITEM) == {ITEM}
    assert told(DIGEST) == {DIGEST}


@pytest.fixture(scope="module")
def mine() -> Checklist:
    return made_of(installed(), "underground-coal-mine", "阳泉市", TODAY)


@BY_EACH
@pytest.mark.parametrize("kind", [name for name, document in DOCUMENTS.items() if document.ending == WORD])
def test_the_text_of_a_document_is_what_people_read(
    mine: Checklist, kind: str, take: Callable[[bytes], str]
) -> None:
    for name, content in finished(mine, names=[kind]).items():
        text = take(content)

        assert not_for_people(text) == set(), name
        assert kind.partition("（")[0] in text
