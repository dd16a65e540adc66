"""What a response may answer, as conditions in SQL about a `round` and a `response`.

The questionnaire makes its pages by the same rule: an item of the person's own
audience, and a value that it offers. That is a point of its scale (a
statement's own; else the edition's, or its second one for how well something is
managed). Of the single questions, one without a scale is the prediction, and
one with an extra option offers to prefer not to say in place of what else
stands apart from its scale. The quick test takes no comment.
"""

from assessments.measures.answers import PREFER_NOT_TO_SAY
from assessments.measures.foresight import FORESIGHT_POINTS
from assessments.models.content import Edition, Instrument, SingleQuestion, Statement
from assessments.models.partnerships import Organisation
from assessments.models.rounds import Round, RoundInstrument, RoundItem
from assessments.models.scales import ScalePoint

QUICK_TEST = "quick_test"
ITEM = """
    SELECT 1 FROM {item} item
    JOIN {instrument} instrument ON instrument.id = item.instrument_id
    JOIN {edition} edition ON edition.id = instrument.edition_id
    LEFT JOIN {statement} statement ON statement.id = item.statement_id
    LEFT JOIN {question} question ON question.id = item.question_id
    WHERE item.id = %(about)s AND item.round_id = round.id
        AND instrument.audience = response.audience
        AND (
            EXISTS (
                SELECT 1 FROM {point} point
                WHERE point.value = %(value)s AND point.scale_id = CASE
                    WHEN question.id IS NOT NULL THEN question.scale_id
                    ELSE COALESCE(
                        statement.scale_id,
                        CASE WHEN item.rating = '{handling}' THEN edition.second_scale_id END,
                        edition.scale_id
                    )
                END
                AND (point.is_on_scale OR question.id IS NULL OR question.extra_option = '')
            )
            OR (question.id IS NOT NULL AND question.scale_id IS NULL AND %(value)s IN {guesses})
            OR (question.extra_option <> '' AND %(value)s = {prefer_not_to_say})
        )
"""
# Contact is between sectors: what somebody says of their own is never stored.
OWN_SECTOR = """COALESCE(item.sector_id = (
    SELECT own.sector_id FROM {organisation} own WHERE own.id = response.organisation_id
), FALSE)"""
COMMENT = """
    round.asks_for_comments
    AND EXISTS (SELECT 1 FROM {readers} reader WHERE reader.round_id = round.id)
    AND EXISTS (
        SELECT 1 FROM {item} item
        JOIN {instrument} instrument ON instrument.id = item.instrument_id
        JOIN {edition} edition ON edition.id = instrument.edition_id
        JOIN {checklist} checklist ON checklist.id = edition.instrument_id
        WHERE item.round_id = round.id AND item.dimension_id = %(about)s
            AND instrument.audience = response.audience AND checklist.code <> '{wordless}'
    )
"""
NAMES = {
    "item": RoundItem._meta.db_table,
    "instrument": RoundInstrument._meta.db_table,
    "edition": Edition._meta.db_table,
    "statement": Statement._meta.db_table,
    "question": SingleQuestion._meta.db_table,
    "point": ScalePoint._meta.db_table,
    "organisation": Organisation._meta.db_table,
    "checklist": Instrument._meta.db_table,
    "wordless": QUICK_TEST,
    "readers": Round.comment_readers.through._meta.db_table,
    "handling": RoundItem.Rating.HANDLING.value,
    "guesses": FORESIGHT_POINTS,
    "prefer_not_to_say": PREFER_NOT_TO_SAY,
}
OFFERED = f"EXISTS ({ITEM})".format(**NAMES)
OFFERED_OF_OTHERS = f"EXISTS ({ITEM} AND NOT {OWN_SECTOR})".format(**NAMES)
MAY_COMMENT = COMMENT.format(**NAMES)
