from assessments.measures.factors import FactorProfile, profile_factors
from assessments.measures.figures import DimensionFigures
from assessments.measures.readings import Reading


def factor(code, mean, reading=Reading.MIXED):
    return DimensionFigures(code, shown=mean is not None, mean=mean, reading=reading)


def test_the_weakest_link_and_the_distance_come_from_the_published_means():
    factors = [
        factor("SV", 3.9),
        factor("PC", 4.0),
        factor("SC", 3.0, Reading.VIEWS_DIFFER),
        factor("AL", 3.0),
        factor("LT", 3.5),
    ]

    assert profile_factors(factors) == FactorProfile(1.0, False, ("SC", "AL"), ("PC",), ("SC",))


def test_less_than_half_a_point_is_even():
    assert profile_factors([factor("SV", 3.1), factor("PC", 3.5)]).is_even is True
    assert profile_factors([factor("SV", 3.1), factor("PC", 3.6)]).is_even is False


def test_a_hidden_factor_could_be_the_weakest():
    assert profile_factors([factor("SV", 3.1), factor("PC", None)]) is None
    assert profile_factors([]) is None
