"""What somebody writes."""

from django import forms

from kith.web.messages.choices import Quick


class WriteForm(forms.Form):
    """Words of one's own, or ready ones."""

    words = forms.CharField(required=False, strip=True)
    quick = forms.ChoiceField(choices=Quick.choices, required=False)

    @property
    def said(self) -> str:
        """What was written: the ready words, if one of their buttons was tapped."""
        quick = self.cleaned_data.get("quick")
        return str(Quick(quick).label) if quick else str(self.cleaned_data.get("words", ""))
