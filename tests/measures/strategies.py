"""Hypothesis strategies for answer matrices; plain arrays, no project code but the codes."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

ON_SCALE = st.integers(1, 5)
ANY_ANSWER = st.sampled_from([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, -1, -2, -3])


def answer_matrices(people=(1, 14), items=(1, 6), elements=ANY_ANSWER):
    shapes = st.tuples(st.integers(*people), st.integers(*items))
    return shapes.flatmap(lambda shape: hnp.arrays(np.int8, shape, elements=elements))


def columns(people=(1, 20), elements=ANY_ANSWER):
    return st.integers(*people).flatmap(
        lambda size: hnp.arrays(np.int8, (size,), elements=elements)
    )
