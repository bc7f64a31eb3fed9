"""A push service can tell that it is this instance which sends."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from tests.web.notices.conftest import NOON
from tests.web.notices.receiving import raw, text, vouched

from kith.web.notices.actions.vouching import key_from, own_name, voucher


def test_voucher_is_signed_for_one_service_and_half_a_day():
    said, key = vouched(voucher("https://push.example", at=NOON))

    assert said == {
        "aud": "https://push.example",
        "exp": int((NOON + timedelta(hours=12)).timestamp()),
        "sub": "https://kith.example",
    }
    assert key == own_name()


def test_voucher_that_was_changed_is_no_voucher():
    head, claims, signature = voucher("https://push.example", at=NOON).split(".")
    other = text(raw(claims).replace(b"push.example", b"evil.example"))

    with pytest.raises(InvalidSignature):
        vouched(f"{head}.{other}.{signature}")


def test_same_text_is_the_same_key_for_ever_and_another_text_another(settings):
    assert own_name() == (
        "BBXq29kfCElin9jgl45Rc5WrEB50U_BLOastufQ2Jvub4zBf4ohdJr3H0zCD8mpgxrXCjKtYqscDqX8KCtUdRWc"
    )

    settings.KITH_PUSH_KEY = "another"

    assert len(raw(own_name())) == 65
    assert key_from("another").private_numbers() != key_from("only-for-tests").private_numbers()


def test_demo_without_https_names_nobody_to_ask(settings):
    settings.KITH_ORIGIN = "http://localhost:8000"

    said, _key = vouched(voucher("https://push.example", at=NOON))

    assert set(said) == {"aud", "exp"}
