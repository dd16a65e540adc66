"""The list of partnerships, and one partnership with its organisations and sectors."""

import pytest

from assessments.models.partnerships import Facilitation, Organisation, Partnership
from assessments.services.closing import close_round
from assessments.services.rounds import share_results
from tests.facilitators.pages import address, count_queries, fill, said
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_round,
    make_user,
)

LIST = "/partnerships/"


def test_list_greets_a_new_facilitator_with_what_to_do(signed_in):
    response = signed_in.get(LIST)

    assert response.context["rows"] == []
    assert "You look after no partnership yet." in response.content.decode()
    assert address("partnership_create") in response.content.decode()


def test_list_shows_own_partnerships_alone(signed_in, partnership):
    other = make_partnership(name="Eastmere Partnership")

    text = signed_in.get(LIST).content.decode()

    assert partnership.name in text
    assert other.name not in text


def test_list_shows_the_latest_round_and_how_many_answered(signed_in, content, partnership):
    make_closed_round(partnership, people=7)
    round_ = make_open_round(partnership, people=6)
    first, second, *_ = round_.participants.all()
    answer_all(first)
    begin(second)

    (row,) = signed_in.get(LIST).context["rows"]

    assert row.latest.round == round_
    bar = row.latest.bar
    assert (bar.invited, bar.started, bar.submitted) == (6, 1, 1)
    assert (bar.submitted_width, bar.started_width) == ("16.7%", "33.3%")


def test_list_shows_a_viewer_nothing_before_it_is_shared(client, content, partnership):
    viewer = make_user()
    Facilitation.objects.create(partnership=partnership, user=viewer, role="viewer")
    round_ = make_closed_round(partnership)
    client.force_login(viewer)

    (before,) = client.get(LIST).context["rows"]
    share_results(round_=round_, actor=viewer, now=round_.closed_at)
    (after,) = client.get(LIST).context["rows"]

    assert before.latest is None
    assert after.latest.round == round_


def test_list_hides_how_few_answered(signed_in, content, partnership):
    round_ = make_open_round(partnership, people=6)
    for person in list(round_.participants.all())[:5]:
        answer_all(person, helps_to_run=True)
    close_round(round_=round_, actor=None, now=round_.ends_at)

    text = signed_in.get(LIST).content.decode()

    assert "Fewer than 5 answered" in text
    assert "of 6" not in text


def fill_with_rounds(partnership):
    make_closed_round(partnership)
    make_open_round(partnership)
    make_round(partnership)


def test_list_asks_no_more_for_more_partnerships(signed_in, content, facilitator):
    fill_with_rounds(make_partnership(facilitator))
    one = count_queries(signed_in, LIST)
    for _ in range(2):
        fill_with_rounds(make_partnership(facilitator))

    assert count_queries(signed_in, LIST) == one


def test_detail_asks_no_more_for_more_rows(signed_in, content, partnership):
    url = address("partnership_detail", partnership)
    make_organisation(partnership)
    make_closed_round(partnership)
    make_open_round(partnership)
    one = count_queries(signed_in, url)
    for sector in (0, 1, 1):
        make_organisation(partnership, sector=sector)
    for _ in range(2):
        make_round(partnership)
        Facilitation.objects.create(partnership=partnership, user=make_user())

    assert count_queries(signed_in, url) == one


def test_create_makes_the_signed_in_person_the_owner(signed_in, facilitator):
    response = fill(signed_in, address("partnership_create"), name="  New \n One ", about="Why")

    partnership = Partnership.objects.get()
    assert (partnership.name, partnership.about) == ("New One", "Why")
    assert partnership.facilitations.get().user == facilitator
    assert response.redirect_chain[0][0] == address("partnership_detail", partnership)


@pytest.mark.parametrize(
    ("typed", "error"),
    [({"name": " "}, "Give the partnership a name."), ({"name": "N" * 121}, "at most 120")],
)
def test_create_keeps_what_was_typed(signed_in, typed, error):
    response = fill(signed_in, address("partnership_create"), about="Kept words", **typed)

    assert error in str(response.context["form"].errors)
    assert "Kept words" in response.content.decode()
    assert 'id="error-summary"' in response.content.decode()
    assert Partnership.objects.count() == 0


def test_the_second_of_two_tabs_is_told_and_may_decide(signed_in, partnership):
    url = address("partnership_edit", partnership)
    old = signed_in.get(url).context["form"].initial["seen"]
    fill(signed_in, url, name="First tab")

    second = signed_in.post(url, {"seen": old, "name": "Second tab", "about": "Typed"})

    text = second.content.decode()
    assert "Somebody saved this after you opened the page." in text
    assert "First tab" in text
    assert 'value="Second tab"' in text
    assert Partnership.objects.get().name == "First tab"
    shown = second.context["form"]["seen"].value()
    signed_in.post(url, {"seen": shown, "name": "Second tab", "about": "Typed"})
    assert Partnership.objects.get().name == "Second tab"


def test_organisation_is_added_changed_and_removed(signed_in, partnership):
    first, second, *_ = partnership.sectors.all()
    fill(signed_in, address("organisation_create", partnership), name="Council", sector=first.pk)
    council = Organisation.objects.get()

    url = address("organisation_edit", partnership, council)
    fill(signed_in, url, name="County Council", sector=second.pk)
    council.refresh_from_db()
    assert (council.name, council.sector) == ("County Council", second)

    remove = address("organisation_remove", partnership, council)
    assert "Remove County Council?" in signed_in.get(remove).content.decode()
    assert Organisation.objects.exists()
    assert said(signed_in.post(remove, follow=True)) == ["County Council is removed."]
    assert not Organisation.objects.exists()


def test_organisation_form_offers_sectors_of_this_partnership_alone(signed_in, partnership):
    foreign = make_partnership().sectors.first()

    response = fill(
        signed_in, address("organisation_create", partnership), name="Council", sector=foreign.pk
    )

    assert "Choose another." in str(response.context["form"].errors["sector"])
    assert 'value="Council"' in response.content.decode()
    assert Organisation.objects.count() == 0


def test_what_a_service_refuses_stands_in_the_form(signed_in, partnership):
    make_organisation(partnership, "Council")

    response = fill(
        signed_in,
        address("organisation_create", partnership),
        name="COUNCIL",
        sector=partnership.sectors.first().pk,
    )

    assert "here already" in str(response.context["form"].non_field_errors())
    assert 'value="COUNCIL"' in response.content.decode()


def test_an_organisation_under_another_partnership_is_not_found(signed_in, partnership):
    foreign = make_organisation(make_partnership())

    for name in ("organisation_edit", "organisation_remove"):
        assert signed_in.get(address(name, partnership, foreign)).status_code == 404
        assert signed_in.post(address(name, partnership, foreign)).status_code == 404
    for name in ("sector_edit", "sector_remove"):
        assert signed_in.get(address(name, partnership, foreign.sector)).status_code == 404

    assert Organisation.objects.filter(pk=foreign.pk).exists()


def test_removing_an_organisation_of_people_says_why_not(signed_in, content, partnership):
    council = make_organisation(partnership)
    make_open_round(partnership)

    response = signed_in.post(address("organisation_remove", partnership, council), follow=True)

    assert "after it closes" in said(response)[0]
    assert Organisation.objects.filter(pk=council.pk).exists()


def test_sector_is_added_renamed_and_removed(signed_in, partnership):
    fill(signed_in, address("sector_create", partnership), name="Universities")
    sector = partnership.sectors.get(name="Universities")

    fill(signed_in, address("sector_edit", partnership, sector), name="Colleges")
    sector.refresh_from_db()
    assert sector.name == "Colleges"

    url = address("sector_remove", partnership, sector)
    assert signed_in.get(url).status_code == 200
    signed_in.post(url)
    assert not partnership.sectors.filter(pk=sector.pk).exists()


def test_a_full_sector_stays(signed_in, partnership):
    council = make_organisation(partnership)

    response = signed_in.post(address("sector_remove", partnership, council.sector), follow=True)

    assert "Move them to another sector" in said(response)[0]


def test_words_of_people_are_escaped(signed_in, facilitator):
    partnership = make_partnership(facilitator, "<script>alert(1)</script>")
    make_organisation(partnership, "<b>Council</b>")

    for url in (LIST, address("partnership_detail", partnership)):
        text = signed_in.get(url).content.decode()
        assert "<script>alert" not in text
        assert "<b>Council" not in text


def test_addresses_of_nothing_are_not_found(signed_in, partnership):
    for wrong in (0, 10**12, 10**30):
        assert signed_in.get(f"/partnerships/{wrong}/").status_code == 404
        url = f"/partnerships/{partnership.pk}/rounds/{wrong}/"
        assert signed_in.get(url).status_code == 404
