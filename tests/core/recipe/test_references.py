"""References: who found it, and whether anybody has checked."""

import pytest

from kith.core.recipe.references import (
    Verified,
    all_references,
    cited,
    parse_references,
    reference,
)
from kith.core.recipe.tables import MalformedTableError, read
from kith.errors import InvalidInputError

HEADER = "key,citation,doi_or_pmid,verified\n"


def test_every_packaged_reference_is_read():
    assert len(all_references()) == 133


def test_a_reference_is_found_by_its_key():
    dolen = reference("dolen2013")

    assert dolen.citation == "Dölen et al. 2013 Nature 501:179-184"
    assert dolen.identifier == "10.1038/nature12518"
    assert dolen.verified is Verified.YES


def test_an_unknown_key_is_refused():
    with pytest.raises(InvalidInputError, match="'nobody1999'"):
        reference("nobody1999")


@pytest.mark.parametrize(
    ("key", "link"),
    [
        ("kjaer2002", "https://doi.org/10.1016/S0926-6410(01)00106-9"),
        ("inagaki2016", "https://pubmed.ncbi.nlm.nih.gov/26796966/"),
        ("wittig2014", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3906952/"),
        ("trezza2011", ""),
    ],
)
def test_link_is_made_from_a_lasting_identifier_only(key, link):
    assert reference(key).link == link


def test_only_what_nobody_has_checked_is_not_citable():
    unchecked = [key for key, known in all_references().items() if not known.is_citable]

    assert unchecked == ["trost2024"]
    assert reference("schilbach2010").verified is Verified.ABSTRACT


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",A 2001,10.1/a,yes", "key"),
        ("a,,10.1/a,yes", "citation"),
        ("a,A 2001,,yes", "doi_or_pmid"),
        ("a,A 2001,10.1/a,maybe", "verified"),
        ("b,A 2001,10.1/a,yes", "key"),
    ],
)
def test_a_malformed_row_is_named(line, column):
    with pytest.raises(MalformedTableError) as error:
        parse_references(f"{HEADER}b,B 2000,10.1/b,yes\n{line}\n")

    assert (error.value.table, error.value.row, error.value.column) == (
        "references.csv",
        3,
        column,
    )


def test_cited_returns_references_in_the_order_of_the_cell():
    (row,) = read("keys\nwei2015;dolen2013\n", table="t.csv", columns=("keys",))

    found = cited(row, "keys", all_references())

    assert [one.key for one in found] == ["wei2015", "dolen2013"]


def test_cited_refuses_a_key_nobody_knows():
    (row,) = read("keys\nwei2015;nobody1999\n", table="t.csv", columns=("keys",))

    with pytest.raises(MalformedTableError, match="'nobody1999'"):
        cited(row, "keys", all_references())
