"""Files of people: what can be read, and what each file that cannot be read is told."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from assessments.services.refusals import Refused
from assessments.services.uploaded_files import MOST_UNPACKED, read_rows, to_lines

ROWS = [["Name", "E-mail"], ["Siân Ōta", "sian@example.org"]]
TEXT = "Name,E-mail\r\nSiân,sian@example.org\r\n"


def book(rows, *, merge="", sheets=1):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    if merge:
        made.active.merge_cells(merge)
    for number in range(1, sheets):
        made.create_sheet(f"Sheet {number}").append(["Other"])
    return saved(made)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def with_part(data, name, change):
    """The spreadsheet with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return archive(
            {
                part: change(parts.read(part)) if part == name else parts.read(part)
                for part in parts.namelist()
            }
        )


def test_a_spreadsheet_is_read_from_its_first_sheet():
    assert read_rows(book(ROWS, sheets=2)) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_each_usual_encoding(encoding):
    assert read_rows(TEXT.encode(encoding)) == [["Name", "E-mail"], ["Siân", "sian@example.org"]]


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_csv_is_read_with_each_usual_mark(mark):
    rows = read_rows(f'Name{mark}E-mail\n"Field{mark} Jane"{mark}j@example.org\n'.encode())

    assert rows[1] == [f"Field{mark if mark != chr(9) else ''} Jane", "j@example.org"]


def test_rows_keep_their_numbers_and_cells_are_one_line():
    rows = read_rows(book([[], ["Name"], [], ["Jane\n Field\xa0 "], [], []]))

    assert rows == [[""], ["Name"], [""], ["Jane Field"]]
    assert to_lines(rows) == "\nName\t\n\nJane Field\t\n"


def test_a_cell_merged_over_rows_stands_in_each():
    data = book([["A", "Trust"], ["B"], ["C"], ["D", "Council"]], merge="B1:B3")

    assert [row[1] for row in read_rows(data)] == ["Trust", "Trust", "Trust", "Council"]


def test_dates_numbers_and_formulas_become_words_that_the_list_can_judge():
    ((name, day, number, formula),) = read_rows(
        book([["J", date(2026, 11, 12), 7, "=cmd|'/c'!A1"]])
    )

    assert (name, day[:10], number) == ("J", "2026-11-12", "7")
    assert formula.startswith("=")


def test_lines_keep_marks_and_quotes():
    rows = [['"JJ" Field', "a, b; c", "=x"], ["Field, Jane"]]

    assert to_lines(rows) == '"""JJ"" Field"\ta, b; c\t=x\nField, Jane\t\n'


LOCKED_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BOMB = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (MOST_UNPACKED + 1)})
MANY_PARTS = archive({"xl/workbook.xml": b""} | {f"{n}": b"" for n in range(300)})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a spreadsheet"),
        (b"<!DOCTYPE html><p>Hello", "not a spreadsheet"),
        (LOCKED_BOOK, "protected by a password"),
        (archive({"word/document.xml": b"<x/>"}), "not a spreadsheet"),
        (archive({"xl/workbook.xml": b"<x"}), "cannot be read here"),
        (book(ROWS)[:900], "cannot be read here"),
        (BOMB, "too large"),
        (MANY_PARTS, "too large"),
        (b"a" * 2_000_001, "too large"),
        (b"Name,E-mail\nJa\x00ne,j@example.org", "no text (NUL)"),
        (b"", "empty"),
        (b"\n \n,,\n", "empty"),
        (book([]), "empty"),
        (b"Name\n" + b"Jane\n" * 10_000, "more than 2,000 lines"),
        (b"\x81\x8d\x8f", "not a spreadsheet"),
        (b'"' + b"a" * 200_000, "not a spreadsheet"),
    ],
)
def test_a_file_that_is_no_list_is_told_what_it_is_and_what_to_do(data, words):
    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")):
        read_rows(data)


def test_words_that_a_spreadsheet_defines_for_itself_are_refused():
    def swell(part):
        entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
        return part.replace(b"<worksheet", entity + b"<worksheet", 1)

    with pytest.raises(Refused, match="cannot be read here"):
        read_rows(with_part(book(ROWS), "xl/worksheets/sheet1.xml", swell))


def test_a_cell_far_below_costs_nothing():
    made = Workbook()
    made.active["A1048576"] = "far"

    with pytest.raises(Refused, match="more than 2,000"):
        read_rows(saved(made))


def test_ten_thousand_lines_are_refused():
    data = book([[f"Person {n}", f"p{n}@example.org", "Trust", "", ""] for n in range(10_000)])

    with pytest.raises(Refused, match="more than 2,000 lines"):
        read_rows(data)
