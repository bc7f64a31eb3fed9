"""The steward's desk for studies: put one in, check it, lock it, close it; read what it asks."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.errors import RefusalError
from kith.web.study import actions, bridge
from kith.web.study.choices import State
from kith.web.study.models import Study, Survey

_WORDS = ("text", "happens", "asks", "hurts", "sees", "unknown")
_FIXED = ("state", "locked_at", "locked_hash", "commitment", "closed_at")


class StudyForm(forms.ModelForm[Study]):
    """A study.toml, and in plain words what people have to know."""

    class Meta:
        model = Study
        fields = _WORDS

    def clean_text(self) -> str:
        """Return the document, if it can be read."""
        text: str = self.cleaned_data["text"]
        try:
            bridge.read(text)
        except RefusalError as error:
            raise ValidationError(str(error)) from error
        return text


@admin.register(Study)
class StudyAdmin(admin.ModelAdmin[Study]):
    """Studies: drafts can be changed, locked ones only closed."""

    form = StudyForm
    list_display = ("title", "state", "locked_at", "closed_at")
    fields = (*_FIXED, *_WORDS)
    readonly_fields = _FIXED
    actions = ("check_it", "lock_it", "close_it", "take_it_down")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Study | None = None) -> Any:
        """Return what cannot be changed: all, once it is locked."""
        is_draft = obj is None or obj.state == State.DRAFT
        return _FIXED if is_draft else (*_FIXED, *_WORDS)

    @override
    def has_change_permission(self, request: HttpRequest, obj: Study | None = None) -> bool:
        """Return whether it can be changed: a draft only; a locked one can be read."""
        is_draft = obj is None or obj.state == State.DRAFT
        return is_draft and super().has_change_permission(request, obj)

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Study | None = None) -> bool:
        """Return whether it can be deleted: a draft only."""
        is_draft = obj is None or obj.state == State.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    @override
    def save_model(self, request: HttpRequest, obj: Study, form: Any, change: bool) -> None:
        """Keep the draft, unless it was locked meanwhile."""
        try:
            actions.put_in(text=obj.text, study=obj)
        except RefusalError as error:
            # Somebody locked it while this page lay open.
            messages.error(request, str(error))

    @admin.action(description=_("Check: what is missing?"))
    def check_it(self, request: HttpRequest, queryset: QuerySet[Study]) -> None:
        """Say what has to be mended before it can be locked."""
        for study in queryset:
            found = bridge.problems_of(study.text)
            for one in found:
                messages.warning(request, f"{study}: {one}")
            if not found:
                messages.success(request, _("%s: nothing is missing. It can be locked.") % study)

    @admin.action(description=_("Lock, and open it to people"))
    def lock_it(self, request: HttpRequest, queryset: QuerySet[Study]) -> None:
        """Lock it: from now on nothing of it changes."""
        for study in queryset:
            try:
                actions.lock(study=study, at=timezone.now())
                messages.success(request, _("%s is locked, and people see it.") % study)
            except RefusalError as error:
                messages.error(request, f"{study}: {error}")

    @admin.action(description=_("Close: the data is final"))
    def close_it(self, request: HttpRequest, queryset: QuerySet[Study]) -> None:
        """Close it: nobody is asked any more."""
        for study in queryset:
            try:
                actions.close(study=study, at=timezone.now())
            except RefusalError as error:
                messages.error(request, f"{study}: {error}")

    @admin.action(description=_("Take its report down"))
    def take_it_down(self, request: HttpRequest, queryset: QuerySet[Study]) -> None:
        """Show what it found no more; `kith study publish` shows it again."""
        for study in queryset:
            actions.take_down(study=study)
            messages.success(request, _("No report of %s is shown.") % study)

    @override
    def get_actions(self, request: HttpRequest) -> Any:
        """Return what can be done to several: they are not deleted so."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found


class SurveyForm(forms.ModelForm[Survey]):
    """Questions, a line each: its key | what it asks | word / word / word, which stand for 0, 1, 2."""

    lines = forms.CharField(
        label=_("questions, a line each: key | what it asks | word / word / word"),
        widget=forms.Textarea,
    )

    class Meta:
        model = Survey
        fields = ("study", "key")

    def clean_lines(self) -> list[dict[str, Any]]:
        """Return the questions that the lines say."""
        found = []
        for line in self.cleaned_data["lines"].splitlines():
            parts = [part.strip() for part in line.split("|")]
            words = [word.strip() for word in parts[-1].split("/")]
            if len(parts) != 3 or len(words) < 2 or not all((*parts, *words)):
                raise ValidationError(_("Write each line as: key | what it asks | word / word"))
            answers = [[value, word] for value, word in enumerate(words)]
            found.append({"key": parts[0], "asks": parts[1], "answers": answers})
        return found


@admin.register(Survey)
class SurveyAdmin(admin.ModelAdmin[Survey]):
    """Questions of studies. To change them is to add their next version; none is lost."""

    form = SurveyForm
    list_display = ("study", "key", "version", "made_at")

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: what was asked stays as it was."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: answers belong to it."""
        return False

    @override
    def save_model(self, request: HttpRequest, obj: Survey, form: Any, change: bool) -> None:
        """Keep the next version."""
        made = actions.edit_survey(
            study=obj.study, key=obj.key, items=form.cleaned_data["lines"], at=timezone.now()
        )
        obj.pk, obj.version, obj.made_at = made.pk, made.version, made.made_at
