"""The three invented partnerships: a healthy one, one with two camps, one early and thin."""

from dataclasses import dataclass, field

from assessments.management.demo.characters import Camp, Character

ALL_PARTS = ("five_factors", "six_ways", "practice", "context", "differences")
EVERYTHING = (*ALL_PARTS, "contact", "quick_test", "outside_view")


@dataclass(frozen=True)
class RoundStory:
    """One round, `began` days before today and open for `days`.

    `answered` is the share of people who submitted; `closed` and `shared` say
    how it ended. `outside` people see the work from outside the leadership;
    there are `slips` for people without a name, and `joined` of those in a
    `room` have come in by its code.
    """

    began: int
    days: int
    answered: float
    character: Character
    codes: tuple[str, ...] = ALL_PARTS
    people: int = 30
    closed: bool = True
    shared: bool = False
    purpose: str = ""
    problem: str = ""
    asks_more: bool = False
    outside: int = 0
    slips: int = 0
    room: int = 0
    joined: int = 0


@dataclass(frozen=True)
class PartnershipStory:
    name: str
    about: str
    domain: str
    facilitator: tuple[str, str]
    organisations: tuple[tuple[str, str], ...]
    rounds: tuple[RoundStory, ...]
    comments: dict[str, tuple[str, ...]] = field(default_factory=dict)


AMARA = ("Amara Osei", "amara.osei@facilitators.example")
BEN = ("Ben Larchfield", "ben.larchfield@facilitators.example")

NORTHVALE = PartnershipStory(
    name="Northvale Place Partnership",
    about="Hospitals, GPs, councils and charities that plan health and care in Northvale together.",
    domain="northvale.example",
    facilitator=AMARA,
    organisations=(
        ("Northvale Hospitals NHS Trust", "NHS trusts"),
        ("Northvale Council", "Councils"),
        ("Northvale GP Alliance", "Primary care"),
        ("Fenland Mental Health NHS Trust", "NHS trusts"),
        ("Three Rivers District Council", "Councils"),
        ("Voluntary Action Northvale", "Voluntary and community"),
    ),
    rounds=(
        RoundStory(
            began=395,
            days=21,
            answered=0.84,
            people=27,
            shared=True,
            purpose="We are new as a place and want to know where we start from.",
            character=Character(
                camps={
                    "SV": (Camp(1, 3.5),),
                    "PC": (Camp(1, 3.2),),
                    "SC": (Camp(1, 2.9),),
                    "AL": (Camp(1, 3.0),),
                    "LT": (Camp(1, 3.3),),
                },
            ),
        ),
        RoundStory(
            began=205,
            days=21,
            answered=0.87,
            people=30,
            shared=True,
            purpose="A year in, we want to see what has moved and what to try next.",
            codes=EVERYTHING,
            problem="People wait in hospital for care at home that nobody has arranged.",
            asks_more=True,
            outside=14,
            character=Character(
                camps={
                    "SV": (Camp(1, 4.0, 0.6),),
                    "PC": (Camp(1, 4.2, 0.6),),
                    "SC": (Camp(1, 3.3),),
                    "AL": (Camp(1, 3.6),),
                    "LT": (Camp(1, 3.8),),
                    "CX": (Camp(1, 3.7, 0.9),),
                },
                otherwise=(Camp(1, 3.7, 0.7),),
            ),
        ),
        RoundStory(
            began=9,
            days=20,
            answered=0.6,
            people=31,
            closed=False,
            purpose=(
                "Before we agree next year's plan we want to hear, in confidence, "
                "how well we lead together."
            ),
            codes=EVERYTHING,
            problem="Young adults fall between children's and adult services.",
            asks_more=True,
            outside=9,
            slips=12,
            room=10,
            joined=6,
            character=Character(otherwise=(Camp(1, 3.8, 0.7),)),
        ),
    ),
    comments={
        "SV": ("The one-page picture of the future helps. We should open each meeting with it.",),
        "PC": (
            "The monthly visits are the best hour of my month.",
            "Keep the visits going in winter, when we need them most.",
        ),
        "SC": ("We are kinder than we are honest. A ground rule or two would help.",),
    },
)

EASTMERE = PartnershipStory(
    name="Eastmere Provider Collaborative",
    about="Five providers that want to plan surgery and recovery as one service.",
    domain="eastmere.example",
    facilitator=AMARA,
    organisations=(
        ("Eastmere General Hospital", "NHS trusts"),
        ("Harbour Community Trust", "NHS trusts"),
        ("Eastmere Borough Council", "Councils"),
        ("Saltmarsh Care Homes", "Care providers"),
        ("Eastmere Carers' Centre", "Voluntary and community"),
    ),
    rounds=(
        RoundStory(
            began=230,
            days=21,
            answered=0.8,
            people=24,
            codes=("five_factors", "six_ways"),
            shared=True,
            purpose="We want to start our work together with an honest picture.",
            character=Character(otherwise=(Camp(1, 3.2),)),
        ),
        RoundStory(
            began=30,
            days=21,
            answered=0.93,
            people=28,
            purpose="Our last meetings were hard. We want to hear how each of you sees it.",
            character=Character(
                camps={
                    "SV": (Camp(1, 3.9, 0.6),),
                    "PC": (Camp(1, 3.6),),
                    "SC": (Camp(0.52, 4.4, 0.5), Camp(0.48, 1.5, 0.5)),
                    "AL": (Camp(1, 2.4),),
                    "LT": (Camp(1, 3.1),),
                    "DS": (Camp(1, 3.9),),
                    "DH": (Camp(1, 2.6),),
                },
                dont_know=0.06,
            ),
        ),
    ),
    comments={
        "SC": (
            "We say yes in the meeting and no in the car park.",
            "I think we argue well. Others may not feel safe to.",
            "It depends who is in the chair.",
        ),
        "AL": ("When money is short each of us looks after our own house first.",),
    },
)

SALTLEY = PartnershipStory(
    name="Saltley and Thorne Wellbeing Board",
    about="A small, new board of people who have only just begun to meet.",
    domain="saltley.example",
    facilitator=BEN,
    organisations=(
        ("Saltley Town Council", "Councils"),
        ("Thorne Medical Group", "Primary care"),
        ("Saltley and Thorne Volunteers", "Voluntary and community"),
    ),
    rounds=(
        RoundStory(
            began=120,
            days=14,
            answered=0.6,
            people=11,
            codes=("five_factors",),
            shared=False,
            purpose="A first look, to see whether these questions help us.",
            character=Character(otherwise=(Camp(1, 2.9, 0.9),), dont_know=0.2),
        ),
        RoundStory(
            began=4,
            days=17,
            answered=0.25,
            people=12,
            codes=("five_factors", "six_ways"),
            closed=False,
            purpose="We would like to see whether things have moved since the summer.",
            character=Character(otherwise=(Camp(1, 3.1, 0.9),), dont_know=0.15),
        ),
    ),
)

STORIES = (NORTHVALE, EASTMERE, SALTLEY)
