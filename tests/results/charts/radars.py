"""Radars to draw in tests: the ordinary one, and each kind of trouble."""

from assessments.results.charts.radar import Radar, RadarAxis, RadarSeries, make_radar

FACTORS = [
    ("SV", "Shared vision and purpose", "Shared vision"),
    ("PC", "Frequent personal contact", "Personal contact"),
    ("SC", "Surfacing and resolving conflict", "Conflict"),
    ("AL", "Altruism towards each other", "Altruism"),
    ("LT", "Commitment for the longer term", "Longer term"),
]
WAYS = [
    (way[:2].upper(), f"Ways of {way}", way.capitalize())
    for way in ("feeling", "perceiving", "thinking", "relating", "doing", "being")
]


def make_axes(names, figures):
    """Axes from (value, low, high, word, views differ) each, as many as were given."""
    return tuple(
        RadarAxis(code, name, *figure, short=short)
        for (code, name, short), figure in zip(names, figures, strict=True)
    )


def ordinary() -> Radar:
    axes = make_axes(
        FACTORS,
        [
            (3.9, 3.5, 4.3, "Usually seen"),
            (4.0, 3.6, 4.5, "Usually seen"),
            (3.0, 2.0, 4.1, "Views differ", True),
            (2.9, 2.4, 3.4, "Patchy"),
            (3.3, 3.1, 4.2, "Between patchy and usually seen"),
        ],
    )
    march = RadarSeries("was", "March 2026", (3.7, 3.2, 2.8, 2.7, 2.2))
    return make_radar(
        name="factors",
        title="Five factors",
        label="October 2026",
        axes=axes,
        behind=march,
        has_band=True,
    )


def with_gaps() -> Radar:
    axes = make_axes(
        FACTORS,
        [
            (3.9, 3.5, 4.3, "Usually seen"),
            (None,),
            (3.2, 2.0, 4.1, "Views differ", True),
            (None,),
            (3.4, 3.1, 4.2, "Patchy"),
        ],
    )
    outside = RadarSeries("outside", "view from outside", (2.5, 2.6, None, 2.7, 2.1))
    return make_radar(name="gaps", title="Gaps", axes=axes, behind=outside, has_band=True)


def own() -> Radar:
    axes = make_axes(
        FACTORS,
        [(4.2, None, None, "Usually seen"), (3.7,), (2.3,), (None,), (3.1,)],
    )
    return make_radar(
        name="own", title="Your answers", kind="own", axes=axes, missing="Too few answers"
    )


def six_ways() -> Radar:
    axes = make_axes(WAYS, [(value, value, value) for value in (1.0, 5.0, 1.1, 4.9, 2.5, 3.5)])
    return make_radar(name="ways", title="Six <ways> & more", axes=axes, has_band=True)


def empty() -> Radar:
    return make_radar(name="empty", title="Nothing", axes=make_axes(FACTORS, [(None,)] * 5))


ALL = [ordinary(), with_gaps(), own(), six_ways(), empty()]
