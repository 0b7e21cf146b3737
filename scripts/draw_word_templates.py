"""Draw the shipped Word templates: ``python scripts/draw_word_templates.py [FOLDER]``.

The templates are ordinary files afterwards: whoever wants them otherwise restyles them in Word or WPS. This script
says how the shipped ones came about, in millimetres, and draws them again to the byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

from word_back import appendix, problem_page
from word_base import REFERENCES, base_parts
from word_edges import page_foot, page_head
from word_form import LANDSCAPE, PORTRAIT, Form
from word_front import item_list, page_one
from wordml import part, section, w, write_package

IDENTITY = {
    "文档": "现场检查表",
    "规则版": "{{ checklist.edition }}",
    "基准日": "{{ checklist.on_iso }}",
    "编号": "{{ enterprise.serial }}",
    "指纹": "{{ checklist.fingerprint }}",
}


def draw(form: Form) -> dict[str, bytes]:
    """All parts of the template of one orientation."""
    body = w(
        "body",
        *page_one(form),
        item_list(form),
        *problem_page(form),
        *appendix(form),
        section(landscape=form.landscape, margins=form.margins, references=REFERENCES),
    )
    return base_parts(part("document", body), page_head(form), page_foot(form), IDENTITY)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "templates"
    write_package(folder / "现场检查表.docx", draw(PORTRAIT))
    write_package(folder / "现场检查表（横版）.docx", draw(LANDSCAPE))


if __name__ == "__main__":
    main()
