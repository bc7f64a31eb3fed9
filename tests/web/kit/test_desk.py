from django.db import models

from kith.web.kit.desk import form_field


def test_address_typed_without_a_scheme_is_taken_as_https():
    field = form_field(models.URLField(), label="page")

    assert [field.clean("example.org"), field.label] == ["https://example.org", "page"]


def test_other_fields_are_as_django_makes_them():
    assert form_field(models.CharField(max_length=7)).max_length == 7
