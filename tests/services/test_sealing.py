"""Sealed answers open with their own code and with nothing else, and have one size."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.services.keys import Reader
from assessments.services.sealing import (
    BLOCK,
    SealedAnswers,
    encode_answers,
    make_public_key,
    seal,
    size_to_fit,
    unseal,
)

MINE = Reader(proof=b"p" * 32, seed=b"m" * 32)
YOURS = Reader(proof=b"q" * 32, seed=b"y" * 32)

contents = st.builds(
    SealedAnswers,
    answers=st.dictionaries(st.text(min_size=1, max_size=8), st.integers(-4, 5), max_size=60),
    comments=st.dictionaries(st.text(max_size=4), st.text(max_size=300), max_size=5),
    instruments=st.lists(st.text(max_size=12), max_size=4),
)


def seal_for(reader: Reader, content: SealedAnswers, size: int) -> bytes:
    return seal(encoded=encode_answers(content), public_key=make_public_key(reader), size=size)


@settings(max_examples=30)
@given(contents)
def test_owner_reads_what_was_sealed(content):
    size = size_to_fit([len(encode_answers(content))])

    assert unseal(sealed=seal_for(MINE, content, size), reader=MINE) == content


def test_another_code_reads_nothing():
    content = SealedAnswers(answers={"SV1": 4})
    sealed = seal_for(MINE, content, BLOCK)

    assert unseal(sealed=sealed, reader=YOURS) is None


def test_sealed_bytes_hold_no_plain_text():
    sealed = seal_for(MINE, SealedAnswers(answers={"SV1": 4}, comments={"SV": "petunia"}), BLOCK)

    assert b"SV1" not in sealed
    assert b"petunia" not in sealed


@settings(max_examples=30)
@given(st.lists(contents, min_size=2, max_size=5))
def test_all_rows_of_a_round_have_one_size(several):
    size = size_to_fit(len(encode_answers(content)) for content in several)

    lengths = {len(seal_for(MINE, content, size)) for content in several}

    assert len(lengths) == 1


def test_size_holds_the_longest_and_its_length():
    assert size_to_fit([]) == BLOCK
    assert size_to_fit([3, BLOCK - 4]) == BLOCK
    assert size_to_fit([3, BLOCK - 3]) == 2 * BLOCK


def test_the_same_answers_look_different_each_time():
    content = SealedAnswers(answers={"SV1": 4})

    assert seal_for(MINE, content, BLOCK) != seal_for(MINE, content, BLOCK)
