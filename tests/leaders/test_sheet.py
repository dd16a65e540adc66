"""The page of one dimension, posted whole, as without JavaScript."""

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models.responses import Answer, Comment
from assessments.models.rounds import Round
from tests.factories import make_open_round
from tests.leaders.device import Device


def hidden(device, dimension="SV"):
    """What the hidden fields of the page say was shown."""
    form = device.client.get(device.page(dimension)).context["form"]
    names = [name for name in form.fields if "was" in name]
    return {name: form[name].value() or "" for name in names}


def values():
    return dict(Answer.objects.values_list("item__code", "value"))


def test_the_whole_page_is_saved_and_leads_to_the_next(begun):
    items = begun.items()

    response = begun.post_page({f"q{item.pk}": 4 for item in items})

    assert (response.status_code, response["Location"]) == (302, begun.page("PC"))
    assert values() == {item.code: 4 for item in items}


def test_no_statement_is_required(begun):
    item = begun.items()[2]

    response = begun.post_page({f"q{item.pk}": -2, "comment": "Only this."})

    assert response.status_code == 302
    assert values() == {item.code: -2}
    assert Comment.objects.get().text == "Only this."


def test_the_last_page_leads_to_the_review(begun):
    last = begun.client.get(begun.home).context["parts"][0].steps[-1]

    response = begun.client.post(last.url)

    assert response["Location"] == begun.at("answer_review", "five_factors")


def test_back_saves_and_goes_to_the_page_before(begun):
    item = begun.items("PC")[0]

    response = begun.post_page({f"q{item.pk}": 4}, "PC", go="back")

    assert response["Location"] == begun.page("SV")
    assert values() == {item.code: 4}


def test_the_page_shows_what_was_saved(begun):
    item = begun.items()[0]
    begun.save(item, 4)

    page = begun.client.get(begun.page()).content.decode()

    assert f'name="q{item.pk}" value="4" checked' in page
    assert page.count(" checked") == 1


def test_dont_know_is_not_mistaken_for_a_point(begun):
    item = begun.items()[0]
    begun.save(item, -2)

    page = begun.client.get(begun.page()).content.decode()

    assert f'name="q{item.pk}" value="-2" checked' in page
    assert page.count(" checked") == 1


def test_an_answer_changed_in_another_tab_is_kept_and_said(begun):
    first, second = begun.items()[:2]
    begun.save(first, 2)
    shown = hidden(begun)
    begun.save(first, 4, was="1:2")

    response = begun.post_page({**shown, f"q{first.pk}": 5, f"q{second.pk}": 3})

    page = response.content.decode()
    assert response.status_code == 409
    assert "You chose “Nearly always” here; “Usually” is saved." in page
    assert values() == {first.code: 4, second.code: 3}
    assert f'name="q{first.pk}" value="4" checked' in page


def test_an_answer_that_only_came_along_is_no_clash(begun):
    first, second = begun.items()[:2]
    begun.save(first, 2)
    shown = hidden(begun)
    begun.save(first, 4, was="1:2")

    response = begun.post_page({**shown, f"q{first.pk}": 2, f"q{second.pk}": 3})

    assert response.status_code == 302
    assert values() == {first.code: 4, second.code: 3}


def test_a_comment_changed_in_another_tab_loses_neither_text(begun):
    begun.post_page({"comment": "First words"})
    shown = hidden(begun)
    begun.post_page({**hidden(begun), "comment": "Words of another tab"})

    response = begun.post_page({**shown, "comment": "Words of this tab"})

    page = response.content.decode()
    assert response.status_code == 409
    assert Comment.objects.get().text == "Words of another tab"
    assert "Words of another tab" in page
    assert "Words of this tab</textarea>" in page


def test_a_comment_that_only_came_along_is_no_clash(begun):
    begun.post_page({"comment": "First words"})
    shown = hidden(begun)
    begun.post_page({**shown, "comment": "Words of another tab"})

    response = begun.post_page({**shown, "comment": "First words"})

    assert response.status_code == 302
    assert Comment.objects.get().text == "Words of another tab"


def test_an_emptied_comment_is_deleted(begun):
    begun.post_page({"comment": "First words"})

    begun.post_page({**hidden(begun), "comment": ""})

    assert not Comment.objects.exists()


@pytest.mark.parametrize("value", ["7", "x", "-4"])
def test_a_value_that_is_not_offered_saves_nothing_and_keeps_the_rest_on_the_page(begun, value):
    first, second = begun.items()[:2]

    response = begun.post_page({f"q{first.pk}": value, f"q{second.pk}": 3, "comment": "Kept"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose one of the answers offered." in page
    assert f'name="q{second.pk}" value="3" checked' in page
    assert "Kept</textarea>" in page
    assert values() == {}


def test_a_lost_token_costs_no_typed_text(begun):
    item = begun.items()[0]
    late = Client(enforce_csrf_checks=True)
    late.cookies = begun.client.cookies

    response = late.post(begun.page(), {f"q{item.pk}": 4, "comment": "A long thought"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Not saved yet" in page
    assert "A long thought</textarea>" in page
    assert f'name="q{item.pk}" value="4" checked' in page
    assert values() == {}


def test_a_forged_page_from_another_site_saves_nothing(begun):
    item = begun.items()[0]
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = begun.client.cookies

    response = forger.post(
        begun.page(), {f"q{item.pk}": 1}, headers={"origin": "https://elsewhere.example"}
    )

    assert response.status_code == 403
    assert values() == {}


def test_the_page_with_its_token_is_saved_under_the_check(begun):
    item = begun.items()[0]
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = begun.client.cookies
    page = browser.get(begun.page()).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    response = browser.post(begun.page(), {f"q{item.pk}": 4, "csrfmiddlewaretoken": token})

    assert response.status_code == 302
    assert values() == {item.code: 4}


def test_saving_a_page_after_the_end_says_that_the_round_takes_no_more(begun, round_):
    item = begun.items()[0]
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now())

    response = begun.post_page({f"q{item.pk}": 4})

    assert response.status_code == 410
    assert b"takes no more answers" in response.content
    assert values() == {}


@pytest.mark.parametrize("where", [("five_factors", "ZZ"), ("six_ways", "FE"), ("nothing", "SV")])
def test_what_the_round_does_not_ask_is_not_found(begun, where):
    assert begun.client.get(begun.at("answer_dimension", *where)).status_code == 404
    assert begun.client.get(begun.at("answer_review", "nothing")).status_code == 404


def test_nobody_who_has_not_begun_sees_the_statements(device):
    response = device.client.get(device.page())

    assert (response.status_code, response["Location"]) == (302, device.home)


@pytest.mark.parametrize("code", ["six_ways", "practice", "context", "differences"])
def test_every_part_of_a_round_can_be_answered_and_reviewed(content, code):
    round_ = make_open_round(codes=("five_factors", code))
    device = Device(round_.participants.first())
    device.open_link()
    device.confirm()
    part = device.client.get(device.home).context["parts"][1]

    for step in part.steps:
        given = {f"q{item.id}": item.scale.points[-1].value for item in step.dimension.items}
        assert device.client.post(step.url, given).status_code == 302
    device.submit(code)
    profile = device.client.get(part.profile_url)

    assert profile.status_code == 200
    assert Answer.objects.count() == part.asked


def test_differences_ask_for_size_and_for_handling(content):
    round_ = make_open_round(codes=("five_factors", "differences"))
    device = Device(round_.participants.first())
    device.open_link()
    device.confirm()

    page = device.client.get(device.page("DS", "differences")).content.decode()

    statements = len(device.items("DS", "differences")) // 2
    assert page.count("How big is this difference between partners?") == statements
    assert page.count("How well do we manage this difference?") == statements
    assert page.count("<fieldset") == 2 * statements


def test_a_late_page_without_the_code_overwrites_nothing_newer_and_tells_nothing(begun):
    item = begun.items()[0]
    begun.save(item, 2)
    other = go_on_blind(begun)
    shown = hidden(other)
    begun.save(item, 4, was="1:2")

    response = other.post_page({**shown, f"q{item.pk}": 5})

    page = response.content.decode()
    assert response.status_code == 409
    assert values() == {item.code: 4}
    assert "is saved. Change it" not in page
    assert " checked" not in page


def test_a_page_without_the_code_takes_the_place_of_what_was_saved_before(begun):
    item = begun.items()[0]
    begun.save(item, 2)
    other = go_on_blind(begun)

    response = other.post_page({**hidden(other), f"q{item.pk}": 5})

    assert response.status_code == 302
    assert values() == {item.code: 5}


def go_on_blind(device):
    other = Device(device.person)
    other.open_link()
    other.client.post(other.at("go_on_blind"))
    return other


def test_a_typed_comment_is_shown_to_copy_when_the_answers_were_begun_anew(begun):
    shown = hidden(begun)
    other = Device(begun.person)
    other.open_link()
    other.client.post(other.at("begin_again"))
    other.confirm()

    response = begun.post_page({**shown, "comment": "A long thought"})

    assert not Comment.objects.exists()
    assert b"A long thought" in response.content
