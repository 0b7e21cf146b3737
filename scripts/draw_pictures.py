"""Draw the pictures of finished pages that README and guide show, so that they stay true.

Needs LibreOffice (soffice) and poppler (pdftoppm). Run from the project's folder: python scripts/draw_pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
ASKED = [
    "--type",
    "餐饮用气单位",
    "--name",
    "某某饭店",
    "--place",
    "阳城县",
    "--on",
    "2026-11-22",
    "--fact",
    "供气方式=瓶装",
]
PAGES = {"docx": {"page-one": 1, "page-two": 2, "problems": 4}, "xlsx": {"workbook": 1}}


def main() -> None:
    """Generate one enterprise's documents, turn them into PDF, and keep the wanted pages."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "checklists", "generate", *ASKED, "--out", folder)
        for path in sorted(Path(folder).glob("*.*x")):
            run(
                "soffice",
                f"-env:UserInstallation=file://{folder}/office",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(path),
            )
            for name, page in PAGES[path.suffix[1:]].items():
                pdf = path.with_suffix(".pdf")
                run(
                    "pdftoppm",
                    "-r",
                    "80",
                    "-f",
                    str(page),
                    "-l",
                    str(page),
                    "-singlefile",
                    "-png",
                    str(pdf),
                    str(PICTURES / name),
                )


def run(*command: str) -> None:
    """One program; its failure ends the script."""
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
