"""What nobody's browser sends: words, bodies and files that break a careless form or database."""

import re
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.doors.asking import ODD, POSTED, READ, a_path, at
from tests.doors.table import EVERYBODY


def names_in_templates():
    """Return every name that a form of ours sends."""
    texts = (path.read_text() for path in settings.PACKAGE_DIR.glob("web/*/templates/**/*.html"))
    return sorted({name for text in texts for name in re.findall(r'\bname="(\w+)"', text)})


NAMES = names_in_templates()


@pytest.mark.parametrize("name", sorted(set(POSTED) | set(READ)))
def test_odd_words_in_any_form_break_nothing(town, name):
    found, said = at(name)
    # The desk is Django's own and for stewards; there, only what stands in the address is odd.
    who = town.comers["stranger" if said.opens is EVERYBODY else "curious"]
    path = a_path(found, said, town, who)
    client = Client(raise_request_exception=False)
    broken = []
    for odd in ODD:
        client.cookies = SimpleCookie(who.client.cookies)
        word = odd.encode("utf-8", "replace").decode()
        sent = dict.fromkeys(NAMES, word)
        answers = [client.post(path, sent)] if "POST" in said.methods else []
        if "POST" not in said.methods:
            answers.append(client.get(path, dict.fromkeys(NAMES, word[:300])))
        broken += [(odd[:9], answer.status_code) for answer in answers if answer.status_code >= 500]

    assert broken == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=%ff&b=%00", b"&&&===", b"\x00" * 99, b'{"a": 1}', b"[" * 50_000])  # fmt: skip
@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-99", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "",])  # fmt: skip
def test_bodies_that_no_form_makes_are_answered_or_refused(db, body, content_type):
    client = Client(raise_request_exception=False)

    for path in ("/enter/", "/join/words/", "/enter/passkey/", "/language/"):
        assert client.generic("POST", path, body, content_type).status_code in {200, 302, 400, 429}


def test_no_file_is_taken_and_nothing_is_written_to_the_disk(db, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    big = SimpleUploadedFile("a.html", b"<script>" * 400_000)

    answer = Client().post("/enter/", {"file": big, "key": "zoo"})

    assert answer.status_code == 200
    assert list(tmp_path.iterdir()) == []
    assert answer.wsgi_request.FILES == {}


def test_form_that_is_too_large_is_refused(db):
    client = Client()

    assert client.post("/enter/", {"key": "x" * 2_100_000}).status_code == 400
    assert client.post("/enter/", {f"n{n}": "x" for n in range(1_001)}).status_code == 400
    body = b'{"id": "' + b"x" * 2_100_000
    assert client.post("/enter/passkey/", body, content_type="application/json").status_code == 400
