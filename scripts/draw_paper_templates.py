"""Draw the templates of the other papers: ``python scripts/draw_paper_templates.py [FOLDER]``.

Ordinary Word files like the field checklist's, on the same slim base and in the same faces; drawn again to the byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

import paper_visit
import paper_wall
from paper_form import Sheet, page_foot, page_head
from word_base import REFERENCES, base_parts
from wordml import PAPER_STYLES, part, section, w, write_package

SHEETS = (
    paper_visit.plan,
    paper_visit.record,
    paper_visit.documents,
    paper_visit.exam,
    paper_wall.cards,
    paper_wall.posters,
    paper_wall.owner_pledge,
    paper_wall.staff_pledge,
    paper_wall.register,
)
EDITION = {"规则版": "{{ checklist.edition }}", "基准日": "{{ checklist.on_iso }}"}
OF_ONE = {"编号": "{{ enterprise.serial }}", "指纹": "{{ checklist.fingerprint }}"}
OF_MANY = {"规则版": "{{ paper.edition }}", "基准日": "{{ paper.on_iso }}"}


def draw(sheet: Sheet) -> dict[str, bytes]:
    """All parts of one template."""
    page = section(landscape=sheet.form.landscape, margins=sheet.form.margins, references=REFERENCES)
    told = EDITION | OF_ONE if sheet.of_one else OF_MANY
    parts = base_parts(
        part("document", w("body", *sheet.body, page)),
        page_head(sheet),
        page_foot(sheet),
        {"文档": sheet.name, **told},
        title="{{ paper.title }}",
        more_styles=PAPER_STYLES.values(),
    )
    core = "docProps/core.xml"
    return parts if sheet.of_one else {**parts, core: _of_many(parts[core])}


def _of_many(core: bytes) -> bytes:
    return core.replace(b"<dc:subject>{{ enterprise.name }}</dc:subject>", b"")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "templates"
    for make in SHEETS:
        sheet = make()
        write_package(folder / f"{sheet.name}.docx", draw(sheet))


if __name__ == "__main__":
    main()
