"""No row in the clear is left to fit to groups; rows that were left would be people again."""

from assessments.models.responses import Response
from assessments.models.results import DimensionFigure
from assessments.services.closing import door, sealed_rows
from tests.attacks.relinking import find_raw_rows, fit, homes_of
from tests.attacks.stories import tell


def tell_with_groups(seed=1):
    """Three organisations of five, everybody answering everything."""
    return tell(seed, people=15, organisations=3)


def test_no_row_in_the_clear_is_left(content):
    story = tell_with_groups()

    story.close()

    assert find_raw_rows(story.round_) == []


def test_wins_when_rows_are_kept_without_names(content, monkeypatch):
    def forget_names(round_):
        Response.objects.filter(round=round_).update(organisation=None, role_level="")

    monkeypatch.setattr(door, "_delete_what_was_open", forget_names)

    assert share_relinked(tell_with_groups()) > 0.9


def test_wins_when_rows_are_stored_unsealed(content, monkeypatch):
    def only_pad(*, encoded, public_key, size):
        return encoded.ljust(size)

    monkeypatch.setattr(sealed_rows, "seal", only_pad)

    assert share_relinked(tell_with_groups()) > 0.9


def share_relinked(story):
    """The share of people whose row is given to their own organisation for certain."""
    story.close()
    rows = find_raw_rows(story.round_)
    assert len(rows) == 15
    assert DimensionFigure.objects.filter(group="organisation", mean__isnull=False).exists()
    homes = homes_of(story.round_)
    person_of = {
        tuple(sorted(person.values.items())): person.participant.name for person in story.people
    }
    found = fit(story.round_, rows)["organisation"]
    right = [
        homes[person_of[tuple(sorted(rows[row].items()))]] == organisation
        for organisation, own in found.items()
        for row in own
    ]
    assert all(right)
    return len(right) / len(rows)
