"""Addresses of the team of a partnership, of programmes, and of invitations to a role."""

from django.urls import URLPattern, URLResolver, path

from assessments.facilitators.views import invited, programmes, team

of_a_team: list[URLPattern | URLResolver] = [
    path("", team.team, name="team"),
    path("<int:facilitation_id>/", team.team_role, name="team_role"),
    path("<int:facilitation_id>/remove/", team.team_remove, name="team_remove"),
    path("invitations/<int:invitation_id>/again/", team.invitation_again, name="invitation_again"),
    path("invitations/<int:invitation_id>/back/", team.invitation_back, name="invitation_back"),
    path("programmes/<int:programme_id>/", programmes.programme_consent, name="programme_consent"),
]

of_programmes: list[URLPattern | URLResolver] = [
    path("", programmes.programme_list, name="programme_list"),
    path("<int:programme_id>/", programmes.programme_detail, name="programme_detail"),
]

of_invitations: list[URLPattern | URLResolver] = [
    path("", invited.invited_here, name="invited_here"),
    path("<str:token>", invited.invited, name="invited"),
]
