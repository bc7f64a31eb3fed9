"""What a study found: published once it is over, read by everybody here, taken down again."""

import re
from collections import Counter

import pytest
from django.utils import timezone
from tests.core.analysis.test_public import results
from tests.web.circles.making import longtime
from tests.web.study.making import joined, locked

from kith.core.analysis.public import public
from kith.lab.report import body
from kith.web.notices.models import Notice
from kith.web.study import actions, queries
from kith.web.study.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def over():
    """A study that is over, in which Ada took part."""
    study = locked()
    joined(study)
    return actions.close(study=study, at=timezone.now())


def published(study):
    return actions.publish(study=study, body="<p>It helped a little.</p>", at=timezone.now())


def read(client, person, report):
    client.force_login(person)
    return client.get(report.get_absolute_url())


def test_everybody_here_reads_what_a_study_found(client, over):
    report = published(over)

    answer = read(client, longtime("Noor"), report)

    assert answer.status_code == 200
    assert "<p>It helped a little.</p>" in answer.content.decode()
    assert "What came of it" in client.get("/studies/").content.decode()


def test_an_open_study_says_nothing_yet(over):
    study = locked()

    with pytest.raises(actions.NotClosedError, match="Close the study first"):
        actions.publish(study=study, body="<p>So far.</p>", at=timezone.now())

    assert not Report.objects.exists()


def test_what_is_taken_down_is_as_if_it_never_was(client, over):
    report = published(over)
    actions.take_down(study=over)

    answer = read(client, longtime("Noor"), report)

    assert answer.status_code == 404
    assert "What came of it" not in client.get("/studies/").content.decode()


def test_whoever_took_part_is_told_and_nobody_else(over):
    longtime("Noor")

    report = published(over)

    told = Notice.objects.filter(path=report.get_absolute_url())
    assert [one.person.called for one in told] == ["Ada"]


def test_a_later_report_takes_the_place_of_an_earlier_one(client, over):
    published(over)
    report = actions.publish(study=over, body="<p>Mended.</p>", at=timezone.now())

    page = read(client, longtime("Noor"), report).content.decode()

    assert "Mended." in page
    assert "It helped a little." not in page


def test_somebody_without_an_account_is_asked_to_come_in(client, over):
    report = published(over)

    assert client.get(report.get_absolute_url()).url.startswith("/enter/?next=%2Fstudy%2F")


def test_nothing_but_tables_pictures_and_words_is_shown():
    bad = (
        '<p onclick="x()" style="color:red">So<script>x()</script> it &lt;b&gt; is</p>'
        '<a href="https://elsewhere.example">out</a><img src="//elsewhere.example/a.png">'
        '<svg viewBox="0 0 1 1"><use xlink:href="https://elsewhere.example#a"/><use xlink:href="#own"/>'
        '<path fill="url(https://elsewhere.example)" stroke="var(--woad, #2c6797)" clip-path="url(#c)"/></svg>'
    )

    page = queries.page_of(bad)

    assert page == (
        "<p>Sox() it &lt;b&gt; is</p>out"
        '<svg viewBox="0 0 1 1"><use></use><use xlink:href="#own"></use>'
        '<path stroke="var(--woad, #2c6797)" clip-path="url(#c)"></path></svg>'
    )


def test_a_report_that_kith_wrote_is_shown_whole():
    """Every tag and attribute that a report has is on the lists."""
    page = body(public(results(estimator="cox", ends=200.0, pairs=[(n, n + 1) for n in range(60)])))

    shown = queries.page_of(page)

    for what in (r"<[a-z]+", r" [a-z:-]+=\""):
        left_out = Counter(re.findall(what, page, re.IGNORECASE)) - Counter(re.findall(what, shown, re.IGNORECASE))  # fmt: skip
        assert set(left_out) <= {' version="', ' xmlns="', ' xmlns:xlink="', ' xlink="'}
