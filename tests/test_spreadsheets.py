"""Cells that a spreadsheet would run become text, in every kind of file."""

import csv
import io

import pytest
from openpyxl import load_workbook

from assessments.spreadsheets import Sheet, to_cell, to_csv, to_xlsx

EVIL = ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1"]  # noqa: RUF001


@pytest.mark.parametrize("text", EVIL)
def test_what_begins_like_a_formula_becomes_text(text):
    assert to_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"), [("Jane", "Jane"), (None, ""), (7, "7"), ("a=1", "a=1")]
)
def test_everything_else_stays(value, cell):
    assert to_cell(value) == cell


def test_no_file_holds_a_formula():
    text = to_csv([EVIL]).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(to_xlsx([Sheet("One", [["Heading"], EVIL[:4]])])))

    (row,) = csv.reader(io.StringIO(text, newline=""))
    cells = [cell for line in book.active.iter_rows() for cell in line if cell.value]
    assert all(cell.startswith("'") for cell in row)
    assert {cell.data_type for cell in cells} == {"s"}
