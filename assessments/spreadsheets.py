"""Cells of spreadsheets: the one rule about formulas, and files to download.

It stands beside the rooms, because results and services both write such files.
A spreadsheet runs what begins like a formula, whoever typed it; so on the way
out it becomes text, and on the way in it is refused.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The second row is their full width, which some spreadsheets take for the same.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001


@dataclass(frozen=True)
class Sheet:
    """`choices` offers, for a column counted from 0, the cells of a range elsewhere in the file."""

    title: str
    rows: Sequence[Sequence[object]]
    widths: Sequence[int] = ()
    choices: Sequence[tuple[int, str]] = ()


def is_formula(text: str) -> bool:
    return text.startswith(BEGINS_FORMULA)


def to_cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula, now or after it was saved again."""
    text = "" if value is None else str(value)
    return f"'{text}" if is_formula(text) else text


def to_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """With the mark at the beginning by which Excel knows that it is UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([to_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for row in sheet.rows:
        page.append([to_cell(value) for value in row])
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    for column, cells in sheet.choices:
        offered = DataValidation(
            type="list", formula1=cells, allow_blank=True, showErrorMessage=False
        )
        letter = get_column_letter(column + 1)
        offered.add(f"{letter}2:{letter}2001")
        page.add_data_validation(offered)
