"""Points on spokes that start at the top and go round with the clock."""

from math import cos, pi, sin
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.1f},{self.y:.1f}"


def place_on_spoke(centre: Point, radius: float, spoke: int, spokes: int) -> Point:
    """The point `radius` away from the centre on one of `spokes` even spokes."""
    angle = 2 * pi * spoke / spokes
    return Point(centre.x + radius * sin(angle), centre.y - radius * cos(angle))


def draw_ring(centre: Point, radius: float, spokes: int) -> list[Point]:
    """The corners of the even polygon with one corner on each spoke."""
    return [place_on_spoke(centre, radius, spoke, spokes) for spoke in range(spokes)]


def join_points(points: list[Point]) -> str:
    """Corners as the `points` attribute of a polygon has them."""
    return " ".join(str(point) for point in points)
