"""Looking at a round as those who answer will see it."""

import re

from django.utils import timezone

from assessments.facilitators.previews import read_preview
from assessments.models.rounds import Round, RoundItem
from assessments.services.rounds import open_round
from tests.facilitators.pages import count_queries, of_round
from tests.factories import make_organisation, make_people, make_round, owner_of

EVERYTHING = ("five_factors", "six_ways", "context", "contact", "quick_test", "outside_view")


def make_draft(partnership):
    draft = make_round(
        partnership,
        codes=EVERYTHING,
        asks_candour=True,
        asks_foresight=True,
        quick_test_problem="Beds",
    )
    for name in ("Council", "Hospital"):
        make_people(draft, 3, organisation=make_organisation(partnership, name))
    return draft


def words_of(preview):
    return [
        (page.instrument.code, page.dimension.code, item.code, item.text, item.number, item.scale)
        for page in preview.pages
        for item in page.dimension.all_items
    ]


def test_the_preview_asks_in_order_what_opening_freezes(content, partnership, now):
    draft = make_draft(partnership)
    before = {one: read_preview(draft, one, now) for one in ("leaders", "outside")}
    assert RoundItem.objects.count() == 0

    round_ = open_round(round_=draft, actor=owner_of(partnership), now=now)

    for audience, preview in before.items():
        assert words_of(preview) == words_of(read_preview(round_, audience, now))
    assert len(words_of(before["leaders"])) > 50


def test_every_page_of_the_preview_opens_and_none_can_be_sent(signed_in, content, partnership):
    draft = make_draft(partnership)

    for audience in ("leaders", "outside"):
        index = signed_in.get(of_round("round_preview", draft, audience))
        for page in index.context["preview"].pages:
            url = of_round("round_preview_page", draft, audience, page.number)
            response = signed_in.get(url)
            html = response.content.decode()
            main = html[html.index("<main") : html.index("</main>")]
            assert response.context["page"].dimension.code == page.dimension.code
            assert "Nothing that you choose or write here is kept" in main
            assert re.findall(r"<form|<button|type=\"submit\"", main) == []
            assert signed_in.post(url, {"q1": "1"}).status_code == 405
    assert Round.objects.get().state == "draft"


def test_the_preview_shows_the_promise_of_each_audience(signed_in, content, partnership):
    draft = make_draft(partnership)

    leaders = signed_in.get(of_round("round_preview", draft, "leaders")).content.decode()
    outside = signed_in.get(of_round("round_preview", draft, "outside")).content.decode()

    assert "people can see a result while the round is open" in leaders
    assert "Your sector" in leaders
    assert "Your sector" not in outside
    assert "If fewer of you answer, nothing is shown" in outside


def test_there_is_no_preview_of_what_is_not_asked(signed_in, content, partnership):
    draft = make_round(partnership)
    last = len(read_preview(draft, "leaders", timezone.now()).pages)

    for audience, number in (("outside", 1), ("nobody", 1), ("leaders", last + 1), ("leaders", 0)):
        url = of_round("round_preview_page", draft, audience, number)
        assert signed_in.get(url).status_code == 404


def test_a_preview_page_takes_as_many_queries_however_many_people(signed_in, content, partnership):
    draft = make_round(partnership, people=2)
    url = of_round("round_preview_page", draft, "leaders", 1)
    few = count_queries(signed_in, url)
    make_people(draft, 10)

    assert count_queries(signed_in, url) == few
