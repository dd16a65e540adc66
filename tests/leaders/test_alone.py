"""Trying a checklist alone: pages, private link, answers, result, copy and deleting."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models.content import Edition, Statement
from assessments.models.rounds import Throttle
from assessments.models.solo import SoloAnswer, SoloResponse
from assessments.services.solo import start_solo
from tests.factories import published
from tests.leaders.visitor import Visitor


@pytest.fixture
def visitor(content):
    return Visitor()


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def values():
    return list(SoloAnswer.objects.order_by("statement__order").values_list("value", flat=True))


# The list ----------------------------------------------------------------


def test_the_list_says_what_happens_and_keeps_nothing(content, client):
    response = client.get(reverse("try_list"))

    text = text_of(response)
    day = timezone.localdate() + timedelta(days=30)
    assert f"{day:%A} {day.day} {day:%B %Y}" in text
    assert "never counted anywhere" in text
    assert [name in text for name in ("Five factors", "The view from outside")] == [True, True]
    assert "Who meets whom" not in text
    assert SoloResponse.objects.count() == 0
    assert set(response.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("wanted", ["", "contact", "nonsense"])
def test_nothing_starts_for_a_checklist_that_cannot_be_tried(content, client, wanted):
    response = client.post(reverse("try_list"), {"instrument": wanted})

    assert response.status_code == 422
    assert "Nothing was started" in text_of(response)
    assert SoloResponse.objects.count() == 0


def test_an_edition_that_is_not_published_is_not_offered(content, client):
    Edition.objects.filter(instrument__code="six_ways").update(state=Edition.State.RETIRED)

    assert "Six ways" not in text_of(client.get(reverse("try_list")))
    assert client.post(reverse("try_list"), {"instrument": "six_ways"}).status_code == 422


def test_too_many_starts_from_one_address_wait_and_say_until_when(content, client):
    start = {"instrument": "quick_test"}
    for _ in range(60):
        assert client.post(reverse("try_list"), start).status_code == 302

    full = client.post(reverse("try_list"), start)
    elsewhere = client.post(reverse("try_list"), start, REMOTE_ADDR="192.0.2.7")

    ends_at = timezone.localtime(Throttle.objects.order_by("-count").first().ends_at)
    assert full.status_code == 429
    assert f"Please try again at {ends_at:%H:%M}" in text_of(full)
    assert elsewhere.status_code == 302
    assert SoloResponse.objects.count() == 61


# The private link --------------------------------------------------------


def test_reading_the_link_shows_no_answer_and_changes_nothing(visitor):
    visitor.answer({"SV1": 5})
    before = list(SoloResponse.objects.values())

    for method in ("get", "head"):
        response = getattr(Client(), method)(visitor.link)
        assert response.status_code == 200
        assert dict(response.cookies).keys() <= {"csrftoken"}
        assert "Nearly always" not in response.content.decode()
    assert list(SoloResponse.objects.values()) == before


def test_opening_the_link_takes_the_token_out_of_the_address(visitor):
    visitor.answer({"SV1": 5})
    elsewhere = Client()

    response = elsewhere.post(visitor.link)

    assert response["Location"] == visitor.home
    assert visitor.token not in response["Location"]
    assert "1 of 30 answered" in text_of(elsewhere.get(visitor.home))


def test_the_cookie_is_for_this_try_alone_and_no_script_reads_it(visitor):
    cookie = visitor.client.cookies["try_link"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (visitor.home, True, "Lax")
    assert cookie["max-age"] == 30 * 24 * 60 * 60


def test_no_page_is_kept_and_no_path_goes_along(visitor):
    visitor.answer({"SV1": 5})
    for name in ("try_home", "try_result", "try_copy", "try_delete"):
        response = visitor.get(name)
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        assert response["Referrer-Policy"] == "same-origin"
    link = visitor.client.get(visitor.link)
    assert (link["Cache-Control"], link["Referrer-Policy"]) == ("no-store", "strict-origin")


def test_without_the_cookie_or_with_that_of_another_try_nothing_opens(visitor):
    other = Visitor()
    visitor.answer({"SV1": 5})
    stranger = Client()
    thief = Client()
    thief.cookies["try_link"] = other.token

    for client in (stranger, thief):
        for name in ("try_home", "try_result", "try_copy", "try_delete"):
            response = client.get(visitor.at(name))
            assert response.status_code == 404
            assert "There are no answers here" in text_of(response)
        assert client.post(visitor.at("try_delete")).status_code == 404
    assert values() == [5]


@pytest.mark.parametrize("wrong", ["x" * 43, "abc", "a%00b", "é"])
def test_an_unknown_link_says_so(content, client, wrong):
    for method in ("get", "post"):
        response = getattr(client, method)(f"/try/{wrong}")
        assert response.status_code == 404
        assert "There are no answers here" in text_of(response)


def test_a_link_whose_day_has_come_says_so_before_the_worker_came(visitor):
    SoloResponse.objects.update(delete_on=timezone.localdate())

    assert Client().get(visitor.link).status_code == 404
    assert visitor.get("try_home").status_code == 404


def test_an_edition_that_was_retired_meanwhile_still_opens(visitor):
    Edition.objects.filter(instrument__code="five_factors").update(state=Edition.State.RETIRED)

    assert visitor.get("try_dimension", "SV").status_code == 200
    assert visitor.save(1, 4).json()["state"] == "saved"


# Answering ---------------------------------------------------------------


def test_an_answer_is_saved_as_it_is_given(visitor):
    first = visitor.save(1, 4).json()
    second = visitor.save(1, 2, was=first["was"]).json()

    assert [first["state"], second["state"]] == ["saved", "saved"]
    assert first["was"] != second["was"]
    assert values() == [2]
    assert 'value="2" checked' in visitor.get("try_dimension", "SV").content.decode()


def test_an_older_tab_does_not_overwrite(visitor):
    first = visitor.save(1, 4).json()
    visitor.save(1, 5, was=first["was"])

    late = visitor.save(1, 1, was=first["was"])

    assert (late.status_code, late.json()["state"]) == (409, "clash")
    assert values() == [5]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 1500,
        b"x" * 3000,
        b'{"item": 1}',
        b'{"item": 1, "value": 0}',
        b'{"item": 1, "value": 6}',
        b'{"item": 1, "value": -4}',
        b'{"item": 1, "value": 1e400}',
        b'{"item": 0, "value": 3}',
        b'{"item": 31, "value": 3}',
        b'{"item": "SV1", "value": 3}',
        b'{"item": null, "value": 3}',
    ],
)
def test_nonsense_is_refused_in_words(visitor, body):
    response = visitor.client.post(visitor.at("try_save"), body, content_type="application/json")

    assert (response.status_code, response.json()["state"]) == (400, "refused")
    assert values() == []


def test_saving_after_deleting_elsewhere_says_so(visitor):
    visitor.save(1, 4)
    elsewhere = Client()
    elsewhere.post(visitor.link)
    elsewhere.post(visitor.at("try_delete"))

    response = visitor.save(2, 4)

    assert (response.status_code, response.json()["state"]) == (410, "refused")
    assert "have been deleted" in response.json()["message"]
    assert SoloAnswer.objects.count() == 0


def test_a_page_whose_device_forgot_the_link_is_told_how_to_go_on(visitor):
    visitor.client.post(visitor.at("try_forget"))

    lost = visitor.save(1, 4)
    visitor.client.post(visitor.link)
    found = visitor.save(1, 4)

    assert (lost.status_code, lost.json()["state"]) == (403, "no_link")
    assert "open your private link in another tab" in lost.json()["message"]
    assert found.json()["state"] == "saved"


def test_the_page_saves_without_javascript_and_goes_on(visitor):
    response = visitor.client.post(visitor.at("try_dimension", "SV"), {"q1": "4", "q3": "-2"})

    assert response["Location"] == visitor.at("try_dimension", "PC")
    assert values() == [4, -2]


def test_the_last_page_leads_to_the_result(visitor):
    response = visitor.client.post(visitor.at("try_dimension", "LT"), {"q30": "4"})

    assert response["Location"] == visitor.at("try_result")


def test_an_answer_that_is_not_offered_is_shown_as_an_error(visitor):
    response = visitor.client.post(visitor.at("try_dimension", "SV"), {"q1": "9", "q2": "4"})

    assert response.status_code == 422
    assert "Choose one of the answers offered." in text_of(response)
    assert values() == []


def test_an_expired_form_costs_no_answer(content):
    visitor = Visitor.__new__(Visitor)
    easy = Visitor()
    visitor.__dict__ = easy.__dict__ | {"client": Client(enforce_csrf_checks=True)}
    visitor.client.cookies["try_link"] = easy.token

    response = visitor.client.post(visitor.at("try_dimension", "SV"), {"q1": "4"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Not saved yet" in page
    assert 'value="4" checked' in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    again = {"q1": "4", "csrfmiddlewaretoken": token}
    visitor.client.post(visitor.at("try_dimension", "SV"), again)
    assert values() == [4]


def test_a_page_from_before_keeps_the_newer_answer_and_says_which(visitor):
    was = visitor.save(1, 4).json()["was"]
    visitor.save(1, 5, was=was)

    response = visitor.client.post(
        visitor.at("try_dimension", "SV"), {"q1": "1", "was1": was, "q2": "3"}
    )

    text = text_of(response)
    assert response.status_code == 409
    assert "You chose “Hardly ever” here; “Nearly always” is saved." in text
    assert values() == [5, 3]


def test_an_unknown_page_of_a_checklist_is_not_found(visitor):
    assert visitor.get("try_dimension", "XX").status_code == 404


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("six_ways", "FE"),
        ("practice", "CH"),
        ("context", "CX"),
        ("quick_test", "QT"),
        ("differences", "DS"),
        ("outside_view", "SV"),
    ],
)
def test_every_checklist_is_answered_and_has_a_result(content, code, first):
    visitor = Visitor(code)
    edition = published(code)[0]

    page = visitor.get("try_dimension", first)
    names = sorted(set(re.findall(r'name="(q\d+)"', page.content.decode())))
    visitor.client.post(visitor.at("try_dimension", first), dict.fromkeys(names, "2"))
    result = visitor.get("try_result")

    statements = Statement.objects.filter(edition=edition, dimension__code=first).count()
    ratings = 2 if code == "differences" else 1
    assert SoloAnswer.objects.count() == len(names) == statements * ratings
    assert result.status_code == 200
    assert "Questions for you" in text_of(result)


def test_the_quick_test_asks_for_no_text(content):
    visitor = Visitor("quick_test")

    page = visitor.get("try_dimension", "QT")

    assert "you type nothing here" in text_of(page)
    assert "<textarea" not in page.content.decode()
    assert 'type="text"' not in page.content.decode()


# The result --------------------------------------------------------------


def test_the_result_shows_the_own_picture_questions_and_what_to_try(visitor):
    visitor.answer({f"SV{number}": 2 for number in (1, 2, 3, 5, 6)})
    visitor.answer({f"PC{number}": 5 for number in (1, 2, 3, 4, 5, 6)})

    page = visitor.get("try_result")

    text = text_of(page)
    assert "You have answered 11 of 30" in text
    assert "About Shared vision and purpose, which you see least often." in text
    assert "If we succeed, what will a resident notice in five years" in text
    assert "What you could try" in text
    assert "Hold a half-day with residents and carers" in text
    assert "<svg" in page.content.decode()
    assert "total" not in text.lower()


def test_a_result_without_answers_leads_to_the_first_page(visitor):
    page = visitor.get("try_result")

    assert "Nothing answered yet" in text_of(page)
    assert visitor.at("try_dimension", "SV") in page.content.decode()


def test_pressures_ask_about_the_strongest_first(content):
    visitor = Visitor("context")
    visitor.answer({"CX1": 1, "CX2": 5, "CX3": 2, "CX5": 4})

    text = text_of(visitor.get("try_result"))

    assert text.index("Which problem keeps coming back?") > 0
    assert "Where would pooling what we have do more good" not in text


def test_the_copy_is_a_table_of_every_answer(visitor):
    visitor.answer({"SV1": 5, "SV2": -2})

    response = visitor.get("try_copy")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response["Content-Disposition"] == 'attachment; filename="five-factors-my-answers.csv"'
    assert len(rows) == 30
    assert [(row["Your answer"], row["As a number"]) for row in rows[:3]] == [
        ("Nearly always", "5"),
        ("Don't know", ""),
        ("Left out", ""),
    ]


def test_no_cell_of_the_copy_is_a_formula(visitor):
    for number, start in enumerate("=+-@\t\r", start=1):
        Statement.objects.filter(code=f"SV{number}").update(text=f"{start}1+1")

    content = visitor.get("try_copy").content.decode("utf-8-sig")

    cells = [row["Statement"] for row in csv.DictReader(io.StringIO(content, newline=""))][:6]
    assert all(cell.startswith("'") for cell in cells)


# The end -----------------------------------------------------------------


def test_deleting_asks_first_and_then_leaves_nothing(visitor):
    visitor.answer({"SV1": 5})
    other = Visitor()

    asked = visitor.get("try_delete")
    assert "Delete 1 answer now?" in text_of(asked)
    assert values() == [5]
    done = visitor.client.post(visitor.at("try_delete"))

    assert "Deleted" in text_of(done)
    assert "try_link" not in {name for name, one in done.client.cookies.items() if one.value}
    assert "There are no answers here" in text_of(Client().get(visitor.link))
    assert visitor.get("try_home").status_code == 404
    assert [str(key) for key in SoloResponse.objects.values_list("pk", flat=True)] == [other.key]
    assert values() == []


def test_a_device_that_forgets_keeps_the_answers_for_the_link(visitor):
    visitor.answer({"SV1": 5})

    visitor.client.post(visitor.at("try_forget"))

    assert visitor.get("try_home").status_code == 404
    visitor.client.post(visitor.link)
    assert "1 of 30 answered" in text_of(visitor.get("try_home"))


def test_a_page_costs_the_same_however_much_is_answered(visitor, django_assert_max_num_queries):
    visitor.answer({f"SV{number}": 4 for number in range(1, 7)})

    with django_assert_max_num_queries(6):
        visitor.get("try_dimension", "SV")
    with django_assert_max_num_queries(11):
        visitor.save(8, 4)


def test_somebody_signed_in_is_asked_and_shown_the_same(content, signed_in):
    response = signed_in.post(reverse("try_list"), {"instrument": "quick_test"})

    assert signed_in.get(response["Location"]).status_code == 200


def test_a_try_started_beside_another_keeps_both_open(content):
    client = Client()
    homes = [
        client.post(reverse("try_list"), {"instrument": code})["Location"]
        for code in ("quick_test", "context")
    ]
    solo = start_solo(edition=published("practice")[0], now=timezone.now())

    assert len({*homes, reverse("try_home", args=[solo.key])}) == 3
