"""Reading a file that somebody uploaded as rows of text: CSV or XLSX, and nothing else.

What a file is, its first bytes say and not its name. Nothing of it is kept.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import islice

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessments.services.refusals import Refused

MOST_BYTES = 2_000_000
# A list of 2,000 people unpacks to less than a megabyte.
MOST_UNPACKED = 8_000_000
MOST_PARTS = 200
MOST_LINES = 2_001
MOST_COLUMNS = 20

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

SAVE_AS = "Save it as a spreadsheet (.xlsx) or as CSV, and choose that file."
NO_SPREADSHEET = f"This file is not a spreadsheet. {SAVE_AS}"
TOO_LARGE = "This file is too large for a list of people. Upload a sheet with nothing but the list."
TOO_LONG = (
    "This file has more than 2,000 lines, and a round can hold 2,000 people. Nobody was added."
)
NOT_READABLE = f"This spreadsheet is damaged, or of a kind that cannot be read here. {SAVE_AS}"
LOCKED = (
    "This file is protected by a password, or saved in the old format of Excel (.xls). "
    "Save it without a password as .xlsx or CSV, and choose that file."
)

Rows = list[list[str]]


def read_rows(data: bytes) -> Rows:
    """Every row from the first, blank ones too, so that row and line have one number.

    Raises Refused with what to do when the file cannot be read as a table.
    """
    if len(data) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if data.startswith(OLE):
        raise Refused(LOCKED)
    rows = _read_xlsx(data) if data.startswith(ZIP) else _read_csv(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Refused("This file is empty. Choose one with at least one person.")
    if sum(any(row) for row in rows) > MOST_LINES:
        raise Refused(TOO_LONG)
    return rows


def _read_csv(data: bytes) -> Rows:
    text = _decode(data)
    first = text.lstrip().splitlines()[:1]
    mark = _find_mark(first[0]) if first else ","
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
        return [_clean_row(row) for row in islice(table, MOST_LINES * 10)]
    except csv.Error:
        raise Refused(NO_SPREADSHEET) from None


def _decode(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what older Windows programs write."""
    if data.lstrip()[:9].startswith(BINARY):
        raise Refused(NO_SPREADSHEET)
    is_utf_16 = data.startswith(UTF_16)
    if b"\x00" in data and not is_utf_16:
        raise Refused(
            f"This file has characters in it that are no text (NUL). {SAVE_AS} Nobody was added."
        )
    for encoding in ["utf-16"] if is_utf_16 else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(NO_SPREADSHEET)


def _find_mark(line: str) -> str:
    return max("\t;,", key=line.count)


def _read_xlsx(data: bytes) -> Rows:
    _check_parts(data)
    try:
        book = load_workbook(io.BytesIO(data), keep_links=False)
        page = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    except Exception:
        # openpyxl raises whatever a damaged or foreign file makes it stumble on.
        raise Refused(NOT_READABLE) from None
    if page is None:
        raise Refused(NOT_READABLE)
    if page.max_row > MOST_LINES * 10:
        raise Refused(TOO_LONG)
    return _read_page(page)


def _check_parts(data: bytes) -> None:
    """Nothing is unpacked that is larger than it may be, or that defines words of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise Refused(TOO_LARGE)
            if "xl/workbook.xml" not in parts.namelist():
                raise Refused(NO_SPREADSHEET)
            if any(_defines_words(parts.read(info)) for info in infos):
                raise Refused(NOT_READABLE)
    except Refused:
        raise
    except Exception:
        # zipfile and zlib raise several kinds for damaged and for locked parts.
        raise Refused(NOT_READABLE) from None


def _defines_words(part: bytes) -> bool:
    return b"<!DOCTYPE" in part or "<!DOCTYPE".encode("utf-16-le") in part


def _read_page(page: Worksheet) -> Rows:
    """A merged cell stands in every row that it spans: one organisation for three people."""
    width = min(page.max_column, MOST_COLUMNS)
    rows = [
        [_say(value) for value in row] for row in page.iter_rows(max_col=width, values_only=True)
    ]
    for merged in page.merged_cells.ranges:
        column = merged.min_col - 1
        if column >= width or merged.max_row > len(rows):
            continue
        for row in rows[merged.min_row : merged.max_row]:
            row[column] = rows[merged.min_row - 1][column]
    return rows


def _say(value: object) -> str:
    """A formula stays one, so that the reader of the list can refuse it with its line."""
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, str | int | float | bool):
        return _clean(str(value))
    return "=formula"


def _clean_row(cells: Sequence[str]) -> list[str]:
    return [_clean(cell) for cell in cells[:MOST_COLUMNS]]


def _clean(cell: str) -> str:
    return " ".join(cell.split())


def to_lines(rows: Iterable[Sequence[str]]) -> str:
    """The rows as text between tabs, one a line: what is shown, corrected and sent again."""
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in rows:
        cells = list(row)
        table.writerow([*cells, ""] if len(cells) < 2 else cells) if any(cells) else out.write("\n")
    return out.getvalue()
