"""Places without a name, as results tell of them."""

from django.urls import reverse

from assessments.models.results import Result
from assessments.models.rounds import Audience
from assessments.results.headline import write_lead
from assessments.results.reading import read_result
from tests.factories import make_closed_round, owner_of
from tests.results.test_page import words_of


def text_of(runs):
    return "".join(run.text for run in runs)


def show(client, round_):
    client.force_login(owner_of(round_.partnership))
    return words_of(client.get(reverse("round_results", args=[round_.partnership_id, round_.pk])))


def test_places_without_a_name_are_told_where_there_are_any(client, content):
    round_ = make_closed_round(people=9)
    assert "no name" not in show(client, round_)
    Result.objects.update(unnamed=4)

    assert "4 of the places had no name" in show(client, round_)


def test_more_answers_than_people_is_said_and_no_share_is_worked_out(client, content):
    round_ = make_closed_round(people=9)
    Result.objects.update(
        invited=7, unnamed=7, is_bands_only=True, has_more_than_invited=True, counted=9
    )

    said = show(client, round_)

    assert "9 answers came in, more than there were people to give them." in said
    assert "More answers came by the join code than people were counted in the room." in said
    assert "days after another one closed" not in said
    assert "129 %" not in said
    assert read_result(round_).response_percent is None


def test_lead_names_people_outside_as_what_they_are(content):
    round_ = make_closed_round(people=9)
    Result.objects.update(audience=Audience.OUTSIDE)

    lead = write_lead(read_result(round_, Audience.OUTSIDE))

    assert text_of(lead).startswith("9 of the 9 people from outside invited answered.")
