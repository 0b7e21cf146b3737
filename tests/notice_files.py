"""The notices the project began with, and Word files of notices, written part by part."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

FIRST_NOTICES = (
    *(f"shanxi-{year}" for year in range(2009, 2027)),
    "yangquan-2025",
    "lingchuan-2025",
    "jiaocheng-2025",
    "yangcheng-2022",
)
"""Whatever is counted is counted of these, so that a notice that comes later changes no count."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TITLE, ADDRESS, OPENING = (
    "某某市人民政府关于做好安全生产工作的通知",
    "各县人民政府：",
    "现就有关事项通知如下。",
)


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs, or of one plain text."""
    inner = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """A table whose cells hold plain texts."""
    cells = ("".join(f"<w:tc><w:tcPr/>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word_file(
    folder: Path, body: str, parts: dict[str, str] | None = None, name: str = "notice.docx"
) -> Path:
    """A Word file: title, addressees, opening, then ``body``; ``parts`` are kinds of other parts with their XML."""
    head = (p(text) for text in (TITLE, ADDRESS, OPENING))
    return write_package(folder / name, document(*head, body), parts or {})


def document(*body: str) -> str:
    """The XML of a document."""
    return f"<w:document {_NAMES}><w:body>{''.join(body)}</w:body></w:document>"


def write_package(path: Path, document: str, parts: dict[str, str]) -> Path:
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{kind}{number}.xml"/>'
        for number, kind in enumerate(parts)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", document)
        package.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
        )
        for number, (kind, content) in enumerate(parts.items()):
            package.writestr(
                f"word/{kind}{number}.xml",
                content.replace("<w:", "<w:", 1).replace(" NAMES", f" {_NAMES}", 1),
            )
    return path
