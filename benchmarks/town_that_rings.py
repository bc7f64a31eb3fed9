"""People whom others ring, in a town of `town_of_people`: made in bulk, each with an open door.

    KITH_DATA_DIR=... python benchmarks/town_that_rings.py --askers 600 --push-port 4433

All members may be rung at any hour, by one browser each, whose push service is at that port here.
With --clear it only forgets who was rung before.
"""

import argparse
import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import town_of_people


def main() -> None:
    """Fill the instance of KITH_DATA_DIR and print the open doors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--askers", type=int, default=600)
    parser.add_argument("--push-port", type=int, default=4433)
    parser.add_argument("--clear", action="store_true")
    choice = parser.parse_args()
    django.setup()
    if choice.clear:
        clear()
    else:
        seeded = seed(members=choice.members, askers=choice.askers, push_port=choice.push_port)
        print(json.dumps(seeded))


def clear() -> None:
    """Forget who was rung in the last run."""
    from kith.web.reach.models import Reach

    Reach.objects.all().delete()


def seed(*, members: int, askers: int, push_port: int) -> dict[str, Any]:
    """Make members who may all be rung, and askers; return the doors of both, and the port."""
    from django.db import transaction

    from kith.web.people.models import Person

    town_of_people.seed(members=members, acts=members * 10)
    rung = list(Person.objects.all())
    with transaction.atomic():
        told = _may_be_rung(rung, push_port)
        asking = Person.objects.bulk_create(Person(called="Ana") for _ in range(askers))
        doors = _doors(asking)
    return {"askers": doors, "members": told, "port": push_port}


def _may_be_rung(members: list[Any], port: int) -> dict[str, str]:
    """Let all be rung at any hour, by a browser each; return their open doors by the path of its push."""
    from cryptography.hazmat.primitives.asymmetric import ec

    from kith.web.notices.actions.encrypting import public_bytes, text
    from kith.web.notices.models import Pace, Subscription
    from kith.web.people.choices import Topic
    from kith.web.people.models import Said, Session
    from kith.web.reach.models import Willing

    doors = _doors(members)
    sessions = dict(Session.objects.values_list("person_id", "pk"))
    Willing.objects.bulk_create(Willing(person=one, open_to=2) for one in members)
    Pace.objects.all().delete()
    Pace.objects.bulk_create(
        Pace(person=one, quiet_from="00:00", quiet_until="00:00") for one in members
    )
    Said.objects.bulk_create(
        Said(person=one, topic=Topic.LANGUAGES, value=["en"]) for one in members
    )
    Subscription.objects.bulk_create(
        Subscription(
            person=one, session_id=sessions[one.pk], endpoint=f"https://127.0.0.1:{port}/{one.pk.hex}",
            endpoint_digest=one.pk.bytes, auth=text(os.urandom(16)),
            key=text(public_bytes(ec.generate_private_key(ec.SECP256R1()))),
        )
        for one in members
    )  # fmt: skip
    return {one.pk.hex: door for one, door in zip(members, doors, strict=True)}


def _doors(people: list[Any]) -> list[str]:
    """Return what the cookie of an open door of each holds."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from kith.web.people.models import Session
    from kith.web.people.models.session import SessionStore, kept_as

    store, end = SessionStore(), timezone.now() + timedelta(days=9)
    rows: list[Session] = []
    keys: list[str] = []
    for one in people:
        key = f"{random.getrandbits(160):032x}"[:32]
        said = {
            SESSION_KEY: str(one.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: one.get_session_auth_hash(),
            "seen_on": timezone.localdate().isoformat(),
        }
        rows.append(
            Session(
                session_key=kept_as(key),
                session_data=store.encode(said),
                expire_date=end,
                person=one,
            )
        )
        keys.append(key)
    Session.objects.bulk_create(rows, batch_size=2_000)
    return keys


if __name__ == "__main__":
    main()
