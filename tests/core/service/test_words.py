"""What stays out of an ask, in three languages, and what does not have to."""

import pytest

from kith.core.service import Against, against

MONEY = (
    "I would give you £20 for it",
    "20 euros for the petrol",
    "20€ por la gasolina",
    "Je te paierai",
    "I'll pay you back on Friday, $5",
    "50 bucks",
    "paypal me",
    "My IBAN is DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "a gift card would do",
    "te pago el viaje",
    "12 dólares",
    "cash in hand",
)
LENDING = (
    "Could somebody lend me something until Friday?",
    "I need a loan",
    "Could I borrow your car?",
    "¿Me puedes prestar algo?",
    "un préstamo hasta el lunes",
    "Peux-tu me prêter de quoi tenir ?",
    "Je voudrais emprunter un vélo",
)
CONTACT = (
    "Ring me on 07700 900123",
    "call +44 7700 900 123",
    "dev@letters.example",
    "see https://a.example",
    "whatsapp me",
)
FINE = (
    "",
    "To the Thursday meeting and back?",
    "Help with a letter about money from the council",
    "A form for housing benefit, twelve pages",
    "Could someone lend a hand with the garden?",
    "Somebody to lend me an ear for an hour",
    "¿Me echas una mano con un formulario?",
    "Quelqu'un pour prêter main forte samedi ?",
    "At 10 on 2026-12-03, or 3.12.2026",
    "Bus 38 from stop 12, ten to six",
    "A pound of apples from the garden",
    "Soup for 2 or 6",
    "Pay attention to the step at the door",
    "A signal at the gate would be kind",
    "room 2024, second floor",
)


@pytest.mark.parametrize("words", MONEY)
def test_money_stays_out(words):
    assert against(words) is Against.MONEY


@pytest.mark.parametrize("words", LENDING)
def test_lending_stays_out(words):
    assert against(words) is Against.LENDING


@pytest.mark.parametrize("words", CONTACT)
def test_numbers_and_addresses_stay_out(words):
    assert against(words) is Against.CONTACT


@pytest.mark.parametrize("words", FINE)
def test_what_people_do_for_each_other_may_be_said(words):
    assert against(words) is None


def test_capitals_are_no_way_around():
    assert against("LEND ME SOMETHING") is Against.LENDING
    assert against("20 EUR") is Against.MONEY
