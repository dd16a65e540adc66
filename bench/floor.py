"""What saving is compared with: views that put one row, and nothing more.

`floor` stands behind all of the app's middleware and reads its two cookies;
`put` at /bare/ stands behind no middleware (see `bench.floor_server`).
"""

import json
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from assessments.leaders.cookies import read_link, read_reader
from bench.empty import urlpatterns as app_patterns

PUT = """
    INSERT INTO assessments_answer AS stored (id, response_id, item_id, value, revision)
    VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (response_id, item_id) DO UPDATE SET
        value = excluded.value, revision = stored.revision + 1
    RETURNING revision
"""


def put(request: HttpRequest) -> JsonResponse:
    given: dict[str, Any] = json.loads(request.body)
    key = uuid4()
    with connection.cursor() as cursor:
        own = str(key) if connection.vendor == "postgresql" else key.hex
        cursor.execute(PUT, [own, given["response"], given["item"], given["value"]])
        revision = cursor.fetchall()[0][0]
    response = JsonResponse({"state": "saved", "was": f"{revision}:{given['value']}"})
    # Without middleware nobody else does it.
    response["Content-Length"] = str(len(response.content))
    return response


@login_not_required
def floor(request: HttpRequest, round_id: int) -> JsonResponse:
    if not (read_link(request, round_id) and read_reader(request, round_id)):
        return JsonResponse({"state": "no_link"}, status=403)
    return put(request)


urlpatterns = [
    path("answer/<int:round_id>/floor/", floor),
    path("bare/", put),
    *app_patterns,
]
