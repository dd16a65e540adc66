"""Many people put on a round's list at once: pasted, or from a file.

A file is read once and becomes the very lines that somebody could have pasted.
They travel in the page, so nothing of it is kept here between looking and
adding; and as they are read anew when they are added, they need no signature:
whoever changed them on the way could as well have pasted them.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.lists import PasteForm, UploadForm
from assessments.facilitators.list_template import make_csv_template, make_xlsx_template
from assessments.facilitators.pages import count_words, go_to_round, show_form
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.facilitators.views.people import address_of_list, audience_of, say_final
from assessments.models.rounds import Audience, RoleLevel, Round
from assessments.services.importing_people import import_people
from assessments.services.round_set_up import asks_audience
from assessments.spreadsheets import CSV_TYPE, XLSX_TYPE


@require_http_methods(["GET", "HEAD", "POST"])
def people_paste(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if round_.is_closed and request.method != "POST":
        return say_final(request, round_)
    is_last_step = request.POST.get("step") == "add"
    form = _make_paste_form(request, round_, request.POST or None, is_last_step=is_last_step)
    if is_last_step and form.is_valid():
        people, places = form.pasted.people, form.places()
        if attempt(
            form,
            lambda: import_people(
                round_=round_, people=people, places=places, actor=user, now=timezone.now()
            ),
        ):
            messages.success(request, f"Added {count_words(len(people), 'person', 'people')}.")
            return go_to_round(round_, "round_people")
    return _show_paste(request, round_, form)


@require_http_methods(["GET", "HEAD", "POST"])
def people_upload(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    if round_.is_closed:
        return say_final(request, round_)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_valid():
        return _show_paste(
            request, round_, _make_paste_form(request, round_, {"lines": form.lines})
        )
    return show_form(
        request,
        form,
        title="Upload a list of people",
        button="Check the list",
        back=address_of_list(round_),
        template="facilitators/people_upload.html",
        partnership=round_.partnership,
        round=round_,
        asks_outside=asks_audience(round_, Audience.OUTSIDE),
        audience=audience_of(request),
    )


@require_safe
def people_template(
    request: HttpRequest, partnership_id: int, round_id: int, kind: str
) -> HttpResponse:
    """A file with the right headings; the spreadsheet also offers what can be chosen."""
    round_ = find_own_round(request.user, partnership_id, round_id)
    if kind == "csv":
        response = HttpResponse(make_csv_template(), content_type=CSV_TYPE)
    else:
        response = HttpResponse(make_xlsx_template(round_.partnership), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="people.{kind}"'
    return response


def _make_paste_form(
    request: HttpRequest, round_: Round, data: object, *, is_last_step: bool = False
) -> PasteForm:
    taken = round_.participants.exclude(email="").values_list("email", flat=True)
    return PasteForm(
        data,
        partnership=round_.partnership,
        taken=list(taken),
        audience=audience_of(request),
        is_last_step=is_last_step,
    )


def _show_paste(request: HttpRequest, round_: Round, form: PasteForm) -> HttpResponse:
    is_outside = audience_of(request) == Audience.OUTSIDE
    people = form.pasted.people
    is_read = form.is_bound and not ({"lines", "__all__"} & set(form.errors))
    address = reverse("people_paste", args=[round_.partnership_id, round_.pk])
    return show_form(
        request,
        form,
        title=_title_of(form, is_outside),
        button="Check the list",
        back=address_of_list(round_),
        template="facilitators/people_paste.html",
        partnership=round_.partnership,
        round=round_,
        address=f"{address}?audience=outside" if is_outside else address,
        is_read=is_read,
        is_outside=is_outside,
        people=[(p, RoleLevel(p.role_level).label if p.role_level else "") for p in people],
        has_outside=any(person.audience == Audience.OUTSIDE for person in people),
        same_names=_find_same_names(round_, form),
        roles=RoleLevel.labels,
    )


def _title_of(form: PasteForm, is_outside: bool) -> str:
    """Lines of a file were not pasted, so from the first look on it is a list to check."""
    title = "Check the list of people" if form.is_bound else "Paste a list of people"
    return f"{title} from outside" if is_outside else title


def _find_same_names(round_: Round, form: PasteForm) -> list[str]:
    """Names that the list has already, or the lines twice: the same person, perhaps."""
    seen = {name.casefold() for name in round_.participants.values_list("name", flat=True)}
    same = set()
    for person in form.pasted.people:
        if person.name.casefold() in seen:
            same.add(person.name)
        seen.add(person.name.casefold())
    return sorted(same)
