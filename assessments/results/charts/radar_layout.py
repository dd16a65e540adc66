"""Where everything of a radar lies: the figure, and a label block at each corner."""

from dataclasses import dataclass

from assessments.results.charts.geometry import Point, place_on_spoke
from assessments.results.charts.radar import Radar, RadarAxis
from assessments.results.charts.text import VIEWS_DIFFER, break_name, format_figure, shorten_word


@dataclass(frozen=True, slots=True)
class Style:
    """The measures of one drawing; a phone gets a simpler and smaller one."""

    width: int
    radius: int
    line: int
    above: int
    beside: int
    below: int
    middle_letters: int
    side_letters: int
    dot: float
    mark: float
    is_phone: bool


WIDE = Style(690, 262, 21, 16, 34, 32, 26, 18, 7.5, 6, False)
PHONE = Style(340, 126, 16, 15, 20, 23, 22, 10, 6, 5, True)


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line of a label: the name, or the figure with its word."""

    name: str = ""
    figure: str = ""
    word: str = ""
    is_caution: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """The block at one corner. `y` is the baseline of its first line."""

    x: float
    y: float
    anchor: str
    lines: tuple[LabelLine, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    style: Style
    width: float
    height: float
    centre: Point
    radius: float
    labels: tuple[Label, ...]

    def place(self, radar: Radar, position: int, value: float) -> Point:
        share = (value - radar.lowest) / (radar.highest - radar.lowest)
        return place_on_spoke(self.centre, self.radius * share, position, len(radar.axes))


def lay_out(radar: Radar, style: Style) -> Layout:
    """Puts the figure in the middle and the labels around it; the height follows from them."""
    spokes = len(radar.axes)
    blocks = [
        _make_lines(radar, axis, style, _is_side(i, spokes)) for i, axis in enumerate(radar.axes)
    ]
    top = style.above + len(blocks[0]) * style.line + style.line * 0.2
    centre = Point(style.width / 2, top + style.radius)
    labels = tuple(
        _place_label(style, centre, position, spokes, block)
        for position, block in enumerate(blocks)
    )
    lowest = max(label.y + (len(label.lines) - 1) * style.line for label in labels)
    return Layout(
        style, style.width, round(lowest + style.line * 0.45), centre, style.radius, labels
    )


def _is_side(position: int, spokes: int) -> bool:
    tip = place_on_spoke(Point(0, 0), 1, position, spokes)
    return abs(tip.x) > 0.7


def _make_lines(
    radar: Radar, axis: RadarAxis, style: Style, is_side: bool
) -> tuple[LabelLine, ...]:
    letters = style.side_letters if is_side else style.middle_letters
    if style.is_phone:
        names = break_name(axis.short or axis.name, min(letters, 14))
    else:
        names = axis.lines or break_name(axis.name, letters if is_side else _middle(axis, letters))
    return (*(LabelLine(name=name) for name in names), *_make_figures(radar, axis, style))


def _middle(axis: RadarAxis, letters: int) -> int:
    return letters if len(axis.name) <= letters else 19


def _make_figures(radar: Radar, axis: RadarAxis, style: Style) -> tuple[LabelLine, ...]:
    if axis.value is None:
        return tuple(LabelLine(word=part) for part in _fit(radar.missing, style))
    if axis.views_differ:
        return tuple(LabelLine(word=part, is_caution=True) for part in _fit(VIEWS_DIFFER, style))
    figure = format_figure(axis.value)
    if style.is_phone or not axis.word:
        return (LabelLine(figure=figure),)
    first, *rest = break_name(shorten_word(axis.word), 13)
    return (LabelLine(figure=figure, word=first), *(LabelLine(word=part) for part in rest))


def _fit(words: str, style: Style) -> tuple[str, ...]:
    return break_name(words, 10) if style.is_phone else (words,)


def _place_label(
    style: Style, centre: Point, position: int, spokes: int, block: tuple[LabelLine, ...]
) -> Label:
    tip = place_on_spoke(centre, style.radius, position, spokes)
    height = (len(block) - 1) * style.line
    is_above = tip.y < centre.y
    if position == 0:
        return Label(tip.x, tip.y - style.above - height, "middle", block)
    if not _is_side(position, spokes):
        lean = 0 if abs(tip.x - centre.x) < 1 else (1 if tip.x > centre.x else -1)
        return Label(tip.x + lean * style.width * 0.038, tip.y + style.below, "middle", block)
    is_right = tip.x > centre.x
    x, anchor = (style.width - 1, "end") if is_right else (1, "start")
    y = tip.y - style.beside - height if is_above else tip.y + style.below
    return Label(x, y, anchor, block)
