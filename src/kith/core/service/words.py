"""What does not belong into an ask: money, lending, and ways around the messages of kith.

It is told by form, not by meaning: an amount, the name of a way to pay, the number of an account.
The word money alone is no reason, since help with a letter about money is help with a form.
"""

import re
from enum import Enum
from typing import Final


class Against(Enum):
    """Why words are not taken as they stand."""

    MONEY = "money"
    LENDING = "lending"
    CONTACT = "contact"


_CURRENCY: Final = r"[$£€¥₹]|usd|eur|gbp|euros?|dollars?|d[oó]lares|pounds?(?! of\b)|quid|bucks?|pesos?|livres? sterling"
_MONEY: Final = re.compile(
    rf"""
    (?:{_CURRENCY})\s?\d                                # £20
    | \b\d[\d.,]*\s?(?:{_CURRENCY}|k?r\b)(?!\w)          # 20 euros
    | \b[a-z]{{2}}\d{{2}}\s?(?:[a-z0-9]{{4}}\s?){{2,7}}[a-z0-9]{{1,4}}\b   # an IBAN
    | \b(?:iban|paypal|venmo|cash\s?app|zelle|revolut|bizum|lydia|western\s+union|bitcoin|crypto)\b
    | \b(?:gift|prepaid)\s+cards?\b | \btarjetas?\s+(?:de\s+)?regalo\b | \bcartes?\s+cadeaux?\b
    | \b(?:sort\s+code|account\s+number|bank\s+details)\b
    | \b(?:pay|paying|paid)\s+(?:you|me|for|cash|back)\b | \bcash\s+in\s+hand\b
    | \b(?:te|le|os|me)\s+pag(?:o|a|as|ar[eé]|aré|an)\b | \bpagar(?:te|me|le|os)\b
    | \b(?:je\s+(?:te|vous)\s+paie(?:rai)?|te\s+payer|vous\s+payer|me\s+payer)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A hand and an ear are lent in all three languages, and come back by themselves.
_LENDING: Final = re.compile(
    r"""
    \blend(?:ing|s)?\b(?!\s+(?:me\s+|you\s+|us\s+|someone\s+)?(?:a\s+hand|an\s+ear|your\s+ear|a\s+listening\s+ear))
    | \bborrow(?:ing|ed)?\b | \bloans?\b
    | \bpr[eé]stamos?\b | \bprest(?:ar|arme|arte|ame|[aá]rme|[aá]rmelo|o|a)\b(?!\s+(?:atenci[oó]n|o[ií]dos?|una\s+mano))
    | \bpr[eê]t(?:er|ez|e-moi|ez-moi)\b(?!\s+(?:main|l['’]oreille|attention))
    | \bemprunt(?:er|e|s)?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT: Final = re.compile(
    r"""
    \S+@\S+\.\S+ | https?:// | \bwww\.
    | \b(?:whatsapp|telegram|snapchat|instagram|facebook|signal)\b(?=.{0,12}(?:me\b|@|:|\d))
    | (?<!\w)\+?\d(?:[\s().\-/]?\d){7,}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DATE: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")


def against(words: str) -> Against | None:
    """Return why `words` are not taken as they stand, or None if nothing is the matter."""
    if _MONEY.search(words):
        return Against.MONEY
    if _LENDING.search(words):
        return Against.LENDING
    if _CONTACT.search(_DATE.sub(" ", words)):
        return Against.CONTACT
    return None
