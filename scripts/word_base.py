"""The slim package every shipped Word template starts from: content types, styles, settings, faces, properties.

python-docx's default template carries 850 KB of styles nobody uses; this one holds the dozen a restyler needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree
from wordml import (
    BODY,
    CHARACTER_STYLES,
    HEAD,
    PARAGRAPH_STYLES,
    TITLE,
    Element,
    Style,
    fonts,
    look_of,
    part,
    properties,
    w,
)

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

FACES: tuple[tuple[str, str, str], ...] = (
    (BODY, "仿宋", "modern"),
    (HEAD, "SimHei", "modern"),
    (TITLE, "方正小标宋_GBK", "auto"),
)
"""Face, the face to take where it is missing, family."""


def base_parts(
    document: bytes,
    header: bytes,
    footer: bytes,
    properties_of: Mapping[str, str],
    *,
    title: str = "{{ checklist.title }}",
    more_styles: Iterable[Style] = (),
) -> dict[str, bytes]:
    """All parts of a template. ``properties_of``: the custom properties (name: text or tag)."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("core", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
        ),
        "word/header1.xml": header,
        "word/footer1.xml": footer,
        "word/styles.xml": _styles([*PARAGRAPH_STYLES.values(), *more_styles]),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _faces(),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": _app(),
        "docProps/custom.xml": _custom(properties_of),
    }


DRAWN = "2026-01-01T00:00:00Z"
"""A day as Word demands it: a tag in its place would make Word refuse the template. Filling puts the list's day there."""
REFERENCES = {"headerReference": "rId4", "footerReference": "rId5"}


def _content_types() -> bytes:
    overrides = {
        "/word/document.xml": f"{MAIN}.document.main+xml",
        "/word/header1.xml": f"{MAIN}.header+xml",
        "/word/footer1.xml": f"{MAIN}.footer+xml",
        "/word/styles.xml": f"{MAIN}.styles+xml",
        "/word/settings.xml": f"{MAIN}.settings+xml",
        "/word/fontTable.xml": f"{MAIN}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{HEADER}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    ).encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{core if kind == "core" else f"{OFFICE}/relationships/{kind}"}"'
        f' Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'.encode()


# ---------------------------------------------------------------- styles, settings, faces


def _styles(paragraph_styles: Iterable[Style]) -> bytes:
    language = w("lang", val="en-US", eastAsia="zh-CN")
    defaults = properties("rPr", {"rFonts": fonts(), "sz": 21, "szCs": 21, "lang": language})
    normal = _style("paragraph", "Normal", "Normal", default=True)
    plain_table = _style("table", "TableNormal", "Normal Table", default=True)
    return part(
        "styles",
        w("docDefaults", w("rPrDefault", defaults), w("pPrDefault", w("pPr"))),
        normal,
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True),
        plain_table,
        *(_style("paragraph", one.id, one.name, look_of(one)) for one in paragraph_styles),
        *(_style("character", one.id, one.name, look_of(one)) for one in CHARACTER_STYLES.values()),
    )


def _style(kind: str, style_id: str, name: str, *look: Element, default: bool = False) -> Element:
    made = w("style", type=kind, styleId=style_id)
    if default:
        made.set(made.tag.replace("style", "default"), "1")
    else:
        made.set(made.tag.replace("style", "customStyle"), "1")
    made.append(w("name", val=name))
    if kind == "paragraph" and not default:
        made.append(w("basedOn", val="Normal"))
    made.append(w("qFormat"))
    made.extend(look)
    return made


def _settings() -> bytes:
    word = "http://schemas.microsoft.com/office/word"
    compatibility = w("compat", w("compatSetting", name="compatibilityMode", uri=word, val=15))
    return part(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("characterSpacingControl", val="compressPunctuation"),
        compatibility,
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _faces() -> bytes:
    def face(name: str, instead: str, family: str) -> Element:
        return w(
            "font", w("altName", val=instead), w("charset", val="86"), w("family", val=family), name=name
        )

    latin = w("font", w("charset", val="00"), w("family", val="roman"), name="Times New Roman")
    return part("fonts", *(face(*told) for told in FACES), latin)


# ---------------------------------------------------------------- properties


def _core(title: str) -> bytes:
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title>"
        "<dc:subject>{{ enterprise.name }}</dc:subject>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{DRAWN}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{DRAWN}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def _app() -> bytes:
    return f'{HEADER}<Properties xmlns="{OFFICE}/extended-properties"><Application>checklists</Application></Properties>'.encode()


def _custom(told: Mapping[str, str]) -> bytes:
    types = f"{OFFICE}/docPropsVTypes"
    root = etree.Element(
        f"{{{OFFICE}/custom-properties}}Properties", nsmap={None: f"{OFFICE}/custom-properties", "vt": types}
    )
    for number, (name, text) in enumerate(told.items(), start=2):
        one = etree.SubElement(root, f"{{{OFFICE}/custom-properties}}property")
        one.set("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
        one.set("pid", str(number))
        one.set("name", name)
        etree.SubElement(one, f"{{{types}}}lpwstr").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
