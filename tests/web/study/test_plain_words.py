"""What is asked of people before they join reads at sixth grade, or below."""

import re
from html import unescape

import pytest
from tests.web.circles.making import longtime
from tests.web.messages.making import inside

GRADE = 6.0
# A label of two words is no sentence; counting it would flatter the page.
SENTENCE = 4


def sentences(page):
    """Return the sentences of what stands open on a page, as lists of words."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL).group()
    open_ = re.sub(r"<(details|pre|script).*?</\1>", " ", main, flags=re.DOTALL)
    text = unescape(
        re.sub(r"<[^>]*>", " ", re.sub(r"</(?:p|h1|h2|dt|dd|b|span|legend|li)>", ". ", open_))
    )
    found = (re.findall(r"[A-Za-z’'-]+", part) for part in re.split(r"[.!?:]+\s", text))
    return [words for words in found if len(words) >= SENTENCE]


def syllables(word):
    """Return about how many syllables a word has: its groups of vowels, less an e that is silent."""
    bare = word.lower().strip("’'-")
    groups = len(re.findall(r"[aeiouy]+", bare))
    is_silent = bare.endswith("e") and not bare.endswith(("le", "ee")) and groups > 1
    return max(1, groups - is_silent)


def grade(found):
    """Return the grade of Kincaid et al. (1975): 0.39 words a sentence, 11.8 syllables a word."""
    words = [word for sentence in found for word in sentence]
    a_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(found) + 11.8 * a_word - 15.59


def test_the_measure_knows_plain_words_from_others():
    plain = sentences("<main><p>The cat sat on the mat and was glad of the sun.</p></main>")
    hard = sentences(
        "<main><p>Participation necessitates comprehensive understanding of randomization"
        " methodology and confidentiality considerations.</p></main>"
    )

    assert grade(plain) < 3
    assert grade(hard) > 16


@pytest.mark.parametrize("page", ["consent", "three"])
def test_what_is_asked_before_anybody_joins_reads_at_sixth_grade(study, page):
    client = inside(longtime("Ada"))
    if page == "consent":
        answer = client.get(study.get_absolute_url())
    else:
        answer = client.post(f"/study/{study.token}/choose/", {"answers": "on"})

    found = sentences(answer.content.decode())

    assert len(found) > 8
    assert grade(found) <= GRADE
