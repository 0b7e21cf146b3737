"""Opening packages: damage is called damage whatever it is, and no package eats the machine."""

from __future__ import annotations

import io
import os
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists import limits
from checklists.files.package import Damaged, TooBig, parse_xml, read_parts
from tests.damaged import parts_of, tampered, zipped
from tests.sample import ROOT

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": b"<a>" + b"x" * 500 + b"</a>",
    "b.xml": b"<b/>",
}
WORD = (ROOT / "templates/现场检查表.docx").read_bytes()
LAUGHS = b"<!DOCTYPE a [<!ENTITY l0 'ha'>" + b"".join(
    b"<!ENTITY l%d '%s'>" % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)


def refused(package: bytes) -> str:
    with pytest.raises(Damaged) as damage:
        read_parts(package)
    return damage.value.why


def test_a_whole_package_gives_its_parts_in_order() -> None:
    assert list(read_parts(zipped(PARTS)).items()) == list(PARTS.items())
    assert list(read_parts(zipped(PARTS), lambda name: name == "b.xml")) == ["b.xml"]


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (1, {"crc": 1}),
        (1, {"size": 3}),
        (1, {"size": 5000}),
        (1, {"packed": 5}),
        (1, {"packed": 0}),
        (1, {"offset": 7}),
        (1, {"offset": 0xFFFFFFFE}),
        (1, {"method": 12}),
        (1, {"method": 14}),
        (1, {"method": 99}),
        (1, {"flag": 0x801}),
        (1, {"name": b"b.xml"}),
        (1, {"name": b"../../b.xml"}),
        (1, {"name": b"/etc/b.xml"}),
        (1, {"name": b"word\\b.xml"}),
        (1, {"name": b"\xff\xfe"}),
        (1, {"extra": struct.pack("<HHQ", 1, 8, 1 << 62), "size": 0xFFFFFFFF}),
        (-1, {"offset": 0xFFFFFFFE}),
        (-1, {"offset": 0}),
        (-1, {"size": 0xFFFFFFFE}),
        (-1, {"size": 7}),
    ],
)  # fmt: skip
def test_a_directory_that_lies_is_damage(number: int, changes: dict[str, object]) -> None:
    assert refused(zipped(PARTS, tampered(number, **changes)))


def test_what_is_no_zip_is_damage() -> None:
    for content in (b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"\xd0\xcf\x11\xe0" * 50, os.urandom(3000)):
        assert refused(content)


def test_the_reason_is_in_the_readers_words() -> None:
    assert refused(zipped(PARTS, tampered(1, flag=0x801))) == "加了密码"
    assert refused(zipped([*PARTS.items(), ("b.xml", b"<c/>")])) == "部件 b.xml 有两个"
    assert refused(zipped(PARTS, tampered(1, crc=1))) == "不是压缩包，或不完整"


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)
@given(
    st.lists(st.tuples(st.integers(0, len(WORD) - 1), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, len(WORD)),
    st.booleans(),
)
def test_no_flipped_byte_and_no_cut_makes_reading_fail_in_another_way(
    flips: list[tuple[int, int]], cut: int, near_the_end: bool
) -> None:
    content = bytearray(WORD[:cut] if cut % 3 == 0 else WORD)
    for at, value in flips:
        where = len(content) - 1 - at % 800 if near_the_end else at
        if 0 <= where < len(content):
            content[where] = value

    try:
        parts = read_parts(bytes(content))
        for name, part in parts.items():
            if name.endswith(".xml"):
                parse_xml(part, name)
    except Damaged as damage:
        assert damage.why


# ---------------------------------------------------------------- limits


def test_blanks_without_end_are_not_unpacked() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made, made.open("a.xml", "w") as opened:
        for _ in range(limits.RATIO_FREE_BYTES // (1 << 20) + 1):
            opened.write(b" " * (1 << 20))

    with pytest.raises(TooBig, match="空白"):
        read_parts(written.getvalue())


def test_a_directory_that_claims_more_than_the_limits_is_believed_and_refused() -> None:
    for size in (limits.PART_BYTES + 1, 0xFFFFFFF0):
        with pytest.raises(TooBig):
            read_parts(zipped(PARTS, tampered(1, size=size)))


def test_members_that_share_their_bytes_are_damage() -> None:
    parts = [(f"{number}.xml", b"x" * 3000) for number in range(50)]

    def share(number: int, told: dict[str, object]) -> None:
        if number >= 0:
            told.update(offset=0, packed=2000)

    assert refused(zipped(parts, share)) == "压缩包的目录与内容不符"


def test_too_many_parts_are_too_big() -> None:
    with pytest.raises(TooBig):
        read_parts(zipped([(f"{number}", b"") for number in range(limits.PARTS + 1)]))


# ---------------------------------------------------------------- XML


def test_comments_and_instructions_are_no_elements() -> None:
    root = parse_xml(b"<a>x<!-- c --><?p i?>y<b/></a>")

    assert (root.text, [child.tag for child in root]) == ("xy", ["b"])


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<a>", b"<a></b>", b"\x00", b"<a>&b;</a>", b"<a b='1' b='2'/>", b"<a>\x01</a>",
        b"<?xml version='1.0' encoding='nonsense'?><a/>", "<a>阳</a>".encode("gb18030"),
        LAUGHS + b"]><a>&l9;</a>",
        LAUGHS + b"]><a b='&l9;'/>",
        b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
        b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
        b"<a>" * 5000 + b"</a>" * 5000,
    ],
)  # fmt: skip
def test_xml_that_is_wrong_or_defines_entities_is_damage(content: bytes) -> None:
    with pytest.raises(Damaged) as damage:
        parse_xml(content, "word/document.xml")

    assert damage.value.why.startswith("word/document.xml") or "DOCTYPE" in damage.value.why


def test_xml_of_too_many_elements_or_attributes_is_too_big() -> None:
    with pytest.raises(TooBig):
        parse_xml(b"<a>" + b"<b/>" * limits.MARKUP + b"</a>")
    with pytest.raises(TooBig):
        parse_xml(b"<a " + b" ".join(b"a%d='1'" % number for number in range(limits.ATTRIBUTES + 1)) + b"/>")


def test_utf_16_is_read() -> None:
    assert parse_xml("<?xml version='1.0' encoding='UTF-16'?><a>阳</a>".encode("utf-16")).text == "阳"


def test_the_shipped_templates_are_far_below_the_limits() -> None:
    for path in sorted((ROOT / "templates").glob("*.??cx")):
        assert sum(map(len, parts_of(path.read_bytes()).values())) < limits.PART_BYTES / 20
