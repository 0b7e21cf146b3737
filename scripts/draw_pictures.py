"""Draw the pictures of finished pages that README and guides show, so that they stay true.

Needs LibreOffice (soffice), poppler (pdftoppm) and, for the picture of the page, Chromium; without it that one stays.
Run from the project's folder: python scripts/draw_pictures.py
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
KIND, PLACE, DAY = "餐饮用气单位", "阳城县", "2026-11-22"
FIRM = ("--type", KIND, "--name", "某某饭店", "--place", PLACE, "--on", DAY, "--fact", "供气方式=瓶装")
PAGES = {".docx": "page-one", ".xlsx": "workbook"}
"""Names of the pictures of first pages."""
COLOURS = 64
LARGEST = 200_000
"""Bytes of a picture: a checkout stays small, a slow line shows them."""
PORT = 8799
CHOICE = [("type", KIND), ("place", PLACE), ("on", DAY)]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def main() -> None:
    """Draw them all anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draw_documents(Path(folder))
        browser = next(filter(None, map(shutil.which, BROWSERS)), None)
        if browser:
            draw_page(browser, Path(folder))
        else:
            print("no Chromium: page.png stays as it is")


def draw_documents(folder: Path) -> None:
    """One enterprise's list and workbook, made, turned into PDF, their first pages kept."""
    documents = ("--document", "现场检查表", "--document", "企业自查工作簿")
    run(sys.executable, "-m", "checklists", "generate", *FIRM, *documents, "--out", str(folder))
    office = ("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf")
    for path in sorted(folder.glob("*.*x")):
        run(*office, "--outdir", str(folder), str(path))
        name = PAGES[path.suffix]
        pdf = str(path.with_suffix(".pdf"))
        run("pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, str(folder / name))
        keep(folder / f"{name}.png")


def draw_page(browser: str, folder: Path) -> None:
    """The first page with a choice made, as a browser shows it."""
    address = f"http://127.0.0.1:{PORT}/?{urlencode(CHOICE)}"
    serve = [sys.executable, "-m", "checklists", "serve", "--no-browser", "--port", str(PORT)]
    with subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(address, server)
            shot = folder / "page.png"
            profile = f"--user-data-dir={folder}/browser"
            run(browser, *QUIET, profile, "--window-size=1200,900", f"--screenshot={shot}", address)
        finally:
            server.terminate()
    keep(shot)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the page answers; ends the script when the server does not run."""
    while server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.2)
    sys.exit("the page was not served")


def keep(picture: Path) -> None:
    """Put a picture in its place with few colours."""
    held = io.BytesIO()
    Image.open(picture).convert("RGB").quantize(COLOURS).save(held, "png", optimize=True)
    if len(held.getvalue()) > LARGEST:
        sys.exit(f"{picture.name}: {len(held.getvalue())} bytes, more than {LARGEST}")
    (PICTURES / picture.name).write_bytes(held.getvalue())


def run(*command: str) -> None:
    """One program; its failure ends the script."""
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
