"""The comments page: for named readers alone, word by word, and what comes of it in results."""

import pytest
from django.utils import timezone

from assessments.models.partnerships import Facilitation
from assessments.models.results import CollectedComment
from assessments.services.comments import digest_of
from assessments.services.rounds import share_results
from tests.facilitators.pages import count_queries, of_round, said
from tests.factories import make_closed_round, make_comment, make_user, owner_of

State = CollectedComment.State
TEXT = "Dr Smith & <script>alert(1)</script>\nchairs well."


@pytest.fixture
def round_(content, partnership):
    return make_closed_round(partnership)


@pytest.fixture
def comment(round_):
    return make_comment(round_, TEXT)


def decide(client, comment, act, **sent):
    comment.refresh_from_db()
    url = of_round("comment_decide", comment.result.round, comment)
    return client.post(url, {"act": act, "was": digest_of(comment)} | sent, follow=True)


def text_of(client, name, round_):
    return " ".join(client.get(of_round(name, round_)).content.decode().split())


def test_a_reader_releases_and_everybody_reads_it_escaped(signed_in, round_, comment):
    assert "1 comment to read" in text_of(signed_in, "round_comments", round_)
    assert "Smith" not in text_of(signed_in, "round_results", round_)

    response = decide(signed_in, comment, "release")

    assert response.redirect_chain[-1][0].endswith(f"#comment-{comment.pk}")
    assert "Every comment is read" in response.content.decode()
    page = text_of(signed_in, "round_results", round_)
    assert "Dr Smith &amp; &lt;script&gt;alert(1)&lt;/script&gt;<br>chairs well." in page


def test_hold_back_says_until_when_and_undo_brings_it_back(signed_in, round_, comment):
    decide(signed_in, comment, "hold-back")
    day = f"{comment.delete_on:%-d %B %Y}"
    assert f"Deleted on {day}; you can release it until then." in text_of(
        signed_in, "round_comments", round_
    )

    decide(signed_in, comment, "release")
    decide(signed_in, comment, "take-back")

    comment.refresh_from_db()
    assert comment.state == State.WAITING
    assert "Smith" not in text_of(signed_in, "round_results", round_)


def test_after_sharing_a_released_comment_has_no_buttons(signed_in, round_, comment):
    decide(signed_in, comment, "release")
    share_results(round_=round_, actor=None, now=timezone.now())

    page = text_of(signed_in, "round_comments", round_)

    assert "Leaders can read it." in page
    assert 'name="act"' not in page
    assert of_round("comment_redact", round_, comment) not in page
    assert "stays as it is" in said(decide(signed_in, comment, "take-back"))[0]


def test_words_are_taken_out_by_their_boxes(signed_in, round_, comment):
    url = of_round("comment_redact", round_, comment)
    page = signed_in.get(url)
    was = page.context["form"].now_shown
    assert 'name="places" value="1"' in page.content.decode()

    nothing = signed_in.post(url, {"was": was})
    response = signed_in.post(url, {"was": was, "places": ["0", "1"]}, follow=True)

    assert "Mark the words to take out" in nothing.content.decode()
    assert "Nobody can bring them back" in said(response)[0]
    comment.refresh_from_db()
    assert comment.text == "[…] & <script>alert(1)</script>\nchairs well."
    assert "A reader took words out" in response.content.decode()


@pytest.mark.parametrize("sent", [{"places": "x"}, {"places": "99"}, {"text": "Other words."}])
def test_nothing_can_be_written_into_a_comment(signed_in, round_, comment, sent):
    url = of_round("comment_redact", round_, comment)

    response = signed_in.post(url, {"was": digest_of(comment)} | sent)

    assert response.status_code == 422
    comment.refresh_from_db()
    assert comment.text == TEXT


def test_the_second_of_two_readers_is_told_and_keeps_nothing_wrong(signed_in, round_, comment):
    url = of_round("comment_redact", round_, comment)
    was = digest_of(comment)
    signed_in.post(url, {"was": was, "places": ["0", "1"]})

    late = signed_in.post(url, {"was": was, "places": ["2"]})
    released = decide(signed_in, comment, "release", was=was)

    assert "Somebody else changed this comment" in late.content.decode()
    assert "checked" not in late.content.decode()
    assert "Somebody else changed this comment" in said(released)[0]
    comment.refresh_from_db()
    assert comment.state == State.WAITING


def test_owners_who_were_not_named_and_admins_find_nothing(client, round_, comment, partnership):
    later = make_user()
    Facilitation.objects.create(partnership=partnership, user=later, role="owner")
    for somebody in (later, make_user(is_superuser=True)):
        client.force_login(somebody)
        for name in ("comment_decide", "comment_redact"):
            assert client.post(of_round(name, round_, comment)).status_code == 404
        assert client.get(of_round("round_comments", round_)).status_code == 404
    client.force_login(later)
    assert of_round("round_comments", round_) not in text_of(client, "round_results", round_)


def test_a_reader_who_left_the_partnership_reads_nothing(client, round_, comment, partnership):
    reader = owner_of(partnership)
    Facilitation.objects.filter(user=reader).update(role="viewer")
    share_results(round_=round_, actor=None, now=timezone.now())
    client.force_login(reader)

    assert client.get(of_round("round_comments", round_)).status_code == 404


def test_a_comment_of_another_round_is_not_found(signed_in, round_, content, partnership):
    other = make_comment(make_closed_round())

    assert signed_in.post(of_round("comment_decide", round_, other)).status_code == 404


def test_the_page_costs_the_same_with_one_comment_or_many(signed_in, round_, comment):
    few = count_queries(signed_in, of_round("round_comments", round_))
    for number in range(12):
        make_comment(round_, f"Comment {number}")

    assert count_queries(signed_in, of_round("round_comments", round_)) == few
