"""Sharing: exactly what people will see, then once and for good."""

import re

import pytest
from django.utils import timezone

from assessments.models.results import CollectedComment
from assessments.services.closing import close_round
from assessments.services.links import list_links
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import open_round
from tests.facilitators.pages import of_round, said
from tests.factories import (
    answer_all,
    make_closed_round,
    make_comment,
    make_open_round,
    make_round,
    owner_of,
)

State = CollectedComment.State


@pytest.fixture
def round_(content, partnership):
    return make_closed_round(partnership)


def share(client, round_, **sent):
    url = of_round("round_share", round_)
    was = client.get(url).context["was"]
    return client.post(url, {"was": was, **sent}, follow=True)


def test_share_after_a_look_and_once(signed_in, round_):
    url = of_round("round_share", round_)

    assert "Sharing cannot be taken back." in signed_in.get(url).content.decode()
    round_.refresh_from_db()
    assert not round_.is_shared
    assert said(share(signed_in, round_))[0].startswith("Shared.")
    round_.refresh_from_db()
    assert round_.is_shared
    assert said(signed_in.get(url, follow=True)) == ["The results are shared already."]


def test_an_open_round_is_not_shared(signed_in, content, partnership):
    round_ = make_open_round(partnership)

    for response in (
        signed_in.get(of_round("round_share", round_), follow=True),
        signed_in.post(of_round("round_share", round_), follow=True),
    ):
        assert said(response) == ["Results can be shared once the round has closed."]
    round_.refresh_from_db()
    assert round_.is_open


def test_a_comment_released_meanwhile_stops_the_sharing(signed_in, round_):
    url = of_round("round_share", round_)
    was = signed_in.get(url).context["was"]
    make_comment(round_, "Read later.", state=State.RELEASED)

    response = signed_in.post(url, {"was": was}, follow=True)

    assert "Look again" in said(response)[0]
    assert "Read later." in response.content.decode()
    round_.refresh_from_db()
    assert not round_.is_shared


def test_waiting_comments_are_pointed_out(signed_in, client, round_):
    make_comment(round_, "Nobody read this.")

    text = signed_in.get(of_round("round_share", round_)).content.decode()

    assert "1 comment has not been read yet." in text
    assert of_round("round_comments", round_) in text
    assert "Nobody read this." not in text


def test_leaders_then_see_what_the_preview_showed(signed_in, client, content, partnership):
    """The very same words, figures and comments; only the page around them differs."""
    round_ = make_round(partnership, codes=("five_factors", "context", "outside_view"), people=6)
    outsiders = [NewPerson(name=f"Carer {n}", audience="outside") for n in range(6)]
    add_people(round_=round_, people=outsiders, actor=owner_of(partnership), now=timezone.now())
    round_ = open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())
    people = {one.audience: one for one in round_.participants.all()}
    links = list_links(round_, list(people.values()))
    for person in round_.participants.all():
        answer_all(person, 4 if person.audience == "leaders" else 2)
    round_ = close_round(round_=round_, actor=owner_of(partnership), now=timezone.now())
    make_comment(round_, "Say it <b>in the room</b>.", state=State.RELEASED)
    make_comment(round_, "Held.", state=State.HELD_BACK)
    figure = round_.results.get(audience="outside").dimension_figures.first()
    make_comment(
        round_,
        "Seen from outside.",
        audience="outside",
        dimension=figure.dimension,
        state=State.RELEASED,
    )
    previews = {
        audience: read_shared(
            signed_in.get(of_round("round_share", round_), {"audience": audience})
        )
        for audience in people
    }
    share(signed_in, round_)

    for audience, person in people.items():
        client.logout()
        response = client.post(links[person], follow=True)
        assert read_shared(response) == previews[audience]
    assert "Say it &lt;b&gt;in the room&lt;/b&gt;." in previews["leaders"]
    assert "Held." not in previews["leaders"]
    assert "Seen from outside." in previews["outside"]
    assert "Seen from outside." not in previews["leaders"]


def read_shared(response):
    """The part of the page between the opening paragraph and what is one's own."""
    page = response.content.decode()
    shown = page[page.index('<p class="lead measure mt-3">') :]
    words = re.sub(r"\s+", " ", shown)
    return re.split(AFTERWARDS, words)[0].strip()


# What follows on the facilitator's page, and on the leader's.
AFTERWARDS = re.compile(
    r'</div> </section> <section class="[^"]*" id="share"'
    r'|<section class="section measure" aria-labelledby="code-h"'
)
