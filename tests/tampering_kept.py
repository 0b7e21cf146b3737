"""What somebody might do in Word to 「企业留存」, and to the data that tell which item each row of a list is."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.tampering import (
    CUSTOM,
    FIRM,
    HEADER,
    KEPT_FOOTER,
    MAP,
    Change,
    W,
    both,
    in_parts,
    in_xml,
    replaced,
)
from tests.tampering_word import (
    FIRST,
    LEFT,
    QUOTE,
    SECOND,
    SERIAL,
    TEXT_BOX,
    Root,
    appended_to,
    at_the_end,
    custom,
    drop_row,
    letter,
    other_edition_everywhere,
    paragraph_with,
    renamed_everywhere,
    row_property,
    row_with,
    run_of,
    run_with,
    text_of,
    w,
    with_property,
)

# ---------------------------------------------------------------- what stays with the enterprise


def behind(words: str, at: int, text: str) -> Change:
    """Words put into a cell of the row behind the one with ``words``."""

    def edit(root: Root) -> None:
        cells = list(row_with(root, words).getnext().iter(f"{W}tc"))
        cells[at].find(f"{W}p").append(run_of(text))

    return in_xml(edit)


def without_support(root: Root) -> None:
    """Words in a cell that is empty only because the item has no measure to keep it right."""
    rows = ([*row.iter(f"{W}tc")] for row in root.iter(f"{W}tr"))
    cells = next(
        cells
        for cells in rows
        if len(cells) == 3 and text_of(cells[0]).isdecimal() and text_of(cells[1]) and not text_of(cells[2])
    )
    cells[2].find(f"{W}p").append(run_of("本项免查"))


def number_of_a_row(root: Root) -> None:
    run_with(row_with(root, FIRST.item.rectify), "1").find(f"{W}t").text = "7"


def code_of_a_basis(root: Root) -> None:
    row = row_with(root, FIRST.item.rectify).getnext()
    next(text for text in row.iter(f"{W}t") if text.text == "晋25四(十一)").text = "晋25四(十二)"


def numbers_left_out(root: Root) -> None:
    cell = list(row_with(root, "项数").getnext().iter(f"{W}tc"))[1]
    text = next(cell.iter(f"{W}t"))
    text.text = f"9{text.text}"


def place_left_out_deleted(root: Root) -> None:
    row = row_with(root, "项数").getnext()
    row.getparent().remove(row)


def paragraph_before_the_table(root: Root) -> None:
    heading = paragraph_with(root, "依据原文").getnext()
    heading.addprevious(w("p", run_of("本单位已整改完毕。")))


TAMPERED_KEPT: dict[str, Change] = {
    "heading": letter("一　不符合项整改要求"),
    "quote": letter(QUOTE),
    "clause of a quote": replaced(" 四、（十一）<", " 四、（十）<"),
    "notice of a quote": replaced(">晋政发〔2025〕1号 ", ">晋政发〔2015〕1号 "),
    "what to do": letter(FIRST.item.rectify),
    "title of a row": letter(f"{FIRST.item.title}："),
    "support": letter(FIRST.item.support),
    "no support": replaced(FIRST.item.support, ""),
    "number of a row": in_xml(number_of_a_row),
    "code of a basis": in_xml(code_of_a_basis),
    "says of a basis": replaced("（整治，原文", "（推动，原文"),
    "number of a quote": replaced("（整治，原文", "（整治，原文9"),
    "term": replaced("通知只提到名称，没有展开", "通知已经展开"),
    "term deleted": drop_row("通知只提到名称，没有展开"),
    "numbers left out": in_xml(numbers_left_out),
    "place left out deleted": in_xml(place_left_out_deleted),
    "row deleted": drop_row(FIRST.item.rectify),
    "row of a quote deleted": drop_row(QUOTE),
    "words where there is no support": in_xml(without_support),
    "words beside the bases": behind(FIRST.item.rectify, 0, "本项免改"),
    "words behind the bases": behind(FIRST.item.rectify, 1, "；本项免改"),
    "what to do hidden": with_property(FIRST.item.rectify, w("vanish")),
    "what to do white": with_property(FIRST.item.rectify, w("color", val="FFFFFF")),
    "row hidden": row_property(FIRST.item.rectify, w("hidden")),
    "text box": appended_to("二　依据原文", TEXT_BOX),
    "tracked deletion": appended_to(FIRST.item.rectify, w("del", w("r", w("delText", text="不改")))),
    "paragraph at the end": in_xml(at_the_end),
    "paragraph before a table": in_xml(paragraph_before_the_table),
    "disclaimer": replaced("作出行政处罚须另行援引", "作出行政处罚无须援引"),
    "serial on the page": replaced(SERIAL, SERIAL[:-1] + ("0" if SERIAL[-1] != "0" else "1"), HEADER),
    "name on the page": replaced(FIRM.name, "另一家", HEADER),
    "edition on the page": replaced("规则版 ", "规则版 9.", KEPT_FOOTER),
    "fingerprint on the page": replaced("指纹 ", "指纹 0000-", KEPT_FOOTER),
    "foot of the page": replaced("检查提示用，不作处罚依据", "可作处罚依据", KEPT_FOOTER),
    "name changed everywhere": renamed_everywhere,
    "edition changed everywhere": other_edition_everywhere,
    "facts in the data": replaced('"dormitory":true', '"dormitory":false', CUSTOM),
    "type in the data": replaced(">catering-gas-user<", ">hospital<", CUSTOM),
    "day in the data": replaced(">2026-11-22<", ">2025-11-22<", CUSTOM),
    "serial in the data": replaced(SERIAL, "20261122-000000", CUSTOM),
    "fingerprint in the data": custom("指纹", "0000-0000-0000"),
    "digest in the data": custom("文字摘要", "0" * 32),
    "another document in the data": custom("文档", "现场检查方案"),
    "document nobody knows in the data": custom("文档", "企业留底"),
    "no data": in_parts(lambda parts: parts.pop(CUSTOM)),
    "data of another format": custom("格式", "4"),
}
"""Of what stays with the enterprise, as a file of its own or behind the list."""

# ---------------------------------------------------------------- the map of the rows


def entry(root: Root, item: str) -> Root:
    return next(one for one in root if one.get("item") == item)


def in_map(item: str, name: str, text: str) -> Change:
    """What the map says of an item changed."""
    return in_xml(lambda root: entry(root, item).set(name, text), MAP)


def not_in_map(item: str) -> Change:
    return in_xml(lambda root: root.remove(entry(root, item)), MAP)


def mark_named(root: Root, name: str) -> Root:
    return next(one for one in root.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == name)


def bookmarks_swapped(root: Root) -> None:
    one, other = mark_named(root, "row_1"), mark_named(root, "row_2")
    one.set(f"{W}name", "row_2")
    other.set(f"{W}name", "row_1")


def bookmark_gone(root: Root) -> None:
    mark = mark_named(root, "row_1")
    mark.getparent().remove(mark)


def map_not_related(parts: dict[str, bytes]) -> None:
    """The map lies in the package, and the document does not name it."""
    name = "word/_rels/document.xml.rels"
    root = etree.fromstring(parts[name])
    for one in [one for one in root if one.get("Type", "").endswith("/customXml")]:
        root.remove(one)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


TAMPERED_MAP: dict[str, Change] = {
    "id": in_map(FIRST.item.id, "item", "general-duty-nothing"),
    "id of a row left out": in_map(LEFT.item.id, "item", "general-duty-nothing"),
    "ids swapped": both(
        in_map(FIRST.item.id, "item", "nothing"),
        in_map(SECOND.item.id, "item", FIRST.item.id),
        in_map("nothing", "item", SECOND.item.id),
    ),
    "digest": in_map(FIRST.item.id, "digest", FIRST.digest[::-1]),
    "digest taken away": in_xml(lambda root: entry(root, FIRST.item.id).attrib.pop("digest"), MAP),
    "digest of a row left out": in_map(LEFT.item.id, "digest", LEFT.digest[::-1]),
    "row taken out": not_in_map(FIRST.item.id),
    "row left out taken out": not_in_map(LEFT.item.id),
    "rows in another order": in_xml(lambda root: root.append(root[0]), MAP),
    "row put in": in_xml(lambda root: root.append(deepcopy(root[-1])), MAP),
    "bookmarks swapped": in_xml(bookmarks_swapped),
    "bookmark gone and wording changed": both(in_xml(bookmark_gone), letter(FIRST.content)),
    "bookmark gone and row deleted": both(in_xml(bookmark_gone), drop_row(FIRST.content)),
}
"""Of what tells the rows of a list: hardly any of it is seen on paper, and every one is wrong."""
WITHOUT_MAP: dict[str, Change] = {
    "no map": in_parts(lambda parts: parts.pop(MAP)),
    "map not related": in_parts(map_not_related),
    "map empty": in_xml(lambda root: [root.remove(one) for one in list(root)], MAP),
    "map of another program": in_parts(
        lambda parts: parts.__setitem__(MAP, b'<rows xmlns="urn:another"><row item="a"/></rows>')
    ),
}
"""A list whose rows cannot be told any more is not vouched for, and not called wrong."""
