"""Six words and codes: drawn well, recognized however they are typed, kept as digests only."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from tests.web.people.visiting import WORDS

from kith.web.people import actions
from kith.web.people.actions import written
from kith.web.people.actions.entering import NotAKeyError
from kith.web.people.actions.keys import LastKeyError
from kith.web.people.choices import Written
from kith.web.people.models import Passkey, WrittenKey


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_words_of_a_language_differ_in_their_first_four_letters(language):
    words = written._list(language)

    starts = {written._plain(" ".join([word] * 6)) for word in words}

    assert len(words) == len(starts) == 2048


def test_words_are_drawn_in_the_language_of_their_reader():
    assert set(actions.new_words("es").split()) <= set(written._list("es"))
    assert set(actions.new_words("fr-ca").split()) <= set(written._list("fr"))
    assert set(actions.new_words("mi").split()) <= set(written._list("en"))


def test_drawn_words_and_codes_do_not_come_twice():
    assert len({actions.new_words("en") for _ in range(200)}) == 200
    assert len({actions.new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    [
        WORDS,
        WORDS.upper(),
        f"  {WORDS.replace(' ', '   ')} ",
        WORDS.replace(" ", ", "),
        "1 abandon".replace("1 ", "") + " ability able about above absentminded",
    ],
)
def test_words_are_recognized_however_they_are_typed(with_words, typed):
    assert actions.enter_with_written(typed) == (with_words, Written.WORDS)


@pytest.mark.parametrize(
    "typed",
    ["", "abandon", f"{WORDS} zoo", "zoo ability able about above absent", "\x00", "🌙" * 30, "-"],
)
def test_what_is_nobodys_opens_nothing(with_words, typed):
    with pytest.raises(NotAKeyError):
        actions.enter_with_written(typed)


def test_accents_may_be_left_out(db):
    person = actions.join_with_words(words="ábaco abdomen abeja abierto abogado abono")

    assert actions.enter_with_written("abaco abdomen abeja abierto abogado abono")[0] == person


def test_words_open_again_and_again_and_a_code_once(with_words):
    actions.keep_codes(person=with_words, codes=["K7QF-2MXD-9TPA", "1111-2222-3333"])

    for _ in range(2):
        assert actions.enter_with_written(WORDS)[0] == with_words
    assert actions.enter_with_written("k7qf 2mxd9tpa") == (with_words, Written.RECOVERY)
    with pytest.raises(NotAKeyError):
        actions.enter_with_written("K7QF-2MXD-9TPA")
    # I, L and O are what tired eyes make of 1 and 0.
    assert actions.enter_with_written("IlI1-2222-3333")[0] == with_words


def test_new_codes_take_the_place_of_old_ones(with_words):
    actions.keep_codes(person=with_words, codes=["K7QF-2MXD-9TPA"])
    actions.keep_codes(person=with_words, codes=["1111-2222-3333"])

    with pytest.raises(NotAKeyError):
        actions.enter_with_written("K7QF-2MXD-9TPA")


def test_lent_code_ends_after_ten_minutes(with_words):
    code = actions.lend_code(person=with_words)
    kept = with_words.written_keys.get(kind=Written.DEVICE)
    assert timedelta(minutes=9) < kept.ends_at - timezone.now() <= timedelta(minutes=10)

    kept.ends_at = timezone.now()
    kept.save()

    with pytest.raises(NotAKeyError):
        actions.enter_with_written(code)


def test_nobody_comes_in_who_may_not(with_words):
    with_words.is_active = False
    with_words.save()

    with pytest.raises(NotAKeyError):
        actions.enter_with_written(WORDS)


def test_only_a_digest_is_kept(with_words):
    key = with_words.written_keys.get()

    assert len(bytes(key.digest)) == 32
    assert str(key) == "six words"


def test_words_move_to_the_newest_key_when_they_are_used(with_words):
    with override_settings(KITH_SEAL_KEYS=["newer", "only-for-tests"]):
        assert actions.enter_with_written(WORDS)[0] == with_words

    with override_settings(KITH_SEAL_KEYS=["newer"]):
        assert actions.enter_with_written(WORDS)[0] == with_words
    assert WrittenKey.objects.count() == 1


def test_last_key_stays(with_words):
    with pytest.raises(LastKeyError):
        actions.drop_words(person=with_words)

    Passkey.objects.create(person=with_words, credential_id=b"1", public_key=b"2")
    actions.drop_words(person=with_words)

    assert not with_words.written_keys.exists()
    with pytest.raises(LastKeyError):
        actions.drop_passkey(passkey=with_words.passkeys.get())
