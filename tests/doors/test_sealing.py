"""What people say is sealed before it is kept, in every model that there is."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.test import override_settings
from django.utils import timezone

from kith.web.kit.sealed import SealBrokenError, SealedTextField, is_newest
from kith.web.people.models import Person

# Apps whose rows people write or are known by.
APPS = (
    *("people", "safety", "notices", "messages", "kith_messages", "acts", "rooms", "circles"),
    *("plans", "service", "tonight"),
)
ALSO = {
    "gatherings.coming",
    "gatherings.host",
    "gatherings.hostlink",
    "gatherings.hosttraining",
    "circles.circle",
    "circles.chair",
    "circles.favor",
    "circles.meeting",
    "circles.presence",
    "circles.hardweek",
    "reach.company",
    "reach.reach",
    "reach.ring",
    "reach.willing",
    "reach.turn",
    "study.assignment",
    "study.consent",
    "study.decision",
    "study.prompt",
    "study.suggestion",
    "simulator.run",
}
SAYING = (models.CharField, models.TextField, models.JSONField, models.BinaryField,
          models.GenericIPAddressField, models.FileField)  # fmt: skip

# What can hold words or tell who somebody is, and is not sealed: why that is well.
NOT_SEALED = {
    "people.person.handle": "of stewards only, who sign in by it; members have none",
    "people.person.password": "of stewards only, hashed with Argon2; members have none",
    "people.passkey.credential_id": "must be found by it; a device made it up, it says nothing",
    "people.passkey.public_key": "opens nothing; made up for this instance alone",
    "people.passkey.transports": "how a device is reached: usb, internal",
    "people.writtenkey.kind": "one of a closed list",
    "people.writtenkey.digest": "scrypt, salted with a key that is not in the database",
    "people.writtenkey.key_name": "four bytes that name a key of ours",
    "people.session.session_key": "a digest of what is in the cookie",
    "people.session.session_data": "signed by Django; holds whose door it is, and no words",
    "people.session.browser": "one of some 60 texts that kith writes, such as Firefox, Android",
    "people.attempt.what": "one of a closed list",
    "people.attempt.whence": "a keyed digest of a network address, gone within a day",
    "people.said.topic": "one of a closed list",
    "people.said.shown_to": "one of a closed list",
    "rooms.room.token": "must be found by it; opens for those who have a seat alone",
    "rooms.room.kind": "one of a closed list",
    "rooms.room.occasion": "must be found by it; which row of ours it was opened for, and a day",
    "rooms.room.back": "a page of kith; who it concerns is behind a door there",
    "rooms.seat.mark": "made up, means nothing outside of its room",
    "rooms.seat.state": "one of a closed list",
    "safety.distance.kind": "one of a closed list",
    "safety.report.category": "one of a closed list",
    "safety.report.state": "one of a closed list",
    "safety.look.did": "one of a closed list",
    "notices.notice.about": "one of a closed list",
    "notices.notice.path": "a page of kith; who it concerns is behind a door there",
    "notices.pace.most": "one of a closed list",
    "notices.pace.language": "one of the languages of kith",
    "notices.subscription.endpoint_digest": "keyed with a secret that is not in the database",
    "notices.subscription.language": "one of the languages of kith; what is sent says nothing",
    "notices.emailaddress.language": "one of the languages of kith; what is sent says nothing",
    "kith_messages.ground.reason": "one of a closed list",
    "acts.act.kind": "one of a closed list",
    "acts.act.mode": "one of a closed list",
    "acts.act.help": "one of a closed list",
    "acts.act.setting": "one of a closed list",
    "circles.circle.token": "of 96 drawn bits, which say nothing",
    "circles.circle.state": "one of a closed list",
    "circles.chair.state": "one of a closed list",
    "circles.favor.kind": "one of a closed list",
    "circles.formation.law": "how chance took part, and nothing of anybody",
    "circles.pair.token": "of 96 drawn bits, which say nothing",
    "plans.whomayask.may_ask": "one of a closed list",
    "study.consent.locked_hash": "of the study that was read; the same for all who joined it",
    "study.prompt.token": "of 96 drawn bits, which say nothing",
    "study.suggestion.token": "a random name for an address",
    "study.suggestion.style": "one of a closed list",
    "study.prompt.device_key": "made up on a device, so that an answer is taken once; says nothing",
    "simulator.run.token": "of 96 drawn bits, which say nothing; gone within a week",
    "simulator.run.state": "one of a closed list",
    "simulator.run.town": "one of a closed list",
    "simulator.run.design": "one of a closed list",
    "simulator.run.against": "one of a closed list",
    "simulator.run.why": "kith's own words about numbers of a simulation",
    "plans.asking.token": "of 96 drawn bits, which say nothing",
    "plans.plan.token": "of 96 drawn bits, which say nothing",
    "plans.practice.kind": "one of a closed list",
    "service.errand.token": "of 96 drawn bits, which say nothing",
    "service.errand.side": "one of a closed list",
    "service.errand.what": "one of a closed list",
    "service.errand.place": "one of a closed list",
    "service.errand.seen_by": "one of a closed list",
    "service.errand.square": "a keyed digest: nearby ones are found by it, and it names no place",
    "service.take.state": "one of a closed list",
    "service.take.meets": "one of a closed list",
    "service.invitation.door": "one of a closed list",
    "reach.reach.token": "of 96 drawn bits, which say nothing; gone within eight days",
    "reach.reach.state": "one of a closed list",
    "reach.reach.way": "one of a closed list",
    "reach.reach.room": "the page of a room, which opens for the two in it alone",
    "reach.company.token": "of 96 drawn bits, which say nothing; gone when it is over",
    "reach.company.by": "one of a closed list",
    "reach.company.room": "the page of a room, which opens for the two in it alone",
    "reach.ring.token": "of 96 drawn bits, which say nothing; gone within eight days",
    "reach.ring.state": "one of a closed list",
    "gatherings.coming.answer": "one of a closed list",
    "gatherings.hostlink.joining": "one of a closed list",
    "gatherings.hostlink.digest": "of 128 drawn bits, which nobody finds again from it",
}


def of_people():
    """Yield every field of every model that people write or are known by."""
    for model in apps.get_models():
        if model._meta.app_label in APPS or model._meta.label_lower in ALSO:
            for field in model._meta.concrete_fields:
                yield f"{model._meta.label_lower}.{field.name}", field


def sealed_fields():
    """Yield every sealed field there is, in any app."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                yield model, field


def test_every_field_that_can_hold_words_is_sealed_or_says_why_not():
    can_say = {
        name
        for name, field in of_people()
        if isinstance(field, SAYING) and not isinstance(field, SealedTextField)
    }

    assert can_say - NOT_SEALED.keys() == set()
    assert NOT_SEALED.keys() - can_say == set()


def test_closed_list_is_closed():
    closed = {name for name, why in NOT_SEALED.items() if why == "one of a closed list"}

    assert [name for name, field in of_people() if name in closed and not field.choices] == []


# ---- another key --------------------------------------------------------------------------------
def row_of(model, made):
    """Return a row of `model` with words in it, and rows for what it must point at."""
    if model in made:
        return made[model]
    given: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, SealedTextField):
            given[field.name] = f"said in {field.name}"[: field.max_length]
        elif field.is_relation and not field.null:
            other = row_of(field.related_model, made)
            # Of two people that a row tells of, the second is another one.
            used = [value for value in given.values() if value == other]
            given[field.name] = Person.objects.create() if used else other
        elif not field.null and not field.has_default() and not field.primary_key:
            given[field.name] = _something(field)
    made[model] = model._default_manager.create(**given)
    return made[model]


def _something(field):
    if field.choices:
        return field.flatchoices[0][0]
    kinds = {
        models.DateTimeField: timezone.now(),
        models.DateField: timezone.localdate(),
        models.TimeField: timezone.now().time(),
        models.BinaryField: b"bytes",
        models.JSONField: [],
        models.BooleanField: False,
    }
    for kind, value in kinds.items():
        if isinstance(field, kind):
            return value
    return "1" if isinstance(field, (models.CharField, models.TextField)) else 1


def as_kept(row, field):
    """Return what stands in the database."""
    key = row.pk.hex if hasattr(row.pk, "hex") and connection.vendor == "sqlite" else row.pk
    table, column, primary = row._meta.db_table, field.column, row._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{primary}" = %s', [key])
        return bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(("model", "field"), sorted(sealed_fields(), key=str), ids=str)
def test_another_key_takes_over_every_sealed_field(db, model, field):
    with override_settings(KITH_SEAL_KEYS=["first"]):
        row = row_of(model, {})
        said = getattr(row, field.name)
        assert said.encode() not in as_kept(row, field)

    with override_settings(KITH_SEAL_KEYS=["second", "first"]):
        # With both, all still opens; and nothing is left of the first afterwards.
        assert getattr(model._base_manager.get(pk=row.pk), field.name) == said
        call_command("reseal", verbosity=0)
        assert is_newest(as_kept(row, field))

    with override_settings(KITH_SEAL_KEYS=["second"]):
        assert getattr(model._base_manager.get(pk=row.pk), field.name) == said
    with override_settings(KITH_SEAL_KEYS=["first"]), pytest.raises(SealBrokenError):
        model._base_manager.get(pk=row.pk)
