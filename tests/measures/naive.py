"""A second, slow way to the published figures, in lists and loops, sharing no code with them."""

import math
import statistics
from fractions import Fraction


def round_half_up(value, decimals=1):
    scale = 10**decimals
    return math.floor(Fraction(value).limit_denominator(10**7) * scale + Fraction(1, 2)) / scale


def turned_rows(rows, reverse):
    return [
        [
            6 - answer if flag and answer > 0 else answer
            for answer, flag in zip(row, reverse, strict=True)
        ]
        for row in rows
    ]


def in_base(row, columns, minimum):
    return sum(row[column] > 0 for column in columns) >= minimum


def size(people, known):
    return sum(not known[person] for person in people)


def statement(rows, column, base, known, k):
    """Published figures of one statement as a dict, or {} when nothing may be shown."""
    people = [person for person in base if rows[person][column] > 0]
    values = [rows[person][column] for person in people]
    figures = {}
    if size(people, known) >= k:
        figures["answered"] = len(values)
        figures["mean"] = round_half_up(Fraction(sum(values), len(values)))
        figures["bands"] = (
            sum(value <= 2 for value in values),
            sum(value == 3 for value in values),
            sum(value >= 4 for value in values),
        )
    if size(people, known) >= max(8, k):
        figures["counts"] = tuple(values.count(point) for point in (1, 2, 3, 4, 5))
        figures["median"] = round_half_up(statistics.median(values))
        figures["sd"] = round_half_up(statistics.pstdev(values))
        middle = Fraction(sum(values), len(values))
        figures["ad"] = round_half_up(sum(abs(value - middle) for value in values) / len(values))
    return figures


def dimension(rows, columns, minimum, known, k):
    base = [person for person, row in enumerate(rows) if in_base(row, columns, minimum)]
    shown = [
        column
        for column in columns
        if size([person for person in base if rows[person][column] > 0], known) >= k
    ]
    if size(base, known) < k or 2 * len(shown) < len(columns):
        return {}
    means = []
    for column in shown:
        values = [rows[person][column] for person in base if rows[person][column] > 0]
        means.append(Fraction(sum(values), len(values)))
    figures = {"answered": len(base), "mean": round_half_up(sum(means) / len(means))}
    scores = []
    for person in base:
        values = [rows[person][column] for column in columns if rows[person][column] > 0]
        scores.append(Fraction(sum(values), len(values)))
    figures["score bands"] = (
        sum(score < Fraction(5, 2) for score in scores),
        sum(Fraction(5, 2) <= score < Fraction(7, 2) for score in scores),
        sum(score >= Fraction(7, 2) for score in scores),
    )
    if size(base, known) >= max(8, k):
        figures["median"] = round_half_up(statistics.median(scores))
        bins = [0] * 8
        for score in scores:
            bins[min(7, int((score - 1) * 2))] += 1
        figures["bins"] = tuple(bins)
    return figures
