"""One device of one person: a client with its own cookies, and what people do on it."""

import re

from django.test import Client
from django.urls import reverse

from assessments.models.rounds import RoundItem
from assessments.services.links import list_links


class Device:
    def __init__(self, person, **client):
        self.person = person
        self.round_id = person.round_id
        self.client = Client(**client)
        self.code = ""

    @property
    def link(self):
        self.person.refresh_from_db()
        address = list_links(self.person.round, [self.person])[self.person]
        return "/a/" + address.rsplit("/", 1)[1]

    @property
    def home(self):
        return self.at("answer_home")

    def at(self, name, *rest):
        return reverse(name, args=[self.round_id, *rest])

    def open_link(self):
        return self.client.post(self.link)

    def confirm(self, **words):
        given = {"organisation": "none", "role_level": "director", "helps_to_run": "no", **words}
        response = self.client.post(self.home, given)
        shown = self.client.get(self.at("keep_code"))
        found = re.search(r'id="the-code">([0-9A-Z-]{19})<', shown.content.decode())
        self.code = found[1] if found else ""
        self.client.post(self.at("keep_code"))
        return response

    def items(self, dimension="SV", instrument="five_factors"):
        items = RoundItem.objects.filter(
            round=self.round_id,
            instrument__edition__instrument__code=instrument,
            dimension__code=dimension,
        )
        return list(items.order_by("order"))

    def page(self, dimension="SV", instrument="five_factors"):
        return self.at("answer_dimension", instrument, dimension)

    def save(self, item, value, was=""):
        body = {"item": item.pk, "value": value, "was": was}
        return self.post_save(body)

    def post_save(self, body):
        return self.client.post(self.at("answer_save"), body, content_type="application/json")

    def post_page(self, values, dimension="SV", instrument="five_factors", **more):
        return self.client.post(self.page(dimension, instrument), {**values, **more})

    def submit(self, instrument="five_factors"):
        return self.client.post(self.at("answer_review", instrument))
