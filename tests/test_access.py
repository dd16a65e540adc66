"""One table of every address: who gets what, by GET and by POST. A new page is added here."""

import copy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from assessments.models.content import CaseStudy, Edition, GuidePage
from assessments.models.partnerships import Facilitation, Programme
from assessments.services.access import invite
from assessments.services.links import list_links
from assessments.services.rounds import open_round, share_results
from assessments.services.solo import start_solo
from tests.factories import (
    make_closed_round,
    make_comment,
    make_organisation,
    make_partnership,
    make_people,
    make_room,
    make_round,
    make_user,
)

# Prefix of the address: why it is not in the table.
LEFT_OUT = {
    "admin/": "Django's own admin, which lets in staff alone; tests/editors/test_admin.py",
    "accounts/": "allauth's own pages; tests/public/test_accounts.py",
}

ROLES = (
    *("anonymous", "leader", "outsider", "viewer"),
    *("facilitator", "owner", "lead", "admin"),
)

#              anonymous leader outsider viewer facilitator owner lead admin
ANYONE = "          200   200    200     200       200      200   200   200"
NO_METHOD = "       405   405    405     405       405      405   405   405"
SIGNED_IN = "       302   302    200     200       200      200   200   200"
SIGNED_IN_405 = "   302   302    405     405       405      405   405   405"
SIGNED_IN_422 = "   302   302    422     422       422      422   422   422"
MEMBERS = "         302   302    404     200       200      200   404   404"
RUN = "             302   302    404     403       200      200   404   404"
RUN_422 = "         302   302    404     403       422      422   404   404"
RUN_302 = "         302   302    404     403       302      302   404   404"
OPEN_TO_RUN = "     302   302    404     404       200      200   404   404"
NO_RESULT_YET = "   302   302    404     404       403      403   404   404"
TEAM = "            302   302    404     403       403      200   404   200"
TEAM_422 = "        302   302    404     403       403      422   404   422"
TEAM_302 = "        302   302    404     403       403      302   404   302"
NOT_ADMIN = "       302   302    404     403       403      200   404   404"
NOT_ADMIN_302 = "   302   302    404     403       403      302   404   404"
LEADS = "           302   302    404     404       404      404   200   404"
INVITED = "         422   422    403     403       403      403   403   403"
NOT_INVITED = "     302   302    404     404       404      404   404   404"
EDITORS = "         302   302    403     403       403      403   403   200"
EDITORS_302 = "     302   302    403     403       403      403   403   302"
LINK = "            403   200    403     403       403      403   403   403"
LINK_302 = "        403   302    403     403       403      403   403   403"
LINK_422 = "        403   422    403     403       403      403   403   403"
ANYONE_302 = "      302   302    302     302       302      302   302   302"
ANYONE_422 = "      422   422    422     422       422      422   422   422"
READER = "          302   302    404     404       404      200   404   404"
READER_302 = "      302   302    404     404       404      302   404   404"
READER_422 = "      302   302    404     404       404      422   404   404"
OWNER = "           302   302    404     403       403      200   404   404"
NOT_YET = "         302   302    404     404       404      404   404   404"
NOBODY = "          404   404    404     404       404      404   404   404"


@dataclass(frozen=True)
class Page:
    """`takes` names what the address is made of, as attributes of the world below."""

    name: str
    takes: str
    get: str
    post: str


PUBLIC = [
    Page("home", "", ANYONE, NO_METHOD),
    Page("guide", "", ANYONE, NO_METHOD),
    Page("guide_page", "guide_page", ANYONE, NO_METHOD),
    Page("case_study", "case_study", ANYONE, NO_METHOD),
    Page("privacy", "", ANYONE, NO_METHOD),
    Page("accessibility", "", ANYONE, NO_METHOD),
    Page("sources", "", ANYONE, NO_METHOD),
    Page("healthz", "", ANYONE, NO_METHOD),
    Page("robots", "", ANYONE, NO_METHOD),
]

# The leader has opened their link on this device, and not begun.
LEADERS = [
    Page("personal_link", "token", ANYONE, ANYONE_302),
    Page("personal_link", "wrong_token", NOBODY, NOBODY),
    Page("personal_link_cut", "", NOBODY, NOBODY),
    Page("join", "", ANYONE, ANYONE_422),
    Page("join_code", "code", ANYONE, NO_METHOD),
    Page("join_round", "open_round", NO_METHOD, ANYONE_422),
    Page("join_back", "open_round", NO_METHOD, ANYONE_422),
    Page("hand_on", "open_round", ANYONE, ANYONE_302),
    Page("answer_home", "open_round", LINK, LINK_422),
    Page("answer_home", "shared_round", LINK.replace("200", "403"), LINK.replace("200", "403")),
    Page("answer_save", "open_round", NO_METHOD, LINK.replace("200", "400")),
    Page("keep_code", "open_round", LINK_302, LINK_302),
    Page("give_code", "open_round", LINK, LINK_422),
    Page("go_on_blind", "open_round", NO_METHOD, LINK_302),
    Page("begin_again", "open_round", LINK_302, LINK_302),
    Page("leave_device", "open_round", LINK, LINK),
    Page("answer_promise", "open_round", LINK, NO_METHOD),
    Page("answer_withdraw", "open_round", LINK_302, LINK_302),
    Page("answer_take_back", "open_round five_factors", LINK_302, LINK_302),
    Page("answer_review", "open_round five_factors", LINK_302, LINK_302),
    Page("own_profile", "open_round five_factors", LINK_302, NO_METHOD),
    Page("answer_dimension", "open_round five_factors factor", LINK_302, LINK_302),
]

# The world's try was begun on another device, so only its link opens anything here.
ALONE = [
    Page("try_list", "", ANYONE, ANYONE_422),
    Page("try_link", "try_token", ANYONE, ANYONE_302),
    Page("try_link", "wrong_token", NOBODY, NOBODY),
    Page("try_home", "try_key", NOBODY, NO_METHOD),
    Page("try_save", "try_key", NO_METHOD, NOBODY.replace("404", "403")),
    Page("try_dimension", "try_key factor", NOBODY, NOBODY),
    Page("try_result", "try_key", NOBODY, NO_METHOD),
    Page("try_copy", "try_key", NOBODY, NO_METHOD),
    Page("try_delete", "try_key", NOBODY, NOBODY),
    Page("try_forget", "try_key", NO_METHOD, NOBODY),
]

FACILITATORS = [
    Page("partnership_list", "", SIGNED_IN, SIGNED_IN_405),
    Page("partnership_create", "", SIGNED_IN, SIGNED_IN_422),
    Page("partnership_detail", "partnership", MEMBERS, SIGNED_IN_405),
    Page("partnership_edit", "partnership", RUN, RUN_422),
    Page("partnership_history", "partnership", OWNER, SIGNED_IN_405),
    Page("organisation_create", "partnership", RUN, RUN_422),
    Page("organisation_edit", "partnership organisation", RUN, RUN_422),
    Page("organisation_remove", "partnership organisation", RUN, RUN_302),
    Page("sector_create", "partnership", RUN, RUN_422),
    Page("sector_edit", "partnership sector", RUN, RUN_422),
    Page("sector_remove", "partnership sector", RUN, RUN_302),
    Page("round_create", "partnership", RUN, RUN_422),
    Page("round_copy", "partnership", RUN, RUN_302),
    Page("round_detail", "partnership draft", OPEN_TO_RUN, SIGNED_IN_405),
    Page("round_detail", "partnership open_round", OPEN_TO_RUN, SIGNED_IN_405),
    Page("round_detail", "partnership closed_round", OPEN_TO_RUN, SIGNED_IN_405),
    Page("round_detail", "partnership shared_round", MEMBERS, SIGNED_IN_405),
    Page("round_results", "partnership open_round", NO_RESULT_YET, SIGNED_IN_405),
    Page("round_results", "partnership closed_round", OPEN_TO_RUN, SIGNED_IN_405),
    Page("round_results", "partnership shared_round", MEMBERS, SIGNED_IN_405),
    Page("round_edit", "partnership draft", RUN, RUN_422),
    Page("round_delete", "partnership draft", RUN, RUN_302),
    Page("round_open", "partnership draft", RUN, RUN_302),
    Page("round_join_sectors", "partnership draft", RUN_302, RUN_302),
    Page("round_people", "partnership open_round", RUN, SIGNED_IN_405),
    Page("round_people", "partnership shared_round", RUN, SIGNED_IN_405),
    Page("person_create", "partnership open_round", RUN, RUN_422),
    Page("people_paste", "partnership open_round", RUN, RUN_422),
    Page("people_upload", "partnership open_round", RUN, RUN_422),
    Page("people_template_csv", "partnership open_round", RUN, SIGNED_IN_405),
    Page("people_template_xlsx", "partnership open_round", RUN, SIGNED_IN_405),
    Page("person_edit", "partnership open_round person", RUN, RUN_422),
    Page("person_remove", "partnership open_round person", RUN, RUN_302),
    Page("person_new_link", "partnership open_round person", RUN, RUN_302),
    Page("round_links", "partnership open_round", RUN, SIGNED_IN_405),
    Page("round_invite", "partnership open_round", SIGNED_IN_405, RUN_302),
    Page("round_remind", "partnership open_round", SIGNED_IN_405, RUN_302),
    Page("round_send_again", "partnership open_round", SIGNED_IN_405, RUN_302),
    Page("round_mail", "partnership open_round", RUN, SIGNED_IN_405),
    Page("mail_send_now", "partnership open_round", SIGNED_IN_405, RUN_302),
    Page("reminder_add", "partnership open_round", SIGNED_IN_405, RUN_422),
    Page("reminder_remove", "partnership open_round reminder", SIGNED_IN_405, RUN_302),
    Page("mail_text", "partnership open_round reminding leaders", RUN, RUN_422),
    Page("mail_text_reset", "partnership open_round reminding leaders", SIGNED_IN_405, RUN_302),
    Page("mail_came_back", "partnership open_round person", SIGNED_IN_405, RUN_302),
    Page("mail_arrived", "partnership open_round person", SIGNED_IN_405, RUN_302),
    Page("round_tickets", "partnership open_round", RUN, RUN_422),
    Page("ticket_paper", "partnership open_round", SIGNED_IN_405, RUN_422),
    Page("ticket_slips", "partnership open_round leaders", RUN, SIGNED_IN_405),
    Page("tickets_delete_unused", "partnership open_round leaders", RUN, RUN_302),
    Page("round_room", "partnership open_round", RUN, RUN_422),
    Page("room_screen", "partnership open_round room", RUN, RUN_422),
    Page("room_count", "partnership open_round room", RUN, SIGNED_IN_405),
    Page("room_end", "partnership open_round room", SIGNED_IN_405, RUN_302),
    Page("round_preview", "partnership draft leaders", RUN, SIGNED_IN_405),
    Page("round_preview_page", "partnership draft leaders first", RUN, SIGNED_IN_405),
    Page("round_progress", "partnership open_round", RUN, SIGNED_IN_405),
    Page("round_progress", "partnership shared_round", RUN, SIGNED_IN_405),
    Page("round_move_end", "partnership open_round", RUN, RUN_422),
    Page("round_close", "partnership open_round", RUN, RUN_422),
    Page("round_comments", "partnership open_round", NOT_YET, SIGNED_IN_405),
    Page("round_comments", "partnership closed_round", READER, SIGNED_IN_405),
    Page("comment_decide", "partnership closed_round comment", SIGNED_IN_405, READER_302),
    Page("comment_redact", "partnership closed_round comment", READER, READER_422),
    Page("round_share", "partnership closed_round", RUN, RUN_302),
]

TEAM_AND_PROGRAMMES = [
    Page("team", "partnership", TEAM, TEAM_422),
    Page("team_role", "partnership role", TEAM, TEAM_422),
    Page("team_remove", "partnership role", TEAM, TEAM_302),
    Page("invitation_again", "partnership invitation", SIGNED_IN_405, TEAM),
    Page("invitation_back", "partnership invitation", SIGNED_IN_405, TEAM_302),
    Page("programme_consent", "partnership programme", NOT_ADMIN, NOT_ADMIN_302),
    Page("programme_list", "", SIGNED_IN, SIGNED_IN_405),
    Page("programme_detail", "programme", LEADS, SIGNED_IN_405),
    Page("invited", "invitation_token", ANYONE, INVITED),
    Page("invited", "wrong_token", NOBODY, NOBODY),
    Page("invited_here", "", NOT_INVITED, NOT_INVITED),
]

CONTENT = [
    Page("content_list", "", EDITORS, SIGNED_IN_405),
    Page("edition_preview", "edition", EDITORS, SIGNED_IN_405),
    Page("edition_publish", "edition", EDITORS, EDITORS),
    Page("edition_start", "instrument", SIGNED_IN_405, EDITORS_302),
]

TABLE = [*PUBLIC, *LEADERS, *ALONE, *FACILITATORS, *TEAM_AND_PROGRAMMES, *CONTENT]


class World:
    """One partnership with a round in each state, and somebody in each role."""

    def __init__(self) -> None:
        owner = make_user()
        self.partnership = partnership = make_partnership(owner)
        self.sector = partnership.sectors.last()
        self.closed_round = make_closed_round(partnership, people=5)
        self.comment = make_comment(self.closed_round)
        self.shared_round = make_closed_round(partnership, people=5)
        share_results(round_=self.shared_round, actor=owner, now=timezone.now())
        self.organisation = make_organisation(partnership)
        self.draft = make_round(partnership, people=5)
        self.open_round = make_round(partnership)
        self.person = make_people(self.open_round, 6, organisation=self.organisation)[0]
        open_round(round_=self.open_round, actor=owner, now=timezone.now())
        self.person.refresh_from_db()
        link = list_links(self.open_round, [self.person])[self.person]
        self.token, self.wrong_token = link.rsplit("/", 1)[1], "x" * 43
        self.room = make_room(self.open_round)
        self.code, self.leaders, self.first = self.room.code, "leaders", 1
        send_at = timezone.now() + timedelta(days=1)
        self.reminder = self.open_round.reminders.create(send_at=send_at)
        self.reminding = "reminder"
        self.edition = Edition.objects.published().filter(instrument__code="five_factors").get()
        solo = start_solo(edition=self.edition, now=timezone.now())
        self.try_token, self.try_key = solo.token, solo.key
        self.factor = self.edition.dimensions.first().code
        self.instrument = self.five_factors = "five_factors"
        self.guide_page = GuidePage.objects.first().code
        self.case_study = CaseStudy.objects.first().code
        self.users = {
            "outsider": make_partnership().facilitations.get().user,
            "viewer": self.give("viewer"),
            "facilitator": self.give("facilitator"),
            "owner": owner,
            "lead": self.give_lead(),
            "admin": make_user(is_staff=True, is_superuser=True),
        }
        self.invite()

    def invite(self):
        self.role = self.partnership.facilitations.get(user=self.users["viewer"])
        owner, email = self.users["owner"], "invited@example.org"
        invited = invite(
            partnership=self.partnership,
            email=email,
            role="viewer",
            actor=owner,
            now=timezone.now(),
        )
        self.invitation = invited.invitation
        self.invitation_token = invited.address.rsplit("/", 1)[1]

    def give(self, role: str):
        user = make_user()
        Facilitation.objects.create(partnership=self.partnership, user=user, role=role)
        return user

    def give_lead(self):
        user = make_user()
        self.programme = Programme.objects.create(name="Winter together")
        self.programme.leads.add(user)
        self.programme.partnerships.add(self.partnership)
        return user

    def address(self, page: Page) -> str:
        things = [getattr(self, name) for name in page.takes.split()]
        return reverse(page.name, args=[getattr(thing, "pk", thing) for thing in things])

    def client_of(self, role: str) -> Client:
        client = Client()
        if role == "leader":
            client.post(reverse("personal_link", args=[self.token]))
        elif role != "anonymous":
            client.force_login(self.users[role])
        return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(content, role):
    world = World()
    client = world.client_of(role)
    place = ROLES.index(role)

    expected, got = {}, {}
    for page in TABLE:
        for method, statuses in (("get", page.get), ("post", page.post)):
            key = (method, page.name, page.takes)
            expected[key] = int(statuses.split()[place])
            got[key] = ask(client, method, world.address(page))

    assert {key: status for key, status in got.items() if status != expected[key]} == {}


def ask(client: Client, method: str, url: str) -> int:
    """The status of one request, with all that it changed taken back."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        # Something, as a browser does: an empty form would be taken as not sent.
        status = getattr(client, method)(url, {"sent": "1"}).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


def test_every_address_stands_in_the_table():
    names = {name for route, name in walk(get_resolver().url_patterns) if not is_left_out(route)}

    assert names == {page.name for page in TABLE}


def test_the_reasons_for_leaving_out_are_still_needed():
    routes = [route for route, _ in walk(get_resolver().url_patterns)]

    assert all(any(route.startswith(prefix) for route in routes) for prefix in LEFT_OUT)


def is_left_out(route: str) -> bool:
    return route.startswith(tuple(LEFT_OUT))


def walk(patterns, before: str = ""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name
