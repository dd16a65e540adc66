"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from assessments.facilitators.views import (
    closing,
    comments,
    copying,
    groups,
    history,
    join_codes,
    links,
    lists,
    mails,
    organisations,
    partnerships,
    people,
    previews,
    progress,
    results,
    sharing,
    tickets,
)
from assessments.facilitators.views import rounds as views_of_rounds

of_a_person: list[URLPattern | URLResolver] = [
    path("", people.person_edit, name="person_edit"),
    path("remove/", people.person_remove, name="person_remove"),
    path("new-link/", links.person_new_link, name="person_new_link"),
    path("came-back/", mails.mail_came_back, name="mail_came_back"),
    path("arrived/", mails.mail_arrived, name="mail_arrived"),
]

of_a_comment: list[URLPattern | URLResolver] = [
    path("", comments.comment_decide, name="comment_decide"),
    path("redact/", comments.comment_redact, name="comment_redact"),
]

of_the_mail: list[URLPattern | URLResolver] = [
    path("", mails.round_mail, name="round_mail"),
    path("send/", mails.mail_send_now, name="mail_send_now"),
    path("reminders/", mails.reminder_add, name="reminder_add"),
    path("reminders/<int:reminder_id>/remove/", mails.reminder_remove, name="reminder_remove"),
    path("texts/<slug:template>/<slug:audience>/", mails.mail_text, name="mail_text"),
    path(
        "texts/<slug:template>/<slug:audience>/usual/",
        mails.mail_text_reset,
        name="mail_text_reset",
    ),
]

of_a_room: list[URLPattern | URLResolver] = [
    path("", join_codes.room_screen, name="room_screen"),
    path("count/", join_codes.room_count, name="room_count"),
    path("end/", join_codes.room_end, name="room_end"),
]

of_a_round: list[URLPattern | URLResolver] = [
    path("", views_of_rounds.round_detail, name="round_detail"),
    path("edit/", views_of_rounds.round_edit, name="round_edit"),
    path("delete/", views_of_rounds.round_delete, name="round_delete"),
    path("people/", people.round_people, name="round_people"),
    path("people/new/", people.person_create, name="person_create"),
    path("people/paste/", lists.people_paste, name="people_paste"),
    path("people/upload/", lists.people_upload, name="people_upload"),
    path("people/people.csv", lists.people_template, {"kind": "csv"}, name="people_template_csv"),
    path(
        "people/people.xlsx", lists.people_template, {"kind": "xlsx"}, name="people_template_xlsx"
    ),
    path("people/<uuid:participant_id>/", include(of_a_person)),
    path("open/", views_of_rounds.round_open, name="round_open"),
    path("open/groups/", groups.round_join_sectors, name="round_join_sectors"),
    path("links/", links.round_links, name="round_links"),
    path("mail/", include(of_the_mail)),
    path("invite/", links.round_invite, name="round_invite"),
    path("remind/", links.round_remind, name="round_remind"),
    path("send-again/", links.round_send_again, name="round_send_again"),
    path("tickets/", tickets.round_tickets, name="round_tickets"),
    path("tickets/paper/", tickets.ticket_paper, name="ticket_paper"),
    path("tickets/print/<slug:group>/", tickets.ticket_slips, name="ticket_slips"),
    path(
        "tickets/unused/<slug:audience>/",
        tickets.tickets_delete_unused,
        name="tickets_delete_unused",
    ),
    path("room/", join_codes.round_room, name="round_room"),
    path("room/<int:code_id>/", include(of_a_room)),
    path("preview/<slug:audience>/", previews.round_preview, name="round_preview"),
    path(
        "preview/<slug:audience>/<int:number>/",
        previews.round_preview_page,
        name="round_preview_page",
    ),
    path("progress/", progress.round_progress, name="round_progress"),
    path("end/", views_of_rounds.round_move_end, name="round_move_end"),
    path("close/", closing.round_close, name="round_close"),
    path("results/", results.round_results, name="round_results"),
    path("comments/", comments.round_comments, name="round_comments"),
    path("comments/<uuid:comment_id>/", include(of_a_comment)),
    path("share/", sharing.round_share, name="round_share"),
]

of_a_partnership: list[URLPattern | URLResolver] = [
    path("", partnerships.partnership_detail, name="partnership_detail"),
    path("edit/", partnerships.partnership_edit, name="partnership_edit"),
    path("history/", history.partnership_history, name="partnership_history"),
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path(
        "organisations/<int:organisation_id>/",
        organisations.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "organisations/<int:organisation_id>/remove/",
        organisations.organisation_remove,
        name="organisation_remove",
    ),
    path("sectors/new/", organisations.sector_create, name="sector_create"),
    path("sectors/<int:sector_id>/", organisations.sector_edit, name="sector_edit"),
    path("sectors/<int:sector_id>/remove/", organisations.sector_remove, name="sector_remove"),
    path("rounds/new/", views_of_rounds.round_create, name="round_create"),
    path("rounds/copy/", copying.round_copy, name="round_copy"),
    path("rounds/<int:round_id>/", include(of_a_round)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", partnerships.partnership_list, name="partnership_list"),
    path("new/", partnerships.partnership_create, name="partnership_create"),
    path("<int:partnership_id>/", include(of_a_partnership)),
]
