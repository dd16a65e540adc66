"""Plainly invented people: no name here belongs to anybody we know of."""

import random
from collections.abc import Sequence

from assessments.models.partnerships import Organisation
from assessments.models.rounds import Audience, RoleLevel
from assessments.services.rosters import NewPerson

FIRST_NAMES = [
    "Ada",
    "Bram",
    "Celyn",
    "Dara",
    "Edwin",
    "Farida",
    "Glenys",
    "Hari",
    "Imogen",
    "Jory",
    "Kezia",
    "Leif",
    "Maeve",
    "Nadir",
    "Olwen",
    "Piran",
    "Quilla",
    "Rowan",
    "Safiya",
    "Tamsin",
    "Umar",
    "Verity",
    "Wilf",
    "Xanthe",
    "Yusuf",
    "Zelda",
    "Anwen",
    "Bashir",
    "Carys",
    "Demelza",
    "Eshan",
    "Fergus",
    "Gwen",
    "Huda",
    "Ivo",
    "Jessamy",
    "Kamal",
    "Lowri",
]
LAST_NAMES = [
    "Applegarth",
    "Birchwood",
    "Copperfield",
    "Dewhurst",
    "Elderflower",
    "Fernside",
    "Greenacre",
    "Hollybush",
    "Inkpen",
    "Juniper",
    "Kestrel",
    "Larkspur",
    "Meadowcroft",
    "Nightingale",
    "Oakapple",
    "Pennywhistle",
    "Quickthorn",
    "Rainsford",
    "Sandpiper",
    "Thistlewood",
    "Underhill",
    "Vinebrook",
    "Wintergreen",
    "Yarrow",
    "Ashdown",
    "Brightwater",
    "Cloverley",
    "Driftwood",
    "Everglade",
    "Foxglove",
    "Goldcrest",
    "Heathcote",
]
OUTSIDE_NAMES = [
    "Barleyfield",
    "Cobnut",
    "Damson",
    "Eiderdown",
    "Fiddlehead",
    "Gooseberry",
    "Harebell",
    "Ivyleaf",
    "Jackdaw",
    "Kingcup",
    "Loosestrife",
    "Marigold",
    "Nettlebed",
    "Orchardson",
    "Primrose",
    "Quince",
]
ROLES = (
    (RoleLevel.CHIEF, 2),
    (RoleLevel.BOARD, 2),
    (RoleLevel.DIRECTOR, 5),
    (RoleLevel.CLINICAL, 3),
    (RoleLevel.MANAGER, 4),
)


def invent_outsiders(*, number: int, domain: str, seed: str) -> list[NewPerson]:
    """`number` people who see the work from outside the leadership, with other names."""
    chance = random.Random(f"outside {seed}")
    firsts = chance.sample(FIRST_NAMES, number)
    return [
        NewPerson(
            name=f"{first} {last}",
            email=f"{first}.{last}@people.{domain}".lower(),
            audience=Audience.OUTSIDE,
        )
        for first, last in zip(firsts, chance.sample(OUTSIDE_NAMES, number), strict=True)
    ]


def invent_people(
    *, number: int, organisations: Sequence[Organisation], domain: str, seed: str
) -> list[NewPerson]:
    """`number` people spread over the organisations, the first organisations having more."""
    chance = random.Random(seed)
    firsts = chance.sample(FIRST_NAMES, len(FIRST_NAMES))
    lasts = chance.sample(LAST_NAMES, len(LAST_NAMES))
    weights = [1 / (place + 3) for place in range(len(organisations))]
    people = []
    for place in range(number):
        first, last = firsts[place % len(firsts)], lasts[place % len(lasts)]
        people.append(
            NewPerson(
                name=f"{first} {last}",
                email=f"{first}.{last}{place}@{domain}".lower(),
                organisation=chance.choices(organisations, weights)[0],
                role_level=chance.choices(
                    [role for role, _ in ROLES], [weight for _, weight in ROLES]
                )[0],
            )
        )
    return people
