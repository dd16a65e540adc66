"""Differences between partners: how big each is, how well it is managed, and what that suggests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.measures.differences import place_difference
from assessments.results.figures import InstrumentResult, StatementResult

SIZE, HANDLING = "size", "handling"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference with its two ratings; no place where either median is not shown."""

    name: str
    text: str
    kind: str
    prompt: str
    size: StatementResult
    handling: StatementResult
    label: str = ""
    advice: str = ""

    @property
    def is_placed(self) -> bool:
        return bool(self.label)


def list_differences(part: InstrumentResult) -> tuple[Difference, ...]:
    """The differences, each placed by the rule of its edition: what to talk about first on top."""
    rated: dict[str, dict[str, StatementResult]] = {}
    for statement in part.statements:
        rated.setdefault(statement.code, {})[statement.rating] = statement
    placed = [
        _place(part, own[SIZE], own[HANDLING])
        for own in rated.values()
        if SIZE in own and HANDLING in own
    ]
    order = [quadrant["label"] for quadrant in _list_quadrants(part)]
    return tuple(
        sorted(placed, key=lambda one: order.index(one.label) if one.is_placed else len(order))
    )


def name_quadrants(found: tuple[Difference, ...]) -> tuple[tuple[str, str], ...]:
    """What each place means, for the places that occur."""
    return tuple(dict.fromkeys((one.label, one.advice) for one in found if one.is_placed))


def _place(part: InstrumentResult, size: StatementResult, handling: StatementResult) -> Difference:
    quadrant = find_quadrant(part.map_rule, size.median, handling.median)
    return Difference(
        name=size.name,
        text=size.text,
        kind=size.kind,
        prompt=size.prompt,
        size=size,
        handling=handling,
        label=quadrant.get("label", ""),
        advice=quadrant.get("advice", ""),
    )


def find_quadrant(
    map_rule: Mapping[str, Any] | None, size: float | None, handling: float | None
) -> dict[str, str]:
    """The place of two ratings by the rule of an edition; empty where there is none."""
    key = place_difference(size, handling)
    quadrants = (map_rule or {}).get("quadrants", [])
    return next((one for one in quadrants if one["key"] == key), {})


def _list_quadrants(part: InstrumentResult) -> list[dict[str, str]]:
    return list((part.map_rule or {}).get("quadrants", []))
