"""The doors of reach: a line that is shown is shown to everybody, account or none."""

from django.db.models import QuerySet

from kith.web.reach.models import Line


def shown_to_all() -> QuerySet[Line]:
    """Return the lines no steward hid, country by country, the most fitting first."""
    return (
        Line.objects.filter(is_hidden=False, country__is_hidden=False)
        .select_related("country")
        .order_by("country__order", "country__code", "order", "key")
    )
