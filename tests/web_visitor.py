"""A browser of one visitor of the page: with his cookie, sending files, waiting for a job to end."""

from __future__ import annotations

import http.client
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape

from checklists.web.running import HOME

Fields = Sequence[tuple[str, str]]
Files = Sequence[tuple[str, str, bytes]]
"""Field, name of the file as the browser tells it, content."""


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def words(self) -> str:
        """What a person reads."""
        return " ".join(unescape(re.sub("<[^>]+>", " ", self.text)).split())

    @property
    def place(self) -> str:
        """Where it sends the browser."""
        return self.headers["location"] or ""


@dataclass
class Browser:
    """One visitor."""

    port: int
    cookie: str = ""
    seen: list[Got] = field(default_factory=list)

    def get(self, path: str) -> Got:
        return self.ask("GET", path)

    def post(self, path: str, fields: Fields = (), files: Files = ()) -> Got:
        """Send a form as browsers do."""
        edge = secrets.token_hex(8)
        head = f'--{edge}\r\ncontent-disposition: form-data; name="'
        parts = [f'{head}{name}"\r\n\r\n{text}\r\n'.encode() for name, text in fields]
        parts += [
            f'{head}{name}"; filename="{called}"\r\n\r\n'.encode() + content + b"\r\n"
            for name, called, content in files
        ]
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        return self.ask("POST", path, body, {"content-type": f"multipart/form-data; boundary={edge}"})

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Got:
        with closing(http.client.HTTPConnection(HOME, self.port, timeout=60)) as asking:
            asking.request(method, path, body, {"cookie": self.cookie, **(headers or {})})
            answer = asking.getresponse()
            got = Got(answer.status, answer.headers, answer.read())
        if cookie := answer.headers["set-cookie"]:
            self.cookie = cookie.partition(";")[0]
        self.seen.append(got)
        return got

    def done(self, job: str) -> Got:
        """The page of a job when nothing of it runs any more."""
        until = time.monotonic() + 60
        while 'data-watch="' in self.get(f"{job}/state").text:
            assert time.monotonic() < until, "the job does not end"
            time.sleep(0.05)
        return self.get(job)
