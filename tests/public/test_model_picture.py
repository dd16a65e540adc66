from itertools import pairwise

from assessments.models.guide import ContentDocument
from assessments.public.guide import read_picture
from assessments.public.model_picture import break_lines


def test_picture_has_every_part_of_every_layer(content):
    picture = read_picture()

    counts = [(layer.name, len(layer.parts)) for layer in picture["layers"]]

    assert counts == [
        ("Public service context", 9),
        ("Systems leadership", 10),
        ("Systems leaders", 6),
        ("Improving outcomes for service users", 0),
    ]
    described = ContentDocument.objects.get(code="model_picture").data["layers"]
    assert [count for _, count in counts[:3]] == [layer["count"] for layer in described[:3]]


def test_every_layer_lies_inside_the_one_before(content):
    layers = read_picture()["layers"]

    for outer, inner in pairwise(layers):
        assert outer.x < inner.x
        assert outer.y < inner.y
        assert outer.x + outer.width > inner.x + inner.width
        assert outer.y + outer.height > inner.y + inner.height


def test_words_stand_in_their_own_layer(content):
    layers = read_picture()["layers"]

    for outer, inner in pairwise(layers):
        assert all(outer.y < word.y < inner.y for word in outer.words)


def test_no_picture_without_content(db):
    assert read_picture() is None


def test_break_lines_at_the_last_space_that_fits():
    assert break_lines("Interdependency and interconnectedness", 20) == [
        "Interdependency and",
        "interconnectedness",
    ]
    assert break_lines("Risk", 20) == ["Risk"]
    assert break_lines("Interconnectedness", 5) == ["Interconnectedness"]
