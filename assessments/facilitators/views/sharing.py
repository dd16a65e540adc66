"""Sharing a round's results: first what people will see, then one act that is not taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.facilitators.pages import go_to_round, say_or_refuse
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.models.partnerships import Facilitation
from assessments.models.results import CollectedComment
from assessments.models.rounds import Audience, Round
from assessments.permissions import can_read_comments
from assessments.results.beside import draw_shared
from assessments.results.reading import read_result
from assessments.services.comments import list_comments
from assessments.services.sharing import digest_of_released, share_as_previewed

NOT_CLOSED = "Results can be shared once the round has closed."


@require_http_methods(["GET", "HEAD", "POST"])
def round_share(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method == "POST":
        was = request.POST.get("was", "")
        is_shared = say_or_refuse(
            request,
            lambda: share_as_previewed(round_=round_, was=was, actor=user, now=timezone.now()),
            done="Shared. Everybody who was asked sees the results through their own link.",
        )
        look_again = round_.is_closed and not is_shared
        return go_to_round(round_, "round_share" if look_again else "round_detail")
    if not round_.is_closed or round_.is_shared:
        words = "The results are shared already." if round_.is_shared else NOT_CLOSED
        messages.error(request, words)
        return go_to_round(round_)
    audience = request.GET.get("audience", "")
    if audience not in Audience.values:
        audience = Audience.LEADERS
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "audience": audience,
        "audiences": _list_audiences(round_),
        "viewers": _list_viewers(round_),
        "waiting": _count_waiting(round_),
        "reads_comments": can_read_comments(user, round_),
        "was": digest_of_released(round_),
        **draw_shared(read_result(round_, audience), round_, {}),
    }
    return render(request, "facilitators/round_share.html", context)


def _list_audiences(round_: Round) -> list[str]:
    """Whom this round asked, as everybody was told at its opening; leaders first."""
    asked = round_.instruments.order_by().values_list("audience", flat=True).distinct()
    return [audience for audience in Audience.values if audience in set(asked)]


def _list_viewers(round_: Round) -> list[str]:
    viewers = Facilitation.objects.filter(
        partnership=round_.partnership_id, role=Facilitation.Role.VIEWER
    )
    return [str(one.user) for one in viewers.select_related("user")]


def _count_waiting(round_: Round) -> int:
    waiting = list_comments(round_, timezone.now()).filter(state=CollectedComment.State.WAITING)
    return waiting.count()
