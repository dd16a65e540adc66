"""What can be singled out by linear combinations, found by trying every set of people.

Exact, modulo a large prime; shares nothing with the rule that it checks.
"""

from itertools import combinations

import numpy as np

PRIME = 2_147_483_629


def rank(matrix):
    """Rank of an integer matrix modulo a prime."""
    rows = np.array(matrix, dtype=object) % PRIME
    found = 0
    for column in range(rows.shape[1] if rows.size else 0):
        pivots = [row for row in range(found, len(rows)) if rows[row, column]]
        if not pivots:
            continue
        rows[[found, pivots[0]]] = rows[[pivots[0], found]]
        rows[found] = rows[found] * pow(int(rows[found, column]), -1, PRIME) % PRIME
        for row in range(len(rows)):
            if row != found and rows[row, column]:
                rows[row] = (rows[row] - rows[row, column] * rows[found]) % PRIME
        found += 1
        if found == len(rows):
            break
    return found


def is_singled_out(sums, owners, people):
    """Whether some combination of ``sums`` (rows) is about nobody but ``people``, yet not nought.

    ``owners[column]`` is the person to whom the column's number belongs.
    """
    others = [column for column, owner in enumerate(owners) if owner not in people]
    return rank(sums[:, others]) < rank(sums)


def singled_out(sums, owners, fewer_than, counting):
    """The first set of people, fewer than that many of them counting, who can be singled out.

    ``None`` when there is none. People who do not count may be in the set for nothing.
    """
    if not owners:
        return None
    sums = np.array(sums, dtype=np.int64).reshape(-1, len(owners))
    everyone = sorted(set(owners))
    free = {person for person in everyone if not counting[person]}
    counted = [person for person in everyone if counting[person]]
    for number in range(min(fewer_than, len(counted) + 1)):
        for chosen in combinations(counted, number):
            if is_singled_out(sums, owners, {*chosen, *free}):
                return {*chosen, *free}
    return None
