"""A person's own profile as a page shows it: a radar where there are scores, a table always."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.leaders.own_words import OwnDifference, list_differences, summarise
from assessments.questionnaire.asked import AskedDimension, AskedInstrument
from assessments.results.charts.radar import Radar, RadarAxis, RadarSeries
from assessments.results.words import join_words, say_levels, shorten
from assessments.services.answering.own import OwnDimension

FEWEST_AXES = 3
MOST_NAMED = 2
QUESTIONS = 3


@dataclass(frozen=True)
class Row:
    """One dimension: its average in words, or why there is none."""

    number: int
    name: str
    score: float | None
    word: str
    mark: str
    missing: str


@dataclass(frozen=True)
class Said:
    """One statement with the words that the person chose."""

    text: str
    question: str
    words: str


@dataclass(frozen=True)
class SaidDimension:
    """`question` is asked of all its lines; where they differ each has its own."""

    name: str
    question: str
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class Picture:
    """`summary` is said in words, where an instrument has no averages."""

    instrument: AskedInstrument
    rows: tuple[Row, ...]
    radar: Radar | None
    often: str
    rarely: str
    left_out: int
    dont_know: int
    questions: tuple[str, ...]
    said: tuple[SaidDimension, ...]
    summary: tuple[str, ...] = ()
    differences: tuple[OwnDifference, ...] = ()

    @property
    def has_scores(self) -> bool:
        return any(row.score is not None for row in self.rows)


def draw_picture(
    instrument: AskedInstrument, profile: Sequence[OwnDimension], answers: Mapping[str, int]
) -> Picture:
    """`answers` are the person's own, by item code."""
    numbers = {one.code: one.number for one in instrument.dimensions}
    scored = [one for one in profile if one.has_score]
    rows = tuple(_make_row(one, numbers[one.code]) for one in scored)
    return Picture(
        instrument=instrument,
        rows=rows,
        radar=_draw_radar(instrument, rows) if len(rows) >= FEWEST_AXES else None,
        often=_name_some(rows, "usually_seen"),
        rarely=_name_some(rows, "rarely_seen"),
        left_out=sum(one.left_out for one in profile),
        dont_know=sum(one.dont_know for one in profile),
        questions=_choose_questions(instrument, scored),
        said=tuple(_say_dimension(one, answers) for one in instrument.pages),
        summary=summarise(instrument, answers),
        differences=list_differences(instrument, answers),
    )


def _make_row(own: OwnDimension, number: int) -> Row:
    return Row(
        number=number,
        name=own.name,
        score=own.score,
        word=say_levels(own.levels),
        mark=_mark_of(own),
        missing="" if own.score is not None else "Too few answers for an average",
    )


def _mark_of(own: OwnDimension) -> str:
    if len(own.levels) > 1:
        return f"between_{own.levels[0].value}"
    return own.levels[0].value if own.levels else ""


def _draw_radar(instrument: AskedInstrument, rows: Sequence[Row]) -> Radar:
    axes = tuple(
        RadarAxis(
            code=str(row.number),
            name=row.name,
            value=row.score,
            word=row.word,
            short=shorten(row.name),
        )
        for row in rows
    )
    return Radar(
        name=f"own-{instrument.code.replace('_', '-')}",
        title=f"Your own answers: {instrument.title}",
        description="The table gives the same figures.",
        axes=axes,
        series=(RadarSeries("own", "You", tuple(row.score for row in rows)),),
        missing="Too few answers",
    )


def _name_some(rows: Sequence[Row], mark: str) -> str:
    """At most two names, the clearest first; empty for none."""
    found = [row for row in rows if row.mark == mark and row.score is not None]
    clearest = sorted(found, key=lambda row: abs((row.score or 0) - 3), reverse=True)
    named = [row.name[0].lower() + row.name[1:] for row in clearest[:MOST_NAMED]]
    return join_words(named)


def _choose_questions(
    instrument: AskedInstrument, scored: Sequence[OwnDimension]
) -> tuple[str, ...]:
    """Three questions of the dimension that the person sees least often, else of the first."""
    with_score = [one for one in scored if one.score is not None]
    lowest = min(with_score, key=lambda one: one.score or 0, default=None)
    chosen = instrument.find(lowest.code) if lowest else instrument.dimensions[0]
    return chosen.reflection_questions[:QUESTIONS] if chosen else ()


def _say_dimension(dimension: AskedDimension, answers: Mapping[str, int]) -> SaidDimension:
    """Every statement; of sectors and questions beside them only those that were answered."""
    several = not dimension.question
    listed = [item for item in dimension.items if item.code in answers or not dimension.is_table]
    asides = [item for item in dimension.asides if item.code in answers]
    return SaidDimension(
        name=dimension.name,
        question=dimension.question,
        lines=tuple(
            Said(
                text=item.text,
                question=item.scale.question if several else "",
                words=item.scale.say(answers[item.code]) if item.code in answers else "Left out",
            )
            for item in (*listed, *asides)
        ),
    )
