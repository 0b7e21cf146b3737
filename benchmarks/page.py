"""The page in chromium: how soon it is painted, how soon the list follows a tick, and how it bears twenty visitors.

python benchmarks/page.py [--ticks 30] [--visitors 20]

Figures are milliseconds; p99 of fewer than a hundred is the slowest.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)
LISTS = {
    "餐饮用气单位": ({"type": "catering-gas-user", "place": "阳城县"}, "fact.basement"),
    "井工煤矿": ({"type": "underground-coal-mine", "place": "阳泉市"}, "fact.rock-burst"),
}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
TICKED = """
async (name) => {
  const boxes = [...document.querySelectorAll(`input[name="${name}"]`)];
  const next = boxes[(boxes.findIndex((one) => one.checked) + 1) % boxes.length];
  const changed = new Promise((done) => new MutationObserver((_, watch) => { watch.disconnect(); done(); })
    .observe(document.getElementById("list"), { childList: true }));
  const begun = performance.now();
  next.click();
  await changed;
  const drawn = performance.now() - begun;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [drawn, performance.now() - begun];
}
"""


@contextmanager
def serving() -> Iterator[tuple[str, float]]:
    """The command in a process of its own: its address, and the seconds until it first answered."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "checklists", "serve", "--port", str(port), "--no-browser"]
    begun = time.perf_counter()
    server = subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"})
    try:
        while True:
            try:
                ask(f"127.0.0.1:{port}", "GET", "/")
                break
            except ConnectionRefusedError:
                time.sleep(0.02)
        yield f"127.0.0.1:{port}", time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait()


def ask(at: str, method: str, path: str, fields: dict[str, str] | None = None) -> float:
    """Milliseconds of one request that has to be answered well."""
    begun = time.perf_counter()
    line = http.client.HTTPConnection(at, timeout=120)
    body = urlencode(fields) if fields else None
    line.request(method, path, body, {"content-type": "application/x-www-form-urlencoded"} if body else {})
    answer = line.getresponse()
    content = answer.read()
    line.close()
    assert answer.status == 200, content[:500]
    return (time.perf_counter() - begun) * 1000


def told(name: str, values: Sequence[float]) -> None:
    """One line of figures."""
    ordered = sorted(values)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{name}: median {statistics.median(ordered):.0f}, p99 {last:.0f}, of {len(ordered)}", flush=True)


def paints(browser: Browser, at: str, times: int) -> None:
    """First paint in a window that has seen nothing yet."""
    for name, path in (
        ("an address that is none", "/nowhere"),
        ("/", "/"),
        ("/ with a list", "/?" + urlencode(LISTS["餐饮用气单位"][0])),
    ):
        found = []
        for _ in range(times):
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            page.goto(f"http://{at}{path}")
            while (painted := page.evaluate(PAINTED)) is None:
                page.wait_for_timeout(20)
            found.append(float(painted))
            context.close()
        told(f"first paint of {name}", found)


def paints_again(browser: Browser, at: str, times: int) -> None:
    """Painted in a window that has the browser's process already: what the page itself takes."""
    page = browser.new_page()
    for name, path in (("/", "/"), ("/ with a list", "/?" + urlencode(LISTS["餐饮用气单位"][0]))):
        found = []
        for _ in range(times):
            page.goto(f"http://{at}/library")
            page.goto(f"http://{at}{path}")
            while (painted := page.evaluate(PAINTED)) is None:
                page.wait_for_timeout(20)
            found.append(float(painted))
        told(f"paint of {name} in an open window", found)


def ticks(browser: Browser, at: str, times: int) -> None:
    """From a tick to the changed list, and to the end of the frame that shows it."""
    for name, (choice, fact) in LISTS.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://{at}/?{urlencode(choice)}")
        found = [page.evaluate(TICKED, fact) for _ in range(times)]
        page.close()
        told(f"{name}, tick to list", [one[0] for one in found])
        told(f"{name}, tick to picture", [one[1] for one in found])


def crowd(at: str, visitors: int) -> None:
    """The first page while many take their papers."""
    choices = [choice for choice, _ in LISTS.values()]
    papers: list[float] = []

    def taking(number: int) -> None:
        fields = {**choices[number % 2], "name": f"单位{number}"}
        papers.append(ask(at, "POST", "/documents", fields))

    told("/ alone", [ask(at, "GET", "/") for _ in range(50)])
    threads = [threading.Thread(target=taking, args=(number,)) for number in range(visitors)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    pages = []
    while any(thread.is_alive() for thread in threads):
        pages.append(ask(at, "GET", "/"))
        time.sleep(0.02)
    told(f"/ while {visitors} take papers", pages)
    told(f"papers of each of {visitors} (both documents)", papers)
    print(f"all of them: {time.perf_counter() - begun:.1f} s")


def main() -> None:
    """Measure all of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ticks", type=int, default=30)
    options.add_argument("--visitors", type=int, default=20)
    asked = options.parse_args()
    with serving() as (at, seconds), sync_playwright() as playwright:
        print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"from the command to the first answer: {seconds:.2f} s")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        paints(browser, at, asked.ticks // 2)
        paints_again(browser, at, asked.ticks // 2)
        ticks(browser, at, asked.ticks)
        browser.close()
        crowd(at, asked.visitors)


if __name__ == "__main__":
    main()
