"""How much is taken in and given out, in one place: beyond these a file is refused in words instead of eating the machine.

Each is several times what the largest real file needs (the whole list of a coal mine is 5 MB of XML in Word, 2 MB and
27,000 cells in Excel), and together they keep any one file within ten seconds and half a gigabyte.
"""

from __future__ import annotations

# ---------------------------------------------------------------- packages (.docx, .xlsx) read whole

FILE_BYTES = 100 << 20
"""Of a file that is read whole: a workbook with a few hundred photographs."""
UNPACKED_BYTES = 160 << 20
"""Of all parts of a package together, unpacked."""
PART_BYTES = 64 << 20
"""Of one part, unpacked."""
PARTS = 5_000
"""Members of a package."""
RATIO = 200
"""Unpacked to packed size of one part. Real XML comes to 30, rows that are all alike to 60; blanks reach 1,000."""
RATIO_FREE_BYTES = 4 << 20
"""A part so small may be packed as tightly as it likes."""
CODES_BYTES = 10 << 20
"""Short codes of lists that were filled in on paper: a year of a county takes a hundredth of it."""

# ---------------------------------------------------------------- what is sent to the page

SENT_FILES = 2_000
"""Of one request, and of a zip: a county's books of a month are some hundreds."""
ROSTER_FIRMS = 20_000
"""Of a roster of which everything is made on the page: what half an hour is enough for."""
SENT_BYTES = 1 << 30
"""Of all files of a zip together, unpacked."""
SENT_DEPTH = 8
"""Folders within folders in a zip."""

# ---------------------------------------------------------------- XML read into a tree

XML_BYTES = 40 << 20
"""Of one part that is parsed as a whole."""
MARKUP = 1_000_000
"""< and = in one part: each may stand for an element or attribute, which take up to 370 bytes of a tree."""
ATTRIBUTES = 200
"""Of one element; lxml goes over them all to find one."""
XML_DEPTH = 256
"""Elements within elements; libxml2 keeps this limit by itself."""

# ---------------------------------------------------------------- workbooks that openpyxl reads

ROWS, COLUMNS = 1_048_576, 16_384
"""What a sheet of Excel has; a cell beyond them is damage."""
CELLS = 250_000
"""Cells with a value or a format in all sheets, and cells of the rectangles from A1 that hold them."""
MERGED_CELLS = 100_000
"""Cells covered by merged ranges; openpyxl makes an object of each."""
OBJECTS = 150_000
"""Elements other than cells and their texts (formats, rules, names, shapes); openpyxl takes some 30 µs for each."""
RANGES_LENGTH = 200_000
"""Letters of all lists of ranges (sqref) of a sheet."""

# ---------------------------------------------------------------- rosters, which are streamed

ROSTER_BYTES = 1 << 30
"""Of a roster's sheet, unpacked: a million rows of ten columns are 400 MB."""
ROSTER_PACKED_BYTES = 300 << 20
"""Of a roster file as it lies."""
TEXTS_BYTES = 200 << 20
"""Of a roster's shared texts, which are kept while it is read."""
ROW_BYTES = 16 << 20
"""Between the beginnings of two rows of a roster's sheet, before the first and after the last."""
ROW_MARKUP = 300_000
"""< and = there: 16,384 cells have 115,000."""
CSV_LINES = 4_000_000
"""Of a CSV roster, empty ones too."""
LINE_LETTERS = 100_000
"""Of one line of a CSV roster."""

# ---------------------------------------------------------------- templates while they are filled

STEPS = 2_000_000
"""Things looped over or handed to a filter in filling one document; the longest list takes some 30,000."""
FILLED_LETTERS = 30_000_000
"""Of one part of a filled document."""
FILLING_SECONDS = 5.0
"""Processor time spent in the loops of one document, in case their steps are slow ones; a coal mine's take 0.3."""
BATCH = 1000
"""Things on one line of the filter ``batch``."""
RANGE = 100_000
"""Longest range() of a template."""
NUMBER = 1e12
"""Largest number that a template calculates with."""
