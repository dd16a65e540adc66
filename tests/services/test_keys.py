"""The two secrets: what a link, a claim and a return code are made of."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.services import keys
from assessments.services.keys import Reader
from tests.conftest import REAL_SCRYPT_COST

PERSON = UUID("7a3f0a56-31f8-4b0e-9a93-0d3f1c1f9a11")
OTHER = UUID("0b9c2c3e-6f0b-4f55-8a57-6a2b7f0b7e22")
KEY = b"k" * 32


def test_token_depends_on_key_person_and_version():
    tokens = {
        keys.make_token(round_key=KEY, participant_id=PERSON, version=1),
        keys.make_token(round_key=KEY, participant_id=PERSON, version=2),
        keys.make_token(round_key=KEY, participant_id=OTHER, version=1),
        keys.make_token(round_key=b"x" * 32, participant_id=PERSON, version=1),
    }

    assert len(tokens) == 4


def test_token_needs_the_secret_of_the_environment(settings):
    before = keys.make_token(round_key=KEY, participant_id=PERSON, version=1)
    settings.ANSWER_SECRET = "another secret of at least thirty-two characters"

    assert keys.make_token(round_key=KEY, participant_id=PERSON, version=1) != before


def test_claim_needs_the_secret_of_the_environment(settings):
    before = keys.make_claim(round_key=KEY, participant_id=PERSON)
    settings.ANSWER_SECRET = "another secret of at least thirty-two characters"

    assert keys.make_claim(round_key=KEY, participant_id=PERSON) != before


def test_claim_is_the_same_for_every_version_and_is_not_the_link():
    token = keys.make_token(round_key=KEY, participant_id=PERSON, version=1)
    claim = keys.make_claim(round_key=KEY, participant_id=PERSON)

    assert claim != keys.digest_token(token)
    assert claim == keys.make_claim(round_key=KEY, participant_id=PERSON)


def test_token_fits_in_an_address():
    token = keys.make_token(round_key=KEY, participant_id=PERSON, version=1)

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)


def test_return_code_is_four_groups_of_four_and_new_each_time():
    codes = {keys.make_return_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", c) for c in codes)


@given(st.text(alphabet=keys.ALPHABET, min_size=16, max_size=16))
def test_typed_code_may_have_small_letters_spaces_and_lookalikes(characters):
    code = keys.group_code(characters)
    sloppy = " " + code.lower().replace("-", " ").replace("0", "o").replace("1", "l") + "\n"

    assert keys.read_return_code(sloppy) == code
    assert keys.read_return_code(code) == code


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 16, "A" * 17, "ABCD-EFGH-JKMN-PQR!"])
def test_what_is_no_code_is_read_as_none(typed):
    assert keys.read_return_code(typed) is None


def test_reader_depends_on_code_round_and_environment(settings):
    code = "0123-4567-89AB-CDEF"
    first = keys.derive_reader(code=code, round_id=1)

    assert first == keys.derive_reader(code=code, round_id=1)
    assert first != keys.derive_reader(code=code, round_id=2)
    assert first != keys.derive_reader(code="0123-4567-89AB-CDEG", round_id=1)
    settings.ANSWER_SECRET = "another secret of at least thirty-two characters"
    assert first != keys.derive_reader(code=code, round_id=1)


def test_a_return_code_is_slow_to_derive_in_real_use():
    assert REAL_SCRYPT_COST == {"n": 16_384, "r": 8, "p": 1}


def test_reader_survives_its_cookie():
    reader = keys.derive_reader(code="0123-4567-89AB-CDEF", round_id=1)

    assert Reader.from_text(reader.to_text()) == reader


@pytest.mark.parametrize("text", ["", "not base64 é", "YWJj", "!!!!"])
def test_a_broken_cookie_is_no_reader(text):
    assert Reader.from_text(text) is None


def test_only_the_right_reader_reads():
    mine = keys.derive_reader(code="0123-4567-89AB-CDEF", round_id=1)
    yours = keys.derive_reader(code="0123-4567-89AB-CDEG", round_id=1)

    assert keys.is_reader_of(mine, mine.code_digest) is True
    assert keys.is_reader_of(yours, mine.code_digest) is False
    assert keys.is_reader_of(None, mine.code_digest) is False


def test_what_the_server_keeps_is_not_what_the_cookie_holds():
    reader = keys.derive_reader(code="0123-4567-89AB-CDEF", round_id=1)

    assert reader.proof.hex() not in reader.code_digest
