"""One device of somebody who tries a checklist alone, and what people do on it."""

import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.services.solo import SoloGiven, find_solo, save_solo_answers


class Visitor:
    """A device without an account that has started a try."""

    def __init__(self, code="five_factors", **client):
        self.client = Client(**client)
        response = self.client.post(reverse("try_list"), {"instrument": code})
        self.home = response["Location"]
        self.key = self.home.split("/")[2]
        shown = self.client.get(self.home).content.decode()
        self.link = re.search(r'id="the-link">http://[^/]+(/try/[\w-]{43})<', shown)[1]
        self.token = self.link.rsplit("/", 1)[1]

    def at(self, name, *rest):
        return reverse(name, args=[self.key, *rest])

    def get(self, name, *rest):
        return self.client.get(self.at(name, *rest))

    def save(self, item, value, was=""):
        body = {"item": item, "value": value, "was": was}
        return self.client.post(self.at("try_save"), body, content_type="application/json")

    def answer(self, answers):
        solo = find_solo(token=self.token, now=timezone.now())
        given = [SoloGiven(code, value, 0) for code, value in answers.items()]
        save_solo_answers(solo=solo, given=given)
