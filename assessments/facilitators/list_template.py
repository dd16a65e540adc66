"""Empty lists of people to download, fill in and upload."""

from assessments.models.partnerships import Partnership
from assessments.models.rounds import Audience, RoleLevel
from assessments.services.people_columns import LABELS
from assessments.spreadsheets import Sheet, to_csv, to_xlsx

CHOICES = "What to choose from"


def make_csv_template() -> bytes:
    return to_csv([LABELS])


def make_xlsx_template(partnership: Partnership) -> bytes:
    """The second sheet has this partnership's organisations, the roles and the audiences."""
    organisations = list(
        partnership.organisations.order_by("name").values_list("name", "sector__name")
    )
    columns = [
        ["Organisation", *(name for name, _ in organisations)],
        ["Its sector", *(sector for _, sector in organisations)],
        ["Role", *RoleLevel.labels],
        ["Audience", *Audience.values],
    ]
    longest = max(len(column) for column in columns)
    rows = [
        [column[place] if place < len(column) else "" for column in columns]
        for place in range(longest)
    ]
    return to_xlsx(
        [
            Sheet("People", [LABELS], (30, 36, 36, 44, 12), _offer(columns)),
            Sheet(CHOICES, rows, (36, 30, 48, 12)),
        ]
    )


def _offer(columns: list[list[str]]) -> list[tuple[int, str]]:
    """Columns of the list beside the cells that they offer; none where there is nothing yet."""
    sources = [(2, "A", columns[0]), (3, "C", columns[2]), (4, "D", columns[3])]
    return [
        (column, f"'{CHOICES}'!${letter}$2:${letter}${len(cells)}")
        for column, letter, cells in sources
        if len(cells) > 1
    ]
