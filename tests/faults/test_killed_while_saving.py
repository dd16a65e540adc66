"""What the page called saved is there after the server was killed in the middle, on both databases.

Real gunicorn, real HTTP, several people saving at once, SIGKILL for the master
and all workers. Each person repeats what was not answered, as the page does,
and it counts as saved: a retry is safe.
"""

from threading import Condition, Thread

import pytest
from django.db import connection

from assessments.models.responses import Answer, Comment
from tests.factories import make_open_round, seat_of
from tests.leaders.device import Device
from tests.real_server import Browser, Server, environment_of_this_database

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6
KILLINGS = 2
# Each person answers each item this often; after so many saves of all the server is killed.
TURNS = 3
SAVES_BETWEEN = 50


class Tally:
    """How many saves there were; somebody can wait for them."""

    def __init__(self):
        self.saves = 0
        self.changed = Condition()

    def add(self):
        with self.changed:
            self.saves += 1
            self.changed.notify_all()

    def wait_for(self, saves):
        with self.changed:
            assert self.changed.wait_for(lambda: self.saves >= saves, timeout=20)


class Person:
    """Saves one thing after another, and remembers what was called saved."""

    def __init__(self, participant, place, *, is_blind=False):
        self.device = Device(participant)
        self.device.open_link()
        self.device.confirm()
        self.is_blind = is_blind
        self.place = place
        self.items = [item.pk for code in ("SC", "SV") for item in self.device.items(code)]
        self.dimension = self.device.items()[0].dimension_id
        self.response = seat_of(participant).response_id
        self.saved, self.was, self.retries, self.wrong = {}, {}, 0, []

    def begin(self, server, tally, up):
        cookies = {name: one.value for name, one in self.device.client.cookies.items()}
        if self.is_blind:
            del cookies["answer_reader"]
        self.browser = Browser(server.port, cookies)
        self.tally, self.up = tally, up
        self.thread = Thread(target=self._save_everything)
        self.thread.start()

    def wait(self):
        self.thread.join(timeout=40)
        assert not self.thread.is_alive()
        self.browser.close()
        assert self.wrong == []

    def _save_everything(self):
        for turn in range(TURNS):
            text = f"Comment {turn} of {self.place}"
            self._save("comment", text, {"dimension": self.dimension, "text": text})
            for item in self.items:
                value = 1 + (self.place + turn + item) % 5
                self._save(item, value, {"item": item, "value": value})

    def _save(self, key, value, body):
        body["was"] = self.was.get(key, "")
        said = None
        while said is None:
            try:
                status, said = self.browser.post_json(self.device.at("answer_save"), body)
            except OSError:
                self.retries += 1
                self.up.wait(timeout=20)
        if (status, said["state"]) != (200, "saved"):
            self.wrong.append((body, status, said))
        self.saved[key], self.was[key] = value, said.get("was", "")
        self.tally.add()


class Up:
    """Clients whose connection broke wait here until the server is back."""

    def __init__(self, server):
        self.server = server
        self.changed = Condition()
        self.is_up = True

    def wait(self, timeout):
        with self.changed:
            assert self.changed.wait_for(lambda: self.is_up, timeout=timeout)

    def kill_and_restart(self):
        with self.changed:
            self.is_up = False
            self.server.kill()
        self.server.start()
        with self.changed:
            self.is_up = True
            self.changed.notify_all()


def stored_of(person):
    stored = dict(Answer.objects.filter(response=person.response).values_list("item", "value"))
    for text in Comment.objects.filter(response=person.response).values_list("text", flat=True):
        stored["comment"] = text
    return stored


def test_what_was_called_saved_survives_killing_the_server(content):
    round_ = make_open_round(people=PEOPLE)
    people = [
        Person(participant, place, is_blind=place % 3 == 2)
        for place, participant in enumerate(round_.participants.order_by("name"))
    ]
    server, tally = Server(environment_of_this_database()), Tally()
    server.start()
    up = Up(server)
    try:
        for person in people:
            person.begin(server, tally, up)
        for number in range(1, KILLINGS + 1):
            tally.wait_for(number * SAVES_BETWEEN)
            up.kill_and_restart()
        for person in people:
            person.wait()
    finally:
        server.kill()

    assert tally.saves == PEOPLE * TURNS * (len(people[0].items) + 1)
    assert sum(person.retries for person in people) > 0
    assert [stored_of(person) for person in people] == [person.saved for person in people]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's settings")
def test_sqlite_waits_for_the_disk_before_a_page_says_saved(db):
    with connection.cursor() as cursor:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    # 2 is FULL: the log reaches the disk with every commit.
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
