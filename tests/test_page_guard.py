"""What the page lets in and what it says outside: each guard is first shown what goes through without it."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from docx import Document
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from checklists.web.choice import OFFICE_FIELDS
from checklists.web.guard import HEADERS, Guard
from checklists.web.pages import HERE
from checklists.web.running import listening
from tests.page_server import page_running, running

FIRM = "阳城县老灶火锅店"
FORM, UPLOAD, SECONDS = 50_000, 200_000, 0.5
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}
FILES_TYPE = {"content-type": "multipart/form-data; boundary=x"}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(
    address: str,
    method: str = "GET",
    path: str = "/",
    body: bytes | Iterator[bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request as it is told, with what http.client adds of its own."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request(method, path, body, dict(headers or {}))
    answer = connection.getresponse()
    found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    connection.close()
    return found


def raw(address: str, *pieces: bytes, wait: float = 0.0, seconds: float = 5.0) -> bytes:
    """What is answered to these bytes, sent with a pause between them; nothing where nobody answers in time."""
    at = urlsplit(address)
    with socket.create_connection((at.hostname, at.port), timeout=seconds) as line:
        for piece in pieces:
            line.sendall(piece)
            time.sleep(wait)
        try:
            return line.recv(65536)
        except TimeoutError:
            return b""


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """A page that takes in everything, and fails when it is told to."""
    if scope["type"] != "http":
        return
    request = Request(scope, receive)
    if request.url.path == "/broken":
        raise ValueError(FIRM)
    if request.url.path == "/hasty":
        await JSONResponse({})(scope, receive, send)
        return
    await JSONResponse({"method": request.method, "bytes": len(await request.body())})(scope, receive, send)


@pytest.fixture(scope="module")
def bare() -> Iterator[str]:
    """The page that takes in everything, without a guard."""
    with running(echo) as address:
        yield address


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The same behind the guard, with small limits, and a name of a proxy."""
    guard = Guard(echo, ["Jcb.Example.Gov"], most=UPLOAD, form=FORM, seconds=SECONDS)
    with running(guard) as address:
        yield address


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole page."""
    with page_running(tmp_path_factory.mktemp("page")) as address:
        yield address


# ---------------------------------------------------------------- who asks


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "evil.example@localhost",
        "127.0.0.1/evil.example",
        "localhost:80:80",
        "localhost:",
        "[::1",
        "2130706433",
        "127.1",
        "localhost.",
        " ",
    ],
)
def test_a_foreign_name_is_refused(bare: str, guarded: str, host: str) -> None:
    assert ask(bare, headers={"host": host}).status == 200
    assert ask(guarded, headers={"host": host}).status == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LocalHost", "[::1]", "jcb.example.gov"])
@pytest.mark.parametrize("port", ["", ":8765"])
def test_this_machine_and_the_proxy_are_let_in(guarded: str, host: str, port: str) -> None:
    assert ask(guarded, headers={"host": host + port}).status == 200


FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "http://127.0.0.1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "something-new"},
    {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_page_sends_is_refused(
    bare: str, guarded: str, method: str, headers: dict[str, str]
) -> None:
    assert ask(bare, method, headers=headers).status == 200
    assert ask(guarded, method, headers=headers).status == 403


def test_what_the_page_itself_and_what_no_browser_sends_is_let_in(guarded: str) -> None:
    own = {"origin": guarded, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}

    assert ask(guarded, "POST", headers=own).status == 200
    assert ask(guarded, "POST", body=b"name=x", headers=FORM_TYPE).status == 200
    assert ask(guarded, "POST", headers={"sec-fetch-site": "none"}).status == 200


def test_another_page_may_link_here_and_take_in_nothing(bare: str, guarded: str) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}

    assert ask(guarded, headers=link).status == 200
    assert (ask(bare, headers=picture).status, ask(guarded, headers=picture).status) == (200, 403)


def test_a_socket_of_websockets_is_closed() -> None:
    said: list[object] = []

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: object) -> None:
        said.append(message)

    asyncio.run(Guard(echo)({"type": "websocket", "headers": []}, receive, send))

    assert said == [{"type": "websocket.close"}]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has further addresses of its own to try")
def test_only_this_machine_reaches_it(page: str) -> None:
    with socket.socket() as open_to_all:
        open_to_all.bind(("0.0.0.0", 0))
        open_to_all.listen()
        socket.create_connection(("127.0.0.2", open_to_all.getsockname()[1]), 5).close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", int(page.rsplit(":", 1)[1])), 5)


def test_a_port_that_is_taken_is_not_shared() -> None:
    with listening(0) as taken:
        taken.listen()
        with pytest.raises(OSError):
            listening(taken.getsockname()[1])


# ---------------------------------------------------------------- how much, and how slowly


@pytest.mark.parametrize(("headers", "most"), [(FORM_TYPE, FORM), ({}, FORM), (FILES_TYPE, UPLOAD)])
def test_more_than_is_taken_in_is_refused(
    bare: str, guarded: str, headers: dict[str, str], most: int
) -> None:
    def in_pieces(length: int) -> Iterator[bytes]:
        yield from (b"x" * min(10_000, length - done) for done in range(0, length, 10_000))

    assert json.loads(ask(guarded, "POST", body=b"x" * most, headers=headers).body)["bytes"] == most
    assert json.loads(ask(guarded, "POST", body=in_pieces(most), headers=headers).body)["bytes"] == most
    assert ask(bare, "POST", body=b"x" * (most + 1), headers=headers).status == 200
    assert ask(guarded, "POST", body=b"x" * (most + 1), headers=headers).status == 413
    assert ask(guarded, "POST", body=in_pieces(most + 1), headers=headers).status == 413
    assert ask(guarded, "GET", body=in_pieces(most + 1), headers=headers).status == 413


def test_a_browser_that_sent_too_much_hears_why(guarded: str) -> None:
    """Whoever hangs up on it while it sends shows it a broken line instead of words."""
    at, body = urlsplit(guarded), b"x" * 3 * UPLOAD
    head = f"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(body)}\r\n"
    head += f"content-type: {FILES_TYPE['content-type']}\r\n\r\n"
    with socket.create_connection((at.hostname, at.port), timeout=5) as line:
        line.sendall(head.encode())
        for begin in range(0, len(body), 100_000):  # one piece after the other, as a browser does
            time.sleep(0.02)
            line.sendall(body[begin : begin + 100_000])
        answer = line.recv(65536)
    assert answer[9:12] == b"413" and "太大".encode() in answer and b"content-security-policy" in answer

    begun = time.monotonic()
    assert raw(guarded, head.replace(str(len(body)), "9" * 12).encode(), b"x")[9:12] == b"413"
    assert time.monotonic() - begun < 2 * SECONDS + 1


@pytest.mark.parametrize("length", ["-5", "abc", "5.0", "0x10", "9" * 30, "٣"])
def test_a_length_that_is_none_is_refused(guarded: str, page: str, length: str) -> None:
    for address in (guarded, page):
        told = f"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n".encode()
        assert raw(address, told, b"12345")[9:12] in (b"400", b"413")


@pytest.mark.parametrize("length", ["-5", "abc", "", "+5", "٣", "1_0"])
def test_the_guard_itself_knows_a_length_that_is_none(length: str) -> None:
    """Whatever the server before it lets through."""
    said: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    headers = [(b"host", b"localhost"), (b"content-length", length.encode("utf-8"))]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    asyncio.run(Guard(echo)(scope, receive, send))  # type: ignore[arg-type]

    assert said[0]["status"] == 400


def test_a_body_that_does_not_come_is_not_waited_for(bare: str, guarded: str) -> None:
    head = b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n"

    assert raw(bare, head, b"x", seconds=3 * SECONDS) == b""
    begun = time.monotonic()
    assert raw(guarded, head, b"x")[9:12] == b"408"
    assert raw(guarded, head, *[b"x"] * 2, wait=SECONDS / 3)[9:12] == b"408"
    assert time.monotonic() - begun < 4
    assert ask(guarded).status == 200


def test_who_goes_on_sending_to_an_answer_is_not_kept(bare: str, guarded: str) -> None:
    """A page that answers without reading all leaves a line open on which somebody may dribble for ever."""

    def answered(address: str) -> bool:
        """Whether somebody who dribbles is let go before he is done."""
        at = urlsplit(address)
        with socket.create_connection((at.hostname, at.port), timeout=5) as line:
            line.sendall(b"POST /hasty HTTP/1.1\r\nhost: localhost\r\ncontent-length: 500\r\n\r\n")
            try:
                for _ in range(round(6 * SECONDS / 0.05)):
                    line.sendall(b"x")
                    time.sleep(0.05)
            except OSError:
                return True
        return False

    assert not answered(bare)
    assert answered(guarded)
    assert ask(guarded, "POST", "/hasty", b"x" * FORM).status == 200


@pytest.mark.parametrize("count", [1_500, 20_000])
def test_thousands_of_fields_harm_nobody(page: str, count: int) -> None:
    fields = urlencode([(f"f{number}", "x") for number in range(count)]).encode()
    answer = ask(page, "POST", "/documents", fields, FORM_TYPE)

    assert answer.status == 400
    assert "没有收下" in answer.text


def test_a_very_long_query_harms_nobody(page: str) -> None:
    types = urlencode([("type", f"没有的类型{number}") for number in range(600)])

    assert ask(page, path=f"/?{types}").status == 200
    assert ask(page, path=f"/preview?find={'x' * 40_000}&place={'y' * 10_000}").status == 200
    longest = f"GET /?place={'x' * 200_000} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode()
    with suppress(ConnectionError):  # it need not be heard to the end
        assert raw(page, longest)[9:10] == b"4"
    assert ask(page).status == 200


# ---------------------------------------------------------------- what is answered

ANSWERS = {
    "page": ("GET", "/", {}, 200),
    "head": ("HEAD", "/", {}, 200),
    "asset": ("GET", "/assets/style.css", {}, 200),
    "api": ("GET", "/api/openapi.json", {}, 200),
    "missing": ("GET", "/nowhere", {}, 404),
    "missing asset": ("GET", "/assets/nowhere", {}, 404),
    "wrong method": ("PUT", "/", {}, 405),
    "another": ("DELETE", "/documents", {}, 405),
    "options": ("OPTIONS", "/", {}, 405),
    "trace": ("TRACE", "/", {}, 405),
    "unknown": ("BREW", "/", {}, 405),
    "no method of an asset": ("POST", "/assets/style.css", {}, 405),
    "refused": ("POST", "/documents", {}, 422),
    "foreign host": ("GET", "/", {"host": "evil.example"}, 421),
    "foreign origin": ("POST", "/documents", {"origin": "http://evil.example"}, 403),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_has_the_headers_that_keep_others_out(page: str, name: str) -> None:
    method, path, headers, status = ANSWERS[name]
    answer = ask(page, method, path, headers=headers)

    assert answer.status == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in answer.headers
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "http:" not in answer.headers["content-security-policy"]


def test_asking_for_the_head_alone_gives_the_head_alone(page: str) -> None:
    whole, head = ask(page), ask(page, "HEAD")

    assert head.body == b"" and len(whole.body) > 1000
    assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../served.py",
        "/assets/%2e%2e/served.py",
        "/assets/..%2fserved.py",
        "/assets/..%5cserved.py",
        "/assets/%252e%252e/served.py",
        "/assets/....//served.py",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        f"/assets/{HERE}/served.py",
        "/assets/style.css%00.py",
        "/assets/",
    ],
)
def test_nothing_but_the_assets_is_given_out(page: str, path: str) -> None:
    assert (HERE / "assets" / ".." / "served.py").read_text("utf-8")  # what there is to be had
    answer = ask(page, path=path)

    assert answer.status in (400, 404)
    assert b"class Served" not in answer.body and b"root:" not in answer.body


TAGS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "field", ["type", "place", "find", "on", "department", "basis", "most", "fact.x", TAGS]
)
@pytest.mark.parametrize("path", ["/", "/preview", "/preview/types"])
def test_what_is_typed_never_becomes_part_of_the_page(page: str, path: str, field: str) -> None:
    query = urlencode({"type": "餐饮用气单位", "place": "阳城县", field: TAGS})
    answer = ask(page, path=f"{path}?{query}")

    assert answer.status == 200
    assert "<script>alert" not in answer.text and "<img src=x" not in answer.text and "'><" not in answer.text


def made(page: str, **fields: str) -> Answer:
    told = {"type": "餐饮用气单位", "place": "阳城县", "document": "现场检查表", **fields}
    return ask(page, "POST", "/documents", urlencode(told).encode(), FORM_TYPE)


def words_of(answer: Answer) -> str:
    document = Document(io.BytesIO(answer.body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_name_with_tags_is_a_name_in_the_document_and_harmless_in_the_header(page: str) -> None:
    answer = made(page, name=TAGS[:60])

    assert answer.status == 200
    assert TAGS[:60] in words_of(answer)
    told = answer.headers["content-disposition"]
    assert (
        told.isascii() and not set(told) & set('<>"\\') and told.startswith("attachment; filename*=UTF-8''")
    )


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nX-Evil: 1",
        "a\nSet-Cookie: x=1",
        "a\x00b",
        "a\x85b\u2028c",
        "../../etc/passwd",
        "..\\..\\x",
        "CON",
        "名" * 500,
        "\ud800",
    ],
)
def test_a_name_neither_makes_headers_nor_paths(page: str, name: str) -> None:
    body = urlencode({"name": name}, errors="surrogatepass").encode()
    told = urlencode({"type": "餐饮用气单位", "place": "阳城县", "document": "现场检查表"}).encode()
    answer = ask(page, "POST", "/documents", told + b"&" + body, FORM_TYPE)

    assert answer.status == 200
    assert not {"x-evil", "set-cookie"} & set(answer.headers)
    file = answer.headers["content-disposition"].partition("''")[2]
    assert "%2F" not in file and "%5C" not in file and "%0" not in file and not file.startswith(".")


@pytest.mark.parametrize(
    "field", ["code", "address", "person", "phone", *(f"office.{name}" for name in OFFICE_FIELDS)]
)
@pytest.mark.parametrize("text", [TAGS, "a\r\nb\x00\x1b[2J\u202e", "长" * 1000, "=1+1", "{{ 7*7 }}{% x"])
def test_whatever_stands_in_a_field_makes_a_document_or_is_refused_in_words(
    page: str, field: str, text: str
) -> None:
    answer = made(page, **{field: text, "document": "现场检查记录"})

    assert answer.status in (200, 422)
    assert answer.status == 200 or "没有做成" in answer.text


# ---------------------------------------------------------------- what is kept to itself


def test_a_failure_is_told_without_what_somebody_typed(
    bare: str, guarded: str, caplog: pytest.LogCaptureFixture
) -> None:
    ask(bare, path="/broken")
    assert FIRM in caplog.text and "Traceback" in caplog.text  # this is what a server says of itself
    caplog.clear()

    answer = ask(guarded, path="/broken")

    assert answer.status == 500 and "程序出错了" in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert FIRM not in answer.text + caplog.text and "Traceback" not in caplog.text
    (record,) = caplog.records
    assert record.getMessage().rpartition(":")[0] == f"程序出错：ValueError {__file__}"


def test_who_goes_away_while_he_sends_is_no_failure(
    bare: str, guarded: str, caplog: pytest.LogCaptureFixture
) -> None:
    head = b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nx"
    raw(bare, head, seconds=0.2)
    time.sleep(0.3)
    assert "ClientDisconnect" in caplog.text
    caplog.clear()

    raw(guarded, head, seconds=0.2)
    time.sleep(0.3)

    assert caplog.records == []


def test_the_command_says_nothing_of_what_is_asked(tmp_path: Path) -> None:
    with listening(0) as free:
        port = free.getsockname()[1]
    told = [sys.executable, "-m", "checklists", "serve", "--port", str(port), "--no-browser"]
    environment = {**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
    ) as server:
        assert server.stdout is not None
        greeting = server.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in greeting
        address = f"http://127.0.0.1:{port}"
        while True:
            try:
                assert ask(address).status == 200
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        assert FIRM in words_of(made(address, name=FIRM))
        assert made(address, name=FIRM, type=FIRM).status == 422
        ask(address, path="/?" + urlencode({"place": FIRM, "find": FIRM}))
        ask(address, path="/" + urlencode({"": FIRM}), headers={"host": "evil.example"})
        raw(address, f"GET /{FIRM} HTTP/1.1\r\n\r\n".encode())
        raw(address, FIRM.encode())
        server.send_signal(signal.SIGINT)
        said = server.stdout.read()

    assert "%E9%98%B3" not in said and FIRM not in said and "Traceback" not in said
    assert server.returncode in (0, 130)
    assert not list(tmp_path.glob("checklists-page-*"))
