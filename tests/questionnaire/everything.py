"""A round that asks everything that can be asked, with sectors large and small."""

from assessments.models.rounds import Audience
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import open_round
from tests.factories import (
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    owner_of,
)

FOR_LEADERS = (
    "five_factors",
    "six_ways",
    "practice",
    "context",
    "contact",
    "quick_test",
    "differences",
)
PROBLEM = "People wait too long to go home from hospital"


def make_round_of_everything(now, **fields):
    """Two sectors that are large enough to be asked about by name, and one that is not."""
    partnership = make_partnership()
    round_ = make_round(
        partnership,
        codes=(*FOR_LEADERS, "outside_view"),
        now=now,
        quick_test_problem=PROBLEM,
        asks_candour=True,
        asks_foresight=True,
        **fields,
    )
    for sector, organisations in ((0, 2), (1, 2), (2, 1)):
        for _ in range(organisations):
            make_people(round_, 2, organisation=make_organisation(partnership, sector=sector))
    actor = owner_of(partnership)
    person = NewPerson(
        name="Jo Carer",
        email="",
        organisation=None,
        role_level="",
        audience=Audience.OUTSIDE,
    )
    add_people(round_=round_, people=[person], actor=actor, now=now)
    return open_round(round_=round_, actor=actor, now=now)


def list_items(asked):
    """Every item of every page, with what stands beside the statements."""
    return [item for one in asked for page in one.pages for item in page.all_items]
