"""What is sealed opens here and nowhere else."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from kith.web.kit.sealed import SealBrokenError, is_newest, key_for, seal, unseal
from kith.web.people.models import Person, Said


@pytest.mark.parametrize("text", ["a", "Ruth", "x" * 31, "x" * 32, "🌙" * 40, "\x80\x00", " "])
def test_sealed_text_opens_again(text):
    sealed = seal(text, column="here")

    # One letter may turn up by chance.
    assert len(text) < 4 or text.encode() not in sealed
    assert unseal(sealed, column="here") == text


def test_nothing_stays_nothing():
    assert seal("", column="here") == b""
    assert unseal(b"", column="here") == ""


def test_same_text_is_sealed_differently_each_time():
    assert seal("Ruth", column="here") != seal("Ruth", column="here")


def test_length_of_a_short_text_does_not_show():
    assert len(seal("no", column="here")) == len(seal("yes, very much so", column="here"))


def test_sealed_text_opens_in_no_other_column():
    with pytest.raises(SealBrokenError):
        unseal(seal("Ruth", column="here"), column="there")


@pytest.mark.parametrize("at", [0, 2, 7, 20, -1])
def test_changed_byte_is_noticed(at):
    sealed = bytearray(seal("Ruth", column="here"))
    sealed[at] ^= 1

    with pytest.raises(SealBrokenError):
        unseal(bytes(sealed), column="here")


def test_older_key_opens_and_the_newest_seals():
    with override_settings(KITH_SEAL_KEYS=["old"]):
        before = seal("Ruth", column="here")

    with override_settings(KITH_SEAL_KEYS=["new", "old"]):
        assert unseal(before, column="here") == "Ruth"
        assert not is_newest(before)
        assert is_newest(seal("Ruth", column="here"))
        assert is_newest(b"")

    with override_settings(KITH_SEAL_KEYS=["new"]), pytest.raises(SealBrokenError):
        unseal(before, column="here")


def test_key_serves_one_purpose_only():
    assert key_for("seal", "one") != key_for("written keys", "one")
    assert key_for("seal", "one") != key_for("seal", "two")


def stored(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT called FROM people_person WHERE id = %s", [as_column(person.pk)])
        return bytes(cursor.fetchone()[0])


def as_column(key):
    return key.hex if connection.vendor == "sqlite" else key


def test_database_holds_no_word_of_a_sealed_field(db):
    person = Person.objects.create(called="Ruth of the river")

    assert b"Ruth" not in stored(person)
    assert Person.objects.get(pk=person.pk).called == "Ruth of the river"


def test_sealed_field_cannot_be_searched(db):
    with pytest.raises(TypeError, match=r"people\.person\.called is sealed"):
        Person.objects.filter(called="Ruth")


def test_reseal_leaves_nothing_under_an_older_key(db, capsys):
    with override_settings(KITH_SEAL_KEYS=["old"]):
        person = Person.objects.create(called="Ruth")

    with override_settings(KITH_SEAL_KEYS=["new", "old"]):
        call_command("reseal")
        assert is_newest(stored(person))

    with override_settings(KITH_SEAL_KEYS=["new"]):
        assert Person.objects.get(pk=person.pk).called == "Ruth"
    assert "people: 1" in capsys.readouterr().out


@pytest.mark.parametrize("value", [None, [], {}, False, 0, "", "Ruth", ["a", 1], {"a": {"b": "ñ"}}])
def test_sealed_value_comes_back_as_it_was(db, value):
    said = Said.objects.create(person=Person.objects.create(), topic="role", value=value)

    assert Said.objects.get(pk=said.pk).value == value


def test_sealed_value_is_never_asked_for_as_a_program_writes_it():
    assert Said._meta.get_field("value").formfield() is None
