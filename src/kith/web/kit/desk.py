"""What the steward's desks of all apps share."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Field, URLField

# Django 5.2 warns until a form says what an address without a scheme means; from 6.0 it means this.
WEB_ADDRESSES: Final[Mapping[type[Field[Any, Any]], Mapping[str, Any]]] = {
    URLField: {"assume_scheme": "https"}
}


def form_field(field: Field[Any, Any], **options: Any) -> Any:
    """Return the form field for a model's `field`, as `WEB_ADDRESSES` has it (formfield_callback)."""
    return field.formfield(**WEB_ADDRESSES.get(type(field), {}), **options)
