"""Review, submit, and the person's own profile."""

from datetime import timedelta

from django.utils import timezone

from assessments.models.responses import Sitting
from assessments.models.rounds import ParticipantState, Round
from assessments.services.closing import close_round
from tests.factories import make_open_round
from tests.leaders.device import Device


def answer_factors(device, value=4):
    for step in device.client.get(device.home).context["parts"][0].steps:
        device.client.post(step.url, {f"q{item.id}": value for item in step.dimension.items})


def test_review_lists_every_answer_and_what_was_left_out(begun):
    item = begun.items()[0]
    begun.save(item, 4)

    page = begun.client.get(begun.at("answer_review", "five_factors")).content.decode()

    assert "You have answered 1 of 30." in page
    assert page.count("You left this out.") == 29
    assert page.count("<strong>Usually</strong>") == 1
    assert f'href="{begun.page()}#q{begun.items()[1].pk}"' in page


def test_submitting_nothing_is_refused_with_a_reason(begun):
    response = begun.submit()

    assert response.status_code == 422
    assert b"Answer at least one statement first." in response.content
    assert not Sitting.objects.exists()


def test_submitting_counts_and_leads_to_the_profile(begun):
    answer_factors(begun)

    response = begun.submit()

    assert response["Location"] == begun.at("own_profile", "five_factors")
    assert Sitting.objects.get().is_submitted is True
    assert begun.person.progress.state == ParticipantState.State.SUBMITTED


def test_submitting_twice_does_no_harm(begun):
    answer_factors(begun)

    assert [begun.submit().status_code for _ in range(2)] == [302, 302]
    assert Sitting.objects.count() == 1


def test_submitting_after_the_end_is_refused(begun, round_):
    answer_factors(begun)
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now())

    assert begun.submit().status_code == 410
    assert not Sitting.objects.filter(is_submitted=True).exists()


def test_a_blind_submit_says_that_only_the_code_opens_from_then_on(begun):
    answer_factors(begun)
    other = Device(begun.person)
    other.open_link()
    other.client.post(other.at("go_on_blind"))
    review = other.client.get(other.at("answer_review", "five_factors"))

    response = other.submit()

    assert b"After this only your return code opens your answers" in review.content
    assert response["Location"] == other.home
    assert b"Only your return code opens them now" in other.client.get(other.home).content


def test_the_profile_shows_averages_in_words_and_as_a_table(begun):
    answer_factors(begun)
    begun.submit()

    response = begun.client.get(begun.at("own_profile", "five_factors"))

    page = response.content.decode()
    picture = response.context["picture"]
    assert "Only you can see this page" in page
    assert len(picture.rows) == 5
    # Two of the five hold reversed statements, which are turned round.
    assert all(row.score is not None and row.word for row in picture.rows)
    assert page.count("<svg") > 2
    assert len(picture.questions) == 3


def test_a_factor_with_too_few_answers_has_no_average(begun):
    answer_factors(begun)
    other = begun.items("PC")
    for item in other[:3]:
        begun.save(item, -2, was="1:4")
    begun.submit()

    picture = begun.client.get(begun.at("own_profile", "five_factors")).context["picture"]

    assert [row.score is None for row in picture.rows] == [False, True, False, False, False]
    assert picture.dont_know == 3


def test_there_is_no_profile_before_submitting(begun):
    answer_factors(begun)

    response = begun.client.get(begun.at("own_profile", "five_factors"))

    assert (response.status_code, response["Location"]) == (
        302,
        begun.at("answer_review", "five_factors"),
    )


def test_the_profile_stays_shut_without_the_code(begun):
    answer_factors(begun)
    begun.submit()
    other = Device(begun.person)
    other.open_link()

    response = other.client.get(other.at("own_profile", "five_factors"))

    assert (response.status_code, response["Location"]) == (302, other.home)


def test_answers_can_be_changed_after_submitting_on_this_device(begun):
    answer_factors(begun)
    begun.submit()

    assert begun.save(begun.items()[0], 2, was="1:4").status_code == 200


def close_with(devices, round_):
    for device in devices:
        answer_factors(device)
        device.submit()
    close_round(round_=round_, actor=None, now=timezone.now() + timedelta(days=30))


def test_after_the_close_the_code_opens_the_own_profile_and_nothing_else_does(content):
    round_ = make_open_round(people=5)
    devices = [Device(person) for person in round_.participants.all()]
    for device in devices:
        device.open_link()
        device.confirm()
    close_with(devices, round_)
    mine, other = devices[0], Device(devices[0].person)
    link = mine.client.cookies["answer_link"]

    own = mine.client.get(mine.home)
    other.client.cookies["answer_link"] = link.value
    without = other.client.get(other.home)
    entered = other.client.post(other.at("give_code"), {"code": mine.code})
    after = other.client.get(other.home)

    assert b"Your own answers: Five factors" in own.content
    assert b"<strong>Usually</strong>" not in without.content
    assert b"They are sealed." in without.content
    assert entered.status_code == 302
    assert b"Your own answers: Five factors" in after.content
    # Not shared yet: no figure of the partnership.
    assert "result" not in own.context


def test_after_the_close_pages_of_answers_are_gone(begun, round_):
    answer_factors(begun)
    close_round(round_=round_, actor=None, now=timezone.now() + timedelta(days=30))

    pages = [begun.page(), begun.at("answer_review", "five_factors"), begun.at("begin_again")]

    assert [begun.client.get(page).status_code for page in pages] == [410, 410, 410]


def test_shared_results_stand_beside_the_own_answers(content):
    round_ = make_open_round(people=6)
    devices = [Device(person) for person in round_.participants.all()]
    for device in devices:
        device.open_link()
        device.confirm()
    close_with(devices, round_)
    Round.objects.filter(pk=round_.pk).update(
        state=Round.State.SHARED, shared_at=timezone.now() + timedelta(days=31)
    )

    response = devices[0].client.get(devices[0].home)

    assert b"All of you" in response.content
    assert response.context["result"].counted == 6
