"""What the page tests share: addresses, forms as a browser sends them, and counted queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def address(name, *things):
    return reverse(name, args=[getattr(thing, "pk", thing) for thing in things])


def of_round(name, round_, *things):
    return address(name, round_.partnership, round_, *things)


def shown_values(form):
    """What a browser would send back from this form, untouched."""
    values = {}
    for bound in form:
        value = bound.value()
        if value in (None, "", [], False):
            continue
        shown = bound.field.widget.format_value(value) if bound.name != "also_ask" else value
        values[bound.html_name] = "on" if value is True else shown
        if isinstance(shown, list) and bound.name != "also_ask":
            values[bound.html_name] = shown[0]
    return values


def fill(client, url, *, follow=True, **typed):
    """Opens the page, types over what its form shows, and sends it."""
    form = client.get(url).context["form"]
    return client.post(url, shown_values(form) | typed, follow=follow)


def said(response):
    return [str(message) for message in response.context["messages"]]


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
