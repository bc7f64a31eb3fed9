"""What only one browser can read: the standard's own example, and another program's text."""

import json
import secrets

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from tests.web.notices.receiving import Browser, raw, text

from kith.web.notices.actions.encrypting import Reader, encrypted
from kith.web.notices.actions.pushing import shown

# RFC 8291, section 5 and appendix A.
EXAMPLE = {
    "plain": b"When I grow up, I want to be a watermelon",
    "sender": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
    "reader": "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "key": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "salt": "DGv6ra1nlYgDCS1FRnbzlw",
    "body": (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    ),
}
# Made by http_ece 1.2.1 for the same reader, with another salt.
BY_ANOTHER_PROGRAM = (
    "AAECAwQFBgcICQoLDA0ODwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A9BHc3Lyt6q8b_Pz6SQ6m0229MEAW2dX9TzOaGJnaGbjcOQNpS5EB-RmhI"
)


def reader_of_the_example():
    return Browser(private=raw(EXAMPLE["reader"]), auth=raw(EXAMPLE["auth"]))


def sent_to(browser, plain):
    return encrypted(
        plain,
        Reader(browser.public, browser.auth),
        salt=secrets.token_bytes(16),
        own=ec.generate_private_key(ec.SECP256R1()),
    )


def test_example_of_the_standard_comes_out_byte_for_byte():
    own = ec.derive_private_key(int.from_bytes(raw(EXAMPLE["sender"])), ec.SECP256R1())

    body = encrypted(
        EXAMPLE["plain"],
        Reader(raw(EXAMPLE["key"]), raw(EXAMPLE["auth"])),
        salt=raw(EXAMPLE["salt"]),
        own=own,
        fill=False,
    )

    assert text(body) == EXAMPLE["body"]


def test_browser_of_these_tests_reads_the_example_and_what_another_program_made():
    browser = reader_of_the_example()

    assert browser.public == raw(EXAMPLE["key"])
    assert browser.reads(raw(EXAMPLE["body"])) == EXAMPLE["plain"]
    assert browser.reads(raw(BY_ANOTHER_PROGRAM)) == b"written by http_ece 1.2.1"


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_browser_reads_what_a_lock_screen_shows(language):
    browser = Browser()

    said = json.loads(browser.reads(sent_to(browser, shown(language))))

    assert said["title"] == "kith"
    assert set(said) == {"title", "body"}


def test_nobody_else_reads_it_and_a_changed_bit_breaks_it():
    body = sent_to(Browser(), b"Something for you")
    with pytest.raises(InvalidTag):
        Browser().reads(body)

    browser = Browser()
    body = bytearray(sent_to(browser, b"Something for you"))
    body[-1] ^= 1
    with pytest.raises(InvalidTag):
        browser.reads(bytes(body))


def test_every_text_comes_out_as_long_and_never_twice_the_same():
    browser = Browser()

    bodies = [sent_to(browser, plain) for plain in (b"a", b"a", b"x" * 512)]

    assert {len(body) for body in bodies} == {86 + 512 + 1 + 16}
    assert len(set(bodies)) == 3
