"""Small instruments for the tests."""

from assessments.measures.shapes import DimensionShape, InstrumentShape, ItemShape


def make_instrument(
    dimensions=2, items=3, min_answered=2, reverse=(), has_score=True, has_reading=True
):
    """Dimensions A, B, … with items A1, A2, …; ``reverse`` names the reversed ones."""
    letters = "ABCDEFGH"[:dimensions]
    return InstrumentShape(
        code="checklist",
        dimensions=tuple(DimensionShape(letter, min_answered, has_score) for letter in letters),
        items=tuple(
            ItemShape(
                f"{letter}{number}",
                letter,
                reverse=f"{letter}{number}" in reverse,
                has_reading=has_reading,
            )
            for letter in letters
            for number in range(1, items + 1)
        ),
    )
