"""The rules as written for people, and the constants that do the arithmetic, agree."""

import yaml
from django.conf import settings

from assessments.measures import thresholds

SCORING = yaml.safe_load((settings.BASE_DIR / "fixtures" / "scoring.yaml").read_text())


def test_minimum_answered_agrees():
    written = SCORING["min_answered"]

    for code in ("five_factors", "six_ways", "outside_view"):
        assert thresholds.MIN_ANSWERED[code] == written[code]
    assert written["five_behaviours"] == thresholds.MIN_ANSWERED_BEHAVIOURS


def test_smallest_groups_agree():
    written = SCORING["minimum_group"]

    assert written["whole_partnership"] == thresholds.SMALLEST_GROUP
    assert written["any_subgroup"] == thresholds.SMALLEST_GROUP
    assert thresholds.COMMENTS_GROUP == 10
    assert "ten counted responses" in written["comments"]


def test_bands_agree():
    rarely, patchy, usually = SCORING["bands"]["defensible"]

    assert (rarely["from"], rarely["below"]) == (thresholds.SCALE_LOWEST, thresholds.PATCHY_FROM)
    assert (patchy["from"], patchy["below"]) == (thresholds.PATCHY_FROM, thresholds.USUALLY_FROM)
    assert (usually["from"], usually["to"]) == (thresholds.USUALLY_FROM, thresholds.SCALE_HIGHEST)
    assert f"Within {thresholds.NEAR_THE_LINE} of" in SCORING["bands"]["near_the_line"]


def test_low_and_split_rules_agree():
    assert f"under {thresholds.LOW_BELOW}" in SCORING["low_rule"]
    assert "half or more of the answers" in SCORING["low_rule"]
    assert thresholds.LOW_SHARE == 0.5
    assert "at least two people and at least a quarter" in SCORING["split_rule"]
    assert (thresholds.SPLIT_PEOPLE, thresholds.SPLIT_SHARE) == (2, 0.25)
    assert f"deviation of {thresholds.SPLIT_SECONDARY_SD} or" in SCORING["split_secondary"]


def test_flags_and_changes_agree():
    changes = " ".join(SCORING["change_over_time"])
    pairs = " ".join(SCORING["self_and_colleague"])

    assert "a quarter or more" in SCORING["dont_know_flag"]
    assert thresholds.DONT_KNOW_SHARE == 0.25
    assert f"change under {thresholds.CLEAR_CHANGE_FROM} as no clear change" in changes
    assert f"difference of {thresholds.WORTH_A_CONVERSATION} or more" in pairs
    assert "the strongest three" in SCORING["discussion_order"]
    assert thresholds.STRONGEST_LISTED == 3


def test_quick_test_totals_agree():
    path = settings.BASE_DIR / "fixtures" / "instruments" / "quick_test.yaml"
    steps = " ".join(yaml.safe_load(path.read_text())["result_rule"]["steps"])

    assert f"total {thresholds.QUICK_TEST_SYSTEMS} to 8" in steps
    assert f"Total {thresholds.QUICK_TEST_PARTS} to 5" in steps
    assert "two or more answers are Don't know" in steps
    assert thresholds.QUICK_TEST_FIND_OUT == 2
