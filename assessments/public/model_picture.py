"""The nested picture as shapes to draw: four boxes, one inside another, with their parts.

Redrawn in our own design after the integrated model of the 2013 report; see
fixtures/model_picture.yaml.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.models.content import Dimension

WIDTH = 1100
# x, y, width, height, outermost first; columns in which a layer lists its parts.
BOXES = ((1, 1, 1098, 758, 5), (34, 196, 1032, 536, 5), (68, 396, 964, 312, 6))
CORE = (250, 548, 600, 126)
INDENT, LINE = 30, 24


@dataclass(frozen=True)
class Word:
    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Layer:
    """One box. `level` 1 is the outermost; `parts` are the names to list."""

    level: int
    x: int
    y: int
    width: int
    height: int
    name: str
    asks: str
    within: str
    parts: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    @property
    def name_x(self) -> int:
        return self.x + INDENT

    @property
    def name_y(self) -> int:
        return self.y + 42

    @property
    def asks_y(self) -> int:
        return self.y + 68

    @property
    def core_name_y(self) -> int:
        return self.y + 58

    @property
    def core_asks_y(self) -> int:
        return self.y + 92


def draw_picture(data: dict[str, Any], dimensions: Sequence[Dimension]) -> dict[str, Any]:
    """The texts of the picture, its layers, and the size to draw them in."""
    described = sorted(data["layers"], key=lambda layer: layer["order"])
    layers = [
        draw_layer(
            level, layer, dimensions, within=described[level - 2]["name"] if level > 1 else ""
        )
        for level, layer in enumerate(described[: len(BOXES)], start=1)
    ]
    core = described[len(BOXES)] if len(described) > len(BOXES) else None
    if core:
        x, y, width, height = CORE
        within = described[len(BOXES) - 1]["name"]
        level = len(BOXES) + 1
        layers.append(Layer(level, x, y, width, height, core["name"], core["asks"], within))
    return {**data, "layers": layers, "width": WIDTH, "height": BOXES[0][3] + 2}


def draw_layer(
    level: int, layer: dict[str, Any], dimensions: Sequence[Dimension], *, within: str
) -> Layer:
    x, y, width, height, columns = BOXES[level - 1]
    parts = list(list_parts(layer, dimensions))
    words = place_parts(parts, x=x + INDENT, y=y + 104, width=width - 2 * INDENT, columns=columns)
    return Layer(level, x, y, width, height, layer["name"], layer["asks"], within, parts, words)


def list_parts(layer: dict[str, Any], dimensions: Iterable[Dimension]) -> Iterable[str]:
    """A layer's parts: the statements of its one section, or else the sections themselves."""
    found = [
        dimension
        for dimension in dimensions
        if dimension.edition.instrument.code == layer.get("instrument")
        and layer.get("section") in (None, dimension.code)
    ]
    if len(found) == 1:
        return [statement.source_name for statement in found[0].statements.all()]
    return [dimension.name for dimension in found]


def place_parts(parts: Sequence[str], *, x: int, y: int, width: int, columns: int) -> list[Word]:
    """Rows of equal columns, read from left to right; long names stand on two lines."""
    column = width // columns
    words = []
    for number, part in enumerate(parts):
        row, place = divmod(number, columns)
        for line, text in enumerate(break_lines(short_name(part), column // 9)):
            top = y + row * 2 * LINE + line * 19
            words.append(Word(x + place * column, top, text))
    return words


def short_name(part: str) -> str:
    """Without what a bracket explains: the list beside the picture has it whole."""
    return part.split(" (")[0]


def break_lines(text: str, most: int) -> list[str]:
    """At the last space that fits, into two lines at most."""
    if len(text) <= most or " " not in text:
        return [text]
    cut = text.rfind(" ", 0, most + 1)
    cut = cut if cut > 0 else text.index(" ")
    return [text[:cut], text[cut + 1 :]]
