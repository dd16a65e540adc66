"""Confirming, the return code, and the page with all parts."""

import pytest

from assessments.leaders import cookies
from assessments.models.responses import Response
from assessments.services.keys import read_return_code
from tests.factories import make_organisation, make_partnership
from tests.leaders.device import Device


def test_confirming_begins_a_response_with_what_was_confirmed(device, round_):
    council = round_.partnership.organisations.get(name="Northvale Council")

    device.confirm(organisation=str(council.pk), role_level="clinical", helps_to_run="yes")

    response = Response.objects.get()
    assert (response.organisation, response.role_level) == (council, "clinical")
    assert response.is_known is True


def test_none_of_these_is_an_organisation_too(device):
    device.confirm(organisation="none", helps_to_run="no")

    response = Response.objects.get()
    assert (response.organisation, response.is_known) == (None, False)


@pytest.mark.parametrize(
    "words",
    [{"organisation": ""}, {"role_level": "king"}, {"helps_to_run": ""}, {"organisation": "999"}],
)
def test_a_form_that_is_not_whole_begins_nothing(device, words):
    response = device.confirm(**words)

    assert response.status_code == 422
    assert not Response.objects.exists()


def test_an_organisation_of_another_partnership_is_not_offered(device):
    other = make_organisation(make_partnership(), "Elsewhere")

    response = device.confirm(organisation=str(other.pk))

    assert response.status_code == 422
    assert b"Elsewhere" not in response.content


def test_the_code_is_shown_until_it_is_kept_and_never_again(device):
    device.client.post(
        device.home, {"organisation": "none", "role_level": "other", "helps_to_run": "no"}
    )

    shown = [device.client.get(device.at("keep_code")).content for _ in range(2)]
    kept = device.client.post(device.at("keep_code"))
    after = device.client.get(device.at("keep_code"))

    assert all(b'id="the-code"' in page for page in shown)
    assert (kept.status_code, after.status_code) == (302, 302)
    assert after["Location"] == device.home


def test_the_code_stands_in_no_cookie_in_the_clear(device):
    device.client.post(
        device.home, {"organisation": "none", "role_level": "other", "helps_to_run": "no"}
    )
    page = device.client.get(device.at("keep_code")).content.decode()
    code = page.split('id="the-code">')[1][:19]
    carried = "".join(morsel.value for morsel in device.client.cookies.values())

    assert read_return_code(code) == code
    assert code not in carried
    assert device.client.cookies[cookies._name("reader")]["httponly"] is True


def test_a_form_sent_twice_ends_with_the_code_that_opens(device):
    first, second = device, Device(device.person)
    second.open_link()

    first.confirm()
    second.confirm()

    assert Response.objects.count() == 1
    assert second.code
    assert second.save(second.items()[0], 4).status_code == 200
    assert first.save(first.items()[0], 2).status_code == 409


def test_a_second_device_does_not_begin_anew_over_answers(begun):
    begun.save(begun.items()[0], 4)
    other = Device(begun.person)
    other.open_link()

    other.confirm()

    assert begun.client.get(begun.page()).content.count(b" checked") == 1
    assert other.code == ""


def test_coming_back_leads_to_the_page_that_was_left(begun):
    begun.save(begun.items()[0], 4)
    begun.client.get(begun.page("PC"))
    begun.open_link()

    page = begun.client.get(begun.home).content.decode()

    assert f'class="btn btn-primary" href="{begun.page("PC")}"' in page
    assert "Go on with Frequent personal contact" in page


def test_leaving_the_device_takes_every_cookie_off_it(begun):
    begun.client.post(begun.at("leave_device"))

    assert [name for name, one in begun.client.cookies.items() if one.value] == ["csrftoken"]
    assert begun.client.get(begun.home).status_code == 403


def test_a_changed_cookie_opens_nothing(begun):
    for name in ("answer_link", "answer_reader"):
        begun.client.cookies[name] = begun.client.cookies[name].value[:-3] + "xyz"

    assert begun.client.get(begun.home).status_code == 403


def test_parts_say_what_is_done_begun_and_to_come(begun):
    for item in begun.items("SV"):
        begun.save(item, 3)
    begun.save(begun.items("PC")[0], 3)

    page = begun.client.get(begun.home).content.decode()

    assert 'Shared vision and purpose</a><span class="muted">, done' in page
    assert 'Frequent personal contact</a><span class="muted">, 1 of 6 answered' in page
    assert 'Commitment for the longer term</a><span class="muted">, not yet' in page
