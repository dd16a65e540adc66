"""The steps of `bench.saving` that need the app's own code, each a process of its own.

`python -m bench.saving_steps fill PEOPLE` makes the tables and a round that so
many people have begun; the last line printed is JSON: their cookies, items and
responses. `count` says how many answers there are.
"""

import json
import sys
from typing import Any

import django


def fill(people: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from assessments.services import keys
    from tests.factories import make_open_round

    # A return code is slow to make on purpose; here they are made by the hundred.
    keys.SCRYPT_COST.update(n=2)
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    round_ = make_open_round(people=people)
    pages: dict[str, list[int]] = {}
    for item in round_.items.select_related("dimension").order_by("order"):
        pages.setdefault(item.dimension.code, []).append(item.pk)
    devices = [begin_on_device(person) for person in round_.participants.order_by("pk")]
    # As a server knows its tables that has run for a while; the throw-away one never looks.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"round": round_.pk, "pages": pages, "devices": devices}


def begin_on_device(person: Any) -> dict[str, Any]:
    """The cookies of somebody who has begun, and the key of what they answer."""
    from django.db import connection
    from django.http import HttpResponse

    from assessments.leaders.cookies import write_link, write_reader
    from assessments.services.links import link_of
    from tests.factories import begin, seat_of

    reader = begin(person).reader
    response_id = seat_of(person, reader).response_id
    response = HttpResponse()
    write_link(response, person.round_id, link_of(person))
    write_reader(response, person.round_id, reader)
    cookies = {name: one.value for name, one in response.cookies.items()}
    own = str(response_id) if connection.vendor == "postgresql" else response_id.hex
    return {"cookies": cookies, "response": own}


def count(people: int) -> dict[str, Any]:
    """All answers as they are stored, by response and item."""
    from assessments.models.responses import Answer

    rows = Answer.objects.values_list("response_id", "item_id", "value")
    return {"stored": [[response.hex, item, value] for response, item, value in rows]}


STEPS = {"fill": fill, "count": count}


if __name__ == "__main__":
    django.setup()
    step, people = sys.argv[1:]
    print(json.dumps(STEPS[step](int(people))))
