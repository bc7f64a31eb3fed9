"""What belongs to one person is left out of prose, and nothing else is."""

from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kith.core.listings.contacts import EMAIL, PHONE, SURNAME, without_contacts
from kith.core.places.names import fold

pieces = st.sampled_from(
    "Contact|Call|John|Mary|Ann|Smith|O'Neill|de la|Cruz|S.|Q|or|and|,|Tuesday|Church|[…]|949-555-1234"
    "|07700 900123|+44 7700 900123|a@b.co|at|(at)|dot|Zoom ID|:|Room|-|(|)|.|12|2020|19.30|8|,,"
    "|https://x.org/|wa.me/123|x.org/|text|for|code|José".split("|")
)
texts = (
    st.text(max_size=60)
    | st.lists(pieces, max_size=12).map(" ".join)
    | st.lists(pieces, max_size=12).map("".join)
)
countries = st.sampled_from(["", "US", "GB", "DE", "FR", "IR", "XX"])


@pytest.mark.parametrize(
    ("text", "country", "left"),
    [
        ("Call 949-555-1234 for info", "US", "Call […] for info"),
        ("(949) 555-1234", "US", "[…]"),
        ("949.555.1234.", "US", "[…]."),
        ("949 - 555 - 1234", "US", "[…]"),
        ("+1 949 555 1234", "GB", "[…]"),
        ("555-1234", "US", "[…]"),
        ("730-1030 after six", "US", "[…] after six"),
        ("+44 (0)7700 900123", "US", "[…]"),
        ("Tel 07700 900123", "GB", "Tel […]"),
        ("Tel. 030/1234567", "DE", "Tel. […]"),
        ("Tél 06 12 34 56 78", "FR", "Tél […]"),
        ("0 7 7 0 0 9 0 0 1 2 3", "GB", "[…]"),
        ("Room 212 949-555-1234", "US", "Room 212 […]"),
        ("07700 900123 or 07700 900456", "GB", "[…] or […]"),
        ("https://wa.me/447700900123", "US", "[…]"),
        ("https://api.whatsapp.com/send?phone=%2B447700900123", "US", "[…]"),
        # Words that go with meeting numbers do not save a person's.
        ("Phone number: 949-555-1234", "US", "Phone number: […]"),
        ("Contact number: 07700 900123", "GB", "Contact number: […]"),
        ("Call our group 949-555-1234", "US", "Call our group […]"),
        ("Text for the Zoom password 949-555-1234", "US", "Text for the Zoom password […]"),
        ("Call 669-900-6833, Meeting ID: 812 3456 7890", "US", "Call […], Meeting ID: 812 3456 7890"),
    ],
)  # fmt: skip
def test_phone_numbers_are_left_out(text, country, left):
    assert without_contacts(text, country) == (left, [PHONE])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Call 949-555-1234", "Call […]"),
        ("Call 07700 900123", "Call […]"),
        ("07700 900123 949-555-1234", "[…] […]"),
    ],
)
def test_where_no_country_is_known_american_and_british_numbers_are_left_out(text, left):
    assert without_contacts(text, "") == (left, [PHONE])


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # What a video call needs.
        ("Zoom ID: 812 3456 7890, passcode: 1234567", "US"),
        ("Zoom 812 3456 7890 pw 123456", "US"),
        ("Meeting ID is 812 345 6789", "US"),
        ("ID 812-345-6789", "US"),
        ("Meeting number 812 345 6789", "US"),
        ("Meeting-Kennung: 812 3456 7890", "DE"),
        ("Dial-in: 712-775-7031 code 123456#", "US"),
        ("+16699006833,,81234567890#", "US"),
        ("One tap mobile +16699006833", "US"),
        ("https://zoom.us/j/8123456789?pwd=1234567890", "US"),
        ("zoom.us/j/8123456789", "US"),
        ("www.example.org/room?id=8123456789", "US"),
        # Lines that are nobody's.
        ("Helpline 0800 917 7650", "GB"),
        ("1-800-662-4357", "US"),
        ("Hotline: 714-556-4555", "US"),
        ("Central Office (714) 556-4555", "US"),
        ("Samaritans 116 123, NHS 111, 999, 24/7", "GB"),
        # Places.
        ("1 800 Broadway", "US"),
        ("Suite 300-2201", "US"),
        ("Room 1001234", "US"),
        ("P.O. Box 1234567", "US"),
        ("San Diego, CA 92101-1234", "US"),
        ("12345-67890 Main Street", "XX"),
        ("SS9 2AJ, EC1A 1BB, V8G 2R7", "GB"),
        ("51.507412, -0.127812", "GB"),
        # Times and dates.
        ("Tue 7.30-8.30 Thu 19.30-20.30", "GB"),
        ("10:15-12:15. Trains 07:20–17:35", "GB"),
        ("19:30-20:30", "DE"),
        ("Mon-Fri 0900-1700", "GB"),
        ("730-1030pm", "US"),
        ("01.02.2026 - 03.02.2026", "DE"),
        ("2026-01-15 19:30", "US"),
        ("15/01/2026", "GB"),
        ("2019-2024", "GB"),
        # Numbers of other things.
        ("12 Steps 12 Traditions, Steps 1-2-3-4-5-6-7-8-9-10-11-12", "US"),
        ("ISBN 978-0-916856-59-4", "US"),
        ("Group number 000134567", "US"),
        ("Group #000134567", "US"),
        ("Charity No. 1234567", "GB"),
        ("$1,000,000", "US"),
        ("Raum 212, 3. Stock, U6 bis 7. Halt, Linie 12, 19 Uhr", "DE"),
    ],
)
def test_other_numbers_stay(text, country):
    assert without_contacts(text, country) == (text, [])


def test_short_numbers_beside_a_phone_number_stay():
    text = "Tel. 030/1234567, Raum 212 um 19 Uhr, 10115 Berlin"

    assert without_contacts(text, "DE") == (
        "Tel. […], Raum 212 um 19 Uhr, 10115 Berlin",
        [PHONE],
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to john.smith+aa@example.co.uk.", "Write to […]."),
        ("mailto:x@example.org", "mailto:[…]"),
        ("x (at) example (dot) org", "[…]"),
        ("x [at] example.org", "[…]"),
        ("two@example.org, three@example.org", "[…], […]"),
        ("Meet @ the hall, @handle", "Meet @ the hall, @handle"),
        ("google.com/maps/@51.5,-0.1,15z", "google.com/maps/@51.5,-0.1,15z"),
        ("(at) the hall", "(at) the hall"),
        ("no@domain", "no@domain"),
    ],
)
def test_email_addresses_are_left_out(text, left):
    assert without_contacts(text, "US") == (left, [EMAIL] if left != text else [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Contact John Smith", "Contact John S."),
        ("contact: John Smith, please", "contact: John S., please"),
        ("Contact John Smith Tuesdays", "Contact John S. Tuesdays"),
        ("Contact John Smith Wonderful people come", "Contact John S. Wonderful people come"),
        ("call Mary Ann O'Neill", "call Mary O."),
        ("Contact John Q Public", "Contact John P."),
        ("Contact John Q. Public.", "Contact John P.."),
        ("Text Bob Ng for the door", "Text Bob N. for the door"),
        ("reach out to Bob McDonald-Smith", "reach out to Bob M."),
        ("Contact: Mr. John Smith", "Contact: Mr. John S."),
        ("Secretary is John Smith", "Secretary is John S."),
        ("Contact Secretary John Smith", "Contact Secretary John S."),
        ("chaired by Bob Jones's friend", "chaired by Bob J.'s friend"),
        ("Contact Juan de la Cruz", "Contact Juan C."),
        ("Kontakt: Jürgen Müller", "Kontakt: Jürgen M."),
        ("contacto: José García López", "contacto: José L."),
        ("Contact John Smith or Mary Jones, Bob Brown", "Contact John S. or Mary J., Bob B."),
        ("Call John Smith Call Mary Jones", "Call John S. Call Mary J."),
    ],
)
def test_surnames_of_contacts_are_cut_to_their_initials(text, left):
    assert without_contacts(text, "") == (left, [SURNAME])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Questions? John Smith 949-555-1234", "Questions? John S. […]"),
        ("John Q. Public: 949-555-1234", "John P.: […]"),
        ("Bring Cake Mary Jones (949-555-1234)", "Bring Cake Mary J. ([…])"),
        ("Bob Jones at 949-555-1234", "Bob J. at […]"),
    ],
)
def test_surnames_beside_a_number_that_was_left_out_are_cut(text, left):
    assert without_contacts(text, "US") == (left, [PHONE, SURNAME])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Contact John S. Please arrive early",
        "Text Mary K for the link",
        "Contact Mary K Fridays",
        "Contact John the Baptist Church",
        "Host: St. Mary's Church",
        "Contact Paul Revere School",
        "Contact Ann Arbor Intergroup",
        "Contact Mary Baker Eddy Church",
        "Call Santa Ana Alano Club",
        "Contact Roman Catholic Diocese",
        "Contact Gay Men's Group",
        "Text Book Study",
        "Ring Entry Phone",
        "Call Tuesday Evening",
        "John Smith Hall, 12 Martin Luther King Boulevard",
        "Speaker: Bill Wilson",
    ],
)
def test_first_names_places_and_capitals_stay(text):
    assert without_contacts(text, "US") == (text, [])


def test_a_church_beside_a_number_keeps_its_name():
    assert without_contacts("Grace Paul Church 949-555-1234", "US") == (
        "Grace Paul Church […]",
        [PHONE],
    )


def test_everything_left_out_is_said_once():
    text = "Call John Smith 949-555-1234, Mary Jones 949-555-5678, a@b.org or c@d.org"

    assert without_contacts(text, "US") == (
        "Call John S. […], Mary J. […], […] or […]",
        [EMAIL, PHONE, SURNAME],
    )


def test_given_names_are_sorted_and_are_no_words_or_places_of_lists():
    lines = (
        (files("kith.core.listings") / "data" / "given_names.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )

    assert lines == sorted(set(lines), key=lambda name: (fold(name), name))
    assert {"Guy", "Gay", "Van", "Roman", "Hope", "Faith", "Grace"}.isdisjoint(lines)


@given(texts, countries)
@example("000000 0WA.ME/0000000", "")
@example("Contact John Smith Call Mary Jones", "US")
def test_a_text_that_was_cleaned_is_clean(text, country):
    once, _why = without_contacts(text, country)

    assert without_contacts(once, country) == (once, [])


@given(texts, countries)
def test_an_email_address_never_survives(text, country):
    once, why = without_contacts(f"{text} secret@example.org", country)

    assert "secret" not in once
    assert EMAIL in why
