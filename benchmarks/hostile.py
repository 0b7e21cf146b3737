"""What the page does with what nobody should send it: refused or survived, how fast, with how much memory.

python benchmarks/hostile.py

Starts ``checklists serve`` for itself and prints one line an attack: what was answered, seconds, and at the end the most
memory that the server ever took (VmHWM, Linux).
"""

from __future__ import annotations

import http.client
import io
import os
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import Workbook

PORT = 8791
HOST = f"127.0.0.1:{PORT}"
CHUNK = b"\0" * (1 << 20)
PAGE_PREFIX = "checklists-page-"
Answer = tuple[int, str]
cookies: dict[str, str] = {}


def main() -> None:
    """Run every attack against a server of its own."""
    above = Path(tempfile.mkdtemp())
    server = started(above)
    slow = threading.Thread(target=told, args=("slow upload, a byte a second", slow_upload))
    slow.start()
    for name, attack in ATTACKS.items():
        told(name, attack)
    slow.join()
    print(f"most memory of the server: {peak(server.pid)} MB")
    told("server killed in the middle of a batch", lambda: killed(server, above))
    again = started(above)
    print(f"folders of the dead server after the next start: {len(folders(above)) - 1}")
    again.send_signal(signal.SIGINT)
    again.wait()
    print(f"folders after Ctrl-C: {len(folders(above))}")


def started(above: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "TMPDIR": str(above)}
    words = [sys.executable, "-m", "checklists", "serve", "--no-browser", "--port", str(PORT)]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    while True:
        try:
            if ask("GET", "/")[0] == 200:
                return server
        except OSError:
            time.sleep(0.2)


def told(name: str, attack: Callable[[], object]) -> None:
    began = time.monotonic()
    answer = attack()
    print(f"{name}: {answer}  ({time.monotonic() - began:.1f} s)", flush=True)


def peak(process: int) -> int:
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())[1]) >> 10  # type: ignore[index]


def folders(above: Path) -> list[Path]:
    return list(above.glob(f"{PAGE_PREFIX}*"))


# ---------------------------------------------------------------- asking


def ask(
    method: str,
    path: str,
    body: bytes | Iterator[bytes] | None = None,
    headers: dict[str, str] | None = None,
    who: str = "",
) -> Answer:
    """Status and text; ``who`` asks with a cookie of his own."""
    asking = http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)
    given = {**({"cookie": cookies[who]} if who in cookies else {}), **(headers or {})}
    try:
        asking.request(method, path, body, given, encode_chunked=not isinstance(body, bytes | None))
        answer = asking.getresponse()
        text = answer.read().decode("utf-8", "replace")
    except OSError:
        return 0, "broken off"
    finally:
        asking.close()
    if cookie := answer.headers["set-cookie"]:
        cookies[who] = cookie.partition(";")[0]
    return answer.status, answer.headers["location"] or text


def upload(path: str, field: str, name: str, content: bytes, who: str) -> Answer:
    edge = secrets.token_hex(8)
    head = f'--{edge}\r\ncontent-disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return ask("POST", path, body, {"content-type": f"multipart/form-data; boundary={edge}"}, who)


def done(job: str, who: str) -> str:
    """The page of a job when nothing of it runs any more."""
    while 'data-watch="' in ask("GET", f"{job}/state", who=who)[1]:
        time.sleep(0.1)
    return ask("GET", job, who=who)[1]


def roster(*names: str) -> bytes:
    book = Workbook()
    book.active.append(("单位名称", "企业类型", "所在地"))
    for name in names:
        book.active.append((name, "餐饮用气单位", "阳城县"))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def packed(files: dict[str, int]) -> bytes:
    """A zip of files of zeros, each so many MB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, size in files.items():
            with archive.open(name, "w", force_zip64=True) as member:
                for _ in range(size):
                    member.write(CHUNK)
    return held.getvalue()


# ---------------------------------------------------------------- attacks


def traversal() -> str:
    paths = (
        "/assets/../../pyproject.toml",
        "/assets/..%2f..%2fpyproject.toml",
        "/jobs/..%2f..%2fx/files/batch/0",
    )
    statuses = [ask("GET", path)[0] for path in paths]
    job = upload("/rosters", "roster", "../../../../tmp/evil.xlsx", roster("甲"), "a")[1]
    page = done(job, "a")
    return f"{statuses}; upload of ../../../../tmp/evil.xlsx: kept as evil.xlsx {'evil.xlsx' in page}, /tmp/evil.xlsx {Path('/tmp/evil.xlsx').exists()}"


def declared() -> Answer:
    """301 MB that a head announces; nobody sends them."""
    return short(
        ask(
            "POST",
            "/rosters",
            b"",
            {"content-length": str(301 << 20), "content-type": "multipart/form-data; boundary=x"},
        )
    )


def streamed() -> Answer:
    """More than is taken in, without saying how much."""
    chunks = (CHUNK for _ in range(400))
    return short(
        ask(
            "POST",
            "/returns",
            chunks,
            {"content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked"},
        )
    )


def slow_upload() -> str:
    with socket.create_connection(("127.0.0.1", PORT)) as line:
        line.sendall(
            f"POST /rosters HTTP/1.1\r\nhost: {HOST}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 9999\r\n\r\n".encode()
        )
        try:
            for _ in range(300):
                line.sendall(b"x")
                time.sleep(1)
        except OSError:
            return "line closed"
        return "still open after 300 s"


def bomb() -> str:
    job = upload("/returns", "files", "books.zip", packed({"a.xlsx": 3000}), "b")[1]
    return words_of(done(job, "b"), "太大") if job.startswith("/jobs") else words_of(job, "太大")


def workbook_bomb() -> str:
    job = upload(
        "/returns",
        "files",
        "book.xlsx",
        packed({"[Content_Types].xml": 1, "xl/worksheets/sheet1.xml": 3000}),
        "c",
    )[1]
    return words_of(done(job, "c"), "太大")


def names_of_html() -> str:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    job = upload("/rosters", "roster", "<b>x.xlsx", roster(evil), "d")[1]
    page = done(job, "d")
    ask("POST", f"{job}/batch", b"", {"content-type": "application/x-www-form-urlencoded"}, "d")
    page += done(job, "d")
    return f"made: {'做好了：1 家' in page}, as markup: {'<script>alert' in page or '<img src=x' in page or '<b>x' in page}"


def foreign() -> str:
    form = {"content-type": "application/x-www-form-urlencoded"}
    origin = ask("POST", "/documents", b"type=x", {**form, "origin": "http://evil.example"})[0]
    site = ask("POST", "/documents", b"type=x", {**form, "sec-fetch-site": "cross-site"})[0]
    host = ask("GET", "/", headers={"host": "evil.example"})[0]
    return f"foreign Origin {origin}, cross-site {site}, foreign Host {host}"


def strangers() -> str:
    job = upload("/rosters", "roster", "x.xlsx", roster("甲"), "e")[1]
    done(job, "e")
    upload("/rosters", "roster", "x.xlsx", roster("乙"), "f")
    return f"owner {ask('GET', job, who='e')[0]}, another visitor {ask('GET', job, who='f')[0]}, nobody {ask('GET', job)[0]}"


def two_batches() -> str:
    """Of 200 each; the window of one is closed at once. The first page meanwhile."""
    jobs = {}
    for who in ("g", "h"):
        firms = [f"{who}{number}饭店" for number in range(200)]
        jobs[who] = upload("/rosters", "roster", "x.xlsx", roster(*firms), who)[1]
    for who, job in jobs.items():
        done(job, who)
        ask("POST", f"{job}/batch", b"", {"content-type": "application/x-www-form-urlencoded"}, who)
    waits = []
    while 'data-watch="' in ask("GET", f"{jobs['h']}/state", who="h")[1]:
        began = time.monotonic()
        ask("GET", "/")
        waits.append(time.monotonic() - began)
        time.sleep(0.05)
    made = ["做好了：200 家" in done(job, who) for who, job in jobs.items()]
    middle, worst = statistics.median(waits) * 1000, max(waits) * 1000
    return f"both made {made}; first page meanwhile {middle:.0f} ms, at worst {worst:.0f} ms ({len(waits)} times)"


def killed(server: subprocess.Popen[bytes], above: Path) -> str:
    job = upload("/rosters", "roster", "x.xlsx", roster(*(f"{number}饭店" for number in range(300))), "k")[1]
    done(job, "k")
    ask("POST", f"{job}/batch", b"", {"content-type": "application/x-www-form-urlencoded"}, "k")
    time.sleep(2)
    server.kill()
    server.wait()
    until = time.monotonic() + 30
    while time.monotonic() < until and children(above):
        time.sleep(0.2)
    return f"processes left: {len(children(above))}, folders left: {len(folders(above))}"


def children(above: Path) -> list[str]:
    """Processes that work in the folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            if str((one / "cwd").readlink()).startswith(str(above)):
                found.append(one.name)
        except OSError:
            continue
    return found


def short(answer: Answer) -> Answer:
    return answer[0], words_of(answer[1], "")[:60]


def words_of(page: str, word: str) -> str:
    """The first line of a page that holds the word."""
    lines = (" ".join(line.split()) for line in re.sub("<[^>]+>", "\n", page).splitlines())
    return next((line for line in lines if word in line and line), "nothing")


ATTACKS: dict[str, Callable[[], object]] = {
    "paths in addresses and names": traversal,
    "301 MB announced": declared,
    "400 MB streamed": streamed,
    "zip that unpacks to 3 GB": bomb,
    "workbook that unpacks to 3 GB": workbook_bomb,
    "markup in names": names_of_html,
    "other sites": foreign,
    "another visitor's job": strangers,
    "two batches of 200, one window closed": two_batches,
}

if __name__ == "__main__":
    main()
