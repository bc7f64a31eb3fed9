"""What somebody says to a study: the four switches, the three questions, a check-in."""

from datetime import UTC, datetime
from typing import Any, Final

from django import forms

from kith.web.study.bridge import Check

_KEY_MOST: Final = 64


class SaidForm(forms.Form):
    """The four things somebody may say yes to; each is off unless they switch it on."""

    answers = forms.BooleanField(required=False)
    draw = forms.BooleanField(required=False)
    ties = forms.BooleanField(required=False)
    share = forms.BooleanField(required=False)


class CheckForm(forms.Form):
    """The three questions. Any answer is taken; which are not so is said, and why."""

    def __init__(self, *args: Any, checks: list[Check], **more: Any) -> None:
        """Ask these."""
        super().__init__(*args, **more)
        for one in checks:
            self.fields[one.key] = forms.ChoiceField(
                choices=one.answers, label=one.asks, widget=forms.RadioSelect, required=False
            )


class CheckInForm(forms.Form):
    """Answers to questions, each the number of a word; none has to be given."""

    key = forms.CharField(max_length=_KEY_MOST, required=False)
    at = forms.IntegerField(required=False, min_value=0)
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, items: list[dict[str, Any]], **more: Any) -> None:
        """Ask `items`."""
        super().__init__(*args, **more)
        self.items = items
        for item in items:
            self.fields[item["key"]] = forms.TypedChoiceField(
                choices=item["answers"],
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                label=item["asks"],
                required=False,
            )

    def answers(self) -> dict[str, int]:
        """Return what was answered, by question; what is wrong or left out is not in it."""
        said = {item["key"]: self.cleaned_data.get(item["key"]) for item in self.items}
        return {key: value for key, value in said.items() if isinstance(value, int)}

    def moment(self, now: datetime) -> datetime:
        """Return when it was answered by the device's clock; else now."""
        return self._by_device("at") or now

    def seen_at(self) -> datetime | None:
        """Return when it came before somebody's eyes by the device's clock; None if it did not say."""
        return self._by_device("seen")

    def _by_device(self, name: str) -> datetime | None:
        said = self.cleaned_data.get(name)
        try:
            # It sends milliseconds.
            return datetime.fromtimestamp(said / 1000, tz=UTC) if said else None
        except (OverflowError, OSError, ValueError):
            return None
