"""What a browser gets from the page, served from any folder of rules."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html

from checklists.data import data_folder
from checklists.web.app import web_app
from checklists.web.served import Served
from checklists.web.visitors import Visitors
from tests.page_server import running

HOME = "127.0.0.1"


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def page(self) -> lxml.html.HtmlElement:
        """As a browser reads it."""
        return lxml.html.document_fromstring(self.text)

    @property
    def words(self) -> str:
        """All that a person reads of it, blanks as they may."""
        return " ".join(self.page.body.text_content().split())


@dataclass(frozen=True)
class Site:
    """A running server."""

    port: int
    served: Served

    def get(self, path: str, **headers: str) -> Got:
        """Ask for an address as it is written in a page."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Got:
        """Send a form (bytes) or JSON (anything else)."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = "application/x-www-form-urlencoded" if isinstance(body, bytes) else "application/json"
        return self.ask("POST", path, sent, {"content-type": kind, **headers})

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Any = None) -> Got:
        with closing(http.client.HTTPConnection(HOME, self.port, timeout=60)) as asking:
            asking.request(method, path.partition("#")[0], body, headers or {})
            answer = asking.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Got(answer.status, told, answer.read())


@contextmanager
def serving(rules: Path | None = None, seeds: Path | None = None, *, above: Path) -> Iterator[Site]:
    """Serve rules and notices, those of the project where none are given; visitors' files lie in a folder in ``above``."""
    served = Served(
        rules or data_folder("rules"),
        seeds or data_folder("seeds"),
        data_folder("templates"),
        Visitors(above),
    )
    with running(web_app(served)) as address:
        yield Site(int(address.rpartition(":")[2]), served)
