"""A published edition never changes; the next one begins as its copy."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.models.content import Edition, Instrument, Statement
from assessments.models.scales import Scale
from assessments.services.content import (
    EditionRefused,
    check_edition,
    publish_edition,
    start_next_edition,
)
from assessments.services.content_values import edition_values
from assessments.services.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def five_factors(number=1):
    return Edition.objects.with_content().get(instrument__code="five_factors", number=number)


def start(now, code="five_factors"):
    return start_next_edition(instrument=Instrument.objects.get(code=code), actor=None, now=now)


def parts_of(edition):
    dimension = edition.dimensions.first()
    statement = dimension.statements.first()
    return [edition, dimension, statement, edition.scale, edition.scale.points.first()]


def test_nothing_of_a_published_edition_is_valid_to_save():
    for part in parts_of(five_factors()):
        with pytest.raises(ValidationError, match="never changes"):
            part.full_clean()


def test_nothing_of_a_published_edition_can_be_deleted():
    for part in parts_of(five_factors()):
        with pytest.raises(ValidationError, match="never changes"):
            part.delete()


def test_everything_of_a_draft_is_valid_to_save_and_delete(now):
    edition, dimension, statement, *_ = parts_of(start(now))

    for part in (edition, dimension, statement):
        part.full_clean()
    for part in (statement, dimension, edition):
        part.delete()


def test_statement_cannot_be_moved_into_a_published_edition(now):
    statement = start(now).statements.first()
    statement.dimension = five_factors().dimensions.first()

    with pytest.raises(ValidationError):
        statement.full_clean()


def test_statement_cannot_be_moved_out_of_a_published_edition(now):
    statement = five_factors().statements.first()
    statement.dimension = start(now).dimensions.first()

    with pytest.raises(ValidationError):
        statement.full_clean()


def test_retired_edition_is_as_fixed_as_a_published_one(now):
    publish_edition(edition=start(now), actor=None, now=now)

    with pytest.raises(ValidationError):
        five_factors(1).full_clean()


def test_scale_of_a_draft_alone_can_change(now):
    scale = Scale.objects.create(code="new5", label="New")
    Edition.objects.filter(pk=start(now).pk).update(scale=scale)

    scale.full_clean()
    scale.label = "Newer"
    scale.save()


def test_next_edition_has_every_word_and_code(now):
    draft = start(now)

    assert edition_values(five_factors(2)) == edition_values(five_factors(1))
    assert (draft.number, draft.state, draft.loaded_digest) == (2, "draft", "")


def test_next_edition_asks_anew_whether_answers_are_comparable(now):
    draft = start(now)
    draft.statements.filter(code="SV1").update(is_comparable=False)
    publish_edition(edition=draft, actor=None, now=now)

    third = start(now)

    assert third.statements.get(code="SV1").is_comparable


def test_second_draft_is_refused(now):
    start(now)

    with pytest.raises(Refused, match="Edition 2 is a draft already"):
        start(now)


def test_checklist_without_edition_has_no_next(now):
    instrument = Instrument.objects.create(code="new", part="X", number=9, level="team", order=9)

    with pytest.raises(Refused, match="no edition yet"):
        start_next_edition(instrument=instrument, actor=None, now=now)


def test_every_shipped_checklist_can_have_a_next_edition(now):
    for instrument in Instrument.objects.all():
        draft = start_next_edition(instrument=instrument, actor=None, now=now)
        publish_edition(edition=draft, actor=None, now=now)

    assert Edition.objects.published().count() == 8
    assert Edition.objects.filter(state="retired").count() == 8


def test_publish_refuses_with_every_reason(now):
    draft = start(now)
    draft.statements.filter(code="SV4").update(reverse=False)
    draft.statements.filter(dimension__code="PC").delete()

    with pytest.raises(EditionRefused) as refusal:
        publish_edition(edition=draft, actor=None, now=now)

    assert refusal.value.reasons[0] == "Frequent personal contact has no statements."
    assert refusal.value.reasons[1].startswith("Some dimensions have more reversed statements")
    assert five_factors(1).state == Edition.State.PUBLISHED


def test_mirror_needs_the_same_dimensions(now):
    draft = start(now, "outside_view")
    draft.dimensions.filter(code="LT").update(code="LX")

    reasons = check_edition(Edition.objects.with_content().get(pk=draft.pk))

    assert reasons == [
        "Its dimensions need the codes of Five factors, edition 1: SV, PC, SC, AL, LT."
    ]


def test_database_keeps_one_published_and_one_draft_edition(now):
    draft = start(now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(state="published", published_on="2026-05-04")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=five_factors(1).pk).update(state="draft", published_on=None)


def test_code_stands_once_in_an_edition(now):
    dimension = start(now).dimensions.first()
    twin = Statement(dimension=dimension, code="PC1", order=9, text="Again.")

    with pytest.raises(ValidationError, match="PC1 stands in this edition already"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_natural_keys_find_their_rows():
    statement = Statement.objects.first()
    point = Scale.objects.get(code="freq5").points.first()

    assert Statement.objects.get_by_natural_key(*statement.natural_key()) == statement
    assert type(point).objects.get_by_natural_key(*point.natural_key()) == point
    dimension = statement.dimension
    assert type(dimension).objects.get_by_natural_key(*dimension.natural_key()) == dimension
    edition = statement.edition
    assert Edition.objects.get_by_natural_key(*edition.natural_key()) == edition
    assert Scale.objects.get_by_natural_key("freq5").code == "freq5"
