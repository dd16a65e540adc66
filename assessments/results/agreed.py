"""What a partnership agreed on a round's results, as everybody who was asked may read it."""

from dataclasses import dataclass
from datetime import date

from assessments.models.dialogue import AgreedPosition, Experiment, Session
from assessments.models.rounds import Round


@dataclass(frozen=True)
class Position:
    """`about` is the dimension's name, empty for the whole."""

    text: str
    about: str


@dataclass(frozen=True)
class Trial:
    """An experiment. `led_by`, `due_on` and `outcome` may be missing."""

    text: str
    led_by: str
    due_on: date | None
    outcome: str


@dataclass(frozen=True)
class Agreed:
    """One conversation and what came of it."""

    held_on: date
    agreements: tuple[Position, ...]
    disagreements: tuple[Position, ...]
    trials: tuple[Trial, ...]

    @property
    def has_any(self) -> bool:
        return bool(self.agreements or self.disagreements or self.trials)


def read_agreed(round_: Round) -> tuple[Agreed, ...]:
    """Conversations with something agreed, the latest first; three queries."""
    sessions = Session.objects.filter(round=round_).order_by("-held_on", "-pk")
    read = sessions.prefetch_related("positions__dimension", "experiments")
    found = [_read_session(session) for session in read]
    return tuple(one for one in found if one.has_any)


def _read_session(session: Session) -> Agreed:
    positions = sorted(session.positions.all(), key=lambda one: one.pk)
    trials = sorted(session.experiments.all(), key=lambda one: one.pk)
    kinds = AgreedPosition.Kind
    return Agreed(
        held_on=session.held_on,
        agreements=tuple(_read(one) for one in positions if one.kind == kinds.AGREEMENT),
        disagreements=tuple(_read(one) for one in positions if one.kind == kinds.DISAGREEMENT),
        trials=tuple(_read_trial(one) for one in trials),
    )


def _read(position: AgreedPosition) -> Position:
    return Position(position.text, position.dimension.name if position.dimension else "")


def _read_trial(trial: Experiment) -> Trial:
    return Trial(trial.text, trial.led_by, trial.due_on, trial.outcome)
