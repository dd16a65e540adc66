"""The progress of an open round, kept up to date: counts and who has not, never any answer."""

import json

from assessments.models.responses import Answer
from assessments.services.closing import close_round
from tests.facilitators.pages import count_queries, of_round
from tests.factories import (
    answer_all,
    begin,
    make_open_round,
    make_organisation,
    make_people,
    make_slips,
    owner_of,
)


def ask(client, round_):
    return json.loads(client.get(of_round("round_progress", round_)).content)


def plain(html):
    return " ".join(html.split())


def test_progress_follows_what_people_do(signed_in, content, partnership):
    round_ = make_open_round(partnership, people=0)
    council = make_organisation(partnership, "Northvale Council")
    first, second, *_ = make_people(round_, 3, organisation=council)

    before = ask(signed_in, round_)["parts"]
    begin(first)
    answer_all(second)
    after = ask(signed_in, round_)["parts"]

    assert plain(before["heading"]) == "0 of 3 have answered"
    assert plain(after["heading"]) == "1 of 3 has answered"
    assert "1 submitted, 1 started, of 3" in after["rows"]
    assert "Northvale Council" in after["rows"]
    assert plain(after["waiting_count"]) == "2 people have not submitted"
    assert first.name in after["waiting"]
    assert second.name not in after["waiting"]


def test_progress_is_what_the_page_shows(signed_in, content, partnership):
    round_ = make_open_round(partnership, codes=("five_factors", "outside_view"))
    make_slips(round_, 2)

    page = plain(signed_in.get(of_round("round_detail", round_)).content.decode())
    parts = ask(signed_in, round_)["parts"]

    assert [name for name, html in parts.items() if plain(html) not in page] == []


def test_progress_never_tells_what_was_answered(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    answer_all(round_.participants.first(), 1)

    low = ask(signed_in, round_)
    Answer.objects.update(value=5)

    assert ask(signed_in, round_) == low


def test_progress_says_when_the_round_has_closed(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    for person in round_.participants.all():
        answer_all(person)
    close_round(round_=round_, actor=owner_of(partnership), now=round_.ends_at)

    assert ask(signed_in, round_) == {"is_over": True}


def test_progress_takes_as_many_queries_however_many_people(signed_in, content, partnership):
    round_ = make_open_round(partnership, people=2)
    few = count_queries(signed_in, of_round("round_progress", round_))
    make_people(round_, 8, organisation=make_organisation(partnership))

    assert count_queries(signed_in, of_round("round_progress", round_)) == few
