"""Agreement: how far people chose the same answer, apart from how high it was.

``consensus`` suits an ordinal scale; ``rwg_star`` and ``awg`` compare with what chance would
give. Plain r_wg(j) is left out on purpose: it grows with the number of items alone.
"""

from collections.abc import Sequence

import numpy as np

from assessments.measures.answers import Answers
from assessments.measures.rounding import DUST
from assessments.measures.spread import present
from assessments.measures.thresholds import SCALE_HIGHEST, SCALE_LOWEST


def consensus(counts: Sequence[int]) -> float | None:
    """Tastle and Wierman's consensus of one ordinal distribution, 0 to 1.

    ``counts[i]`` is the number of people who chose point ``i``; points are taken as evenly
    spaced. 1 means that all chose the same point, 0 that half chose each end. ``None`` when
    nobody answered. Raises ``ValueError`` for fewer than two points or a negative count.

    Source: Tastle & Wierman (2007), Int. J. Approximate Reasoning 45(3).
    """
    people = np.asarray(counts, dtype=np.float64)
    if people.ndim != 1 or people.size < 2 or bool((people < 0).any()):
        raise ValueError("Consensus needs the counts of at least two points, none negative.")
    if not people.sum():
        return None
    shares = people / people.sum()
    positions = np.arange(people.size)
    chosen = shares > 0
    distances = np.abs(positions - shares @ positions)[chosen] / (people.size - 1)
    value = 1 + float(shares[chosen] @ np.log2(1 - distances))
    return min(1.0, max(0.0, value))


def rwg(values: Answers) -> float | None:
    """r_wg of one item against an even spread over the points of 1 to 5.

    1 minus the sample variance (n - 1) over the variance of the even spread, 2; below 0 when
    people differ more than by chance. ``values`` has shape (people,), missing codes are left
    out; ``None`` for fewer than two answers.

    Source: James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1).
    """
    return rwg_star(values.reshape(-1, 1))


def rwg_star(answers: Answers) -> float | None:
    """Lindell's r*wg(j): agreement on the items of a dimension against an even spread.

    ``answers`` has shape (people, items) on 1 to 5, turned round. The sample variances of the
    items (each over those who answered it) are averaged and compared with the variance of an even
    spread, (5² - 1) / 12 = 2. Items with fewer than two answers are left out; ``None`` when none
    is left. Unlike r_wg(j) it does not grow with the number of items. 1 is full agreement, 0
    chance, -1 two camps of the ends in a large group (a little lower in a small one).

    Source: Lindell, Brandt & Whitney (1999), Applied Psychological Measurement 23(2).
    """
    columns = [present(column) for column in answers.T]
    variances = [float(column.var(ddof=1)) for column in columns if column.size >= 2]
    if not variances:
        return None
    points = SCALE_HIGHEST - SCALE_LOWEST + 1
    return 1 - float(np.mean(variances)) / ((points**2 - 1) / 12)


def awg(values: Answers) -> float | None:
    """Brown and Hauenstein's a_wg of one item on 1 to 5, -1 to 1.

    1 minus twice the observed variance over the largest variance possible at this mean, so that
    a mean near an end of the scale does not pass for agreement. ``values`` has shape (people,),
    missing codes are left out; ``None`` for fewer than two answers. Full agreement is 1
    everywhere. See ``is_awg_interpretable`` for means very near an end.

    Source: Brown & Hauenstein (2005), Organizational Research Methods 8(2).
    """
    here = present(values)
    people = here.size
    if people < 2:
        return None
    if here.min() == here.max():
        return 1.0
    low, high, middle = SCALE_LOWEST, SCALE_HIGHEST, float(here.mean())
    largest = ((high + low) * middle - middle**2 - high * low) * people / (people - 1)
    return 1 - 2 * float(here.var(ddof=1)) / largest


def is_awg_interpretable(values: Answers) -> bool:
    """Whether a_wg means something at this mean; its authors advise not to read it otherwise.

    Nearer to an end of 1 to 5 than 4 / n the two ends alone cannot give the mean, and a_wg would
    look better than it is. Full agreement is always readable. ``values`` has shape (people,),
    missing codes are left out; False for fewer than two answers.
    """
    here = present(values)
    if here.size < 2:
        return False
    margin = (SCALE_HIGHEST - SCALE_LOWEST) / here.size - DUST
    inside = SCALE_LOWEST + margin <= float(here.mean()) <= SCALE_HIGHEST - margin
    return inside or bool(here.min() == here.max())
