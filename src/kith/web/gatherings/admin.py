"""The steward's desk for gatherings, places and feeds."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.errors import RefusalError
from kith.web.gatherings import access, actions
from kith.web.gatherings.bridge import feeds, hours, recipes, rows
from kith.web.gatherings.models import (
    Feed,
    FeedRecord,
    FeedRun,
    Gathering,
    Host,
    HostTraining,
    Occasion,
    Place,
)
from kith.web.kit.desk import WEB_ADDRESSES, form_field
from kith.web.people.models import Person


class GatheringForm(forms.ModelForm[Gathering]):
    """What a steward writes about a gathering, checked before it is kept."""

    class Meta:
        model = Gathering
        formfield_callback = form_field
        fields = (
            "name", "slug", "status", "about", "mode", "place", "join_url", "join_phone",
            "join_note", "timezone", "rule", "first_on", "start", "minutes", "except_on",
            "when_note", "practice", "program", "doses", "languages", "audience", "access",
            "topics", "openness", "found_by", "touch", "first_time", "touch_words", "eyes_words",
            "drugs_words", "noise_words", "risk_words", "room_words",
            "first_aid_words", "waiver", "naloxone_words", "authority_words", "url",
        )  # fmt: skip

    def clean_timezone(self) -> str:
        """Refuse a zone that no clock keeps."""
        zone: str = self.cleaned_data["timezone"]
        if not hours.zone_named(zone):
            raise forms.ValidationError(_("Write a time zone such as Europe/London."))
        return zone

    def clean_rule(self) -> str:
        """Refuse a rule that is none; keep it in its one form."""
        rule: str = self.cleaned_data["rule"]
        try:
            return rows.tidy_rule(rule) if rule else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_doses(self) -> dict[str, int]:
        """Refuse doses of what is no ingredient."""
        doses: dict[str, int] = self.cleaned_data["doses"] or {}
        if wrong := recipes.check_doses(doses):
            raise forms.ValidationError(wrong)
        return doses

    def clean_except_on(self) -> list[str]:
        """Refuse what is not a list of dates."""
        days: list[str] = self.cleaned_data["except_on"] or []
        if not rows.are_days(days):
            raise forms.ValidationError(_('Write dates as ["2026-12-25"].'))
        return days


class OccasionInline(admin.TabularInline[Occasion, Gathering]):
    """Dates that are added, moved or called off."""

    model = Occasion
    extra = 1
    raw_id_fields = ("place",)
    fields = ("on", "at", "timezone", "minutes", "replaces", "called_off", "place", "note")


class RecordInline(admin.TabularInline[FeedRecord, Gathering]):
    """Where it comes from."""

    model = FeedRecord
    extra = 0
    can_delete = False
    fields = readonly_fields = ("feed", "key", "first_seen_at", "changed_at", "gone_at")
    verbose_name_plural = _("where it comes from")

    @override
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: feeds write these."""
        return False


@admin.register(Gathering)
class GatheringAdmin(admin.ModelAdmin[Gathering]):
    """Gatherings: what is written here stays, whatever feeds say later."""

    form = GatheringForm
    list_display = ("name", "status", "mode", "program", "rule", "start", "place")
    list_filter = ("status", "mode", "practice")
    search_fields = ("name", "slug", "place__city", "place__name")
    raw_id_fields = ("place",)
    list_select_related = ("place",)
    inlines = (OccasionInline, RecordInline)
    prepopulated_fields = {"slug": ("name",)}
    formfield_overrides = WEB_ADDRESSES
    show_full_result_count = False

    @override
    def save_model(self, request: HttpRequest, obj: Gathering, form: Any, change: bool) -> None:
        """Save, and hold what was written."""
        actions.hold(gathering=obj, fields=form.changed_data)

    @override
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the dates too, and hold them if one was changed."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            actions.hold(gathering=form.instance, fields=["occasions"])

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: a gathering is retired, so that no link to it dies."""
        return False


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin[Place]):
    """Places: how to find the door is best written by somebody who stood before it."""

    list_display = ("name", "address", "city", "country", "is_approximate")
    search_fields = ("name", "address", "city", "postal_code")
    exclude = ("key",)
    show_full_result_count = False

    @override
    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        """Save, and hold what was written."""
        actions.touched(place=obj, fields=form.changed_data)

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: gatherings stand on it."""
        return False


class FeedForm(forms.ModelForm[Feed]):
    """What a steward says of a feed, checked before it is kept."""

    class Meta:
        model = Feed
        fields = (
            "address", "name", "credit", "format", "mapping", "every_hours", "is_active",
            "timezone", "country", "practice", "program", "languages",
        )  # fmt: skip

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse what names nothing kith knows."""
        cleaned = super().clean() or {}
        try:
            feeds.check_hints(cleaned)
        except RefusalError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return cleaned


class RunInline(admin.TabularInline[FeedRun, Feed]):
    """The last readings, with every refusal and repair."""

    model = FeedRun
    extra = 0
    can_delete = False
    fields = readonly_fields = ("at", "said")

    @override
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: readings write these."""
        return False

    @admin.display(description=_("what it did"))
    def said(self, run: FeedRun) -> str:
        """Return the counts, and each refusal on a line."""
        report = run.report
        names = ("read", "new", "updated", "unchanged", "merged", "retired")
        lines = [", ".join(f"{name} {report[name]}" for name in names)]
        lines += [f"{r['record']}: {r['reason']}" for r in report["refused"]]
        return "\n".join(lines)


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin[Feed]):
    """Feeds: the lists that others keep, when they were read, and what went wrong."""

    form = FeedForm
    list_display = ("__str__", "format", "every_hours", "read_at", "error", "is_active")
    inlines = (RunInline,)
    readonly_fields = ("tried_at", "read_at", "error")
    actions = ("read_now",)

    @admin.action(description=_("Read them now"))
    def read_now(self, request: HttpRequest, chosen: QuerySet[Feed]) -> None:
        """Read the chosen feeds, and say what each did."""
        for feed in chosen:
            report = actions.refresh(feed=feed)
            if feed.error:
                self.message_user(request, f"{feed}: {feed.error}", messages.ERROR)
            elif report is None:
                self.message_user(request, f"{feed}: unchanged")
            else:
                said = ", ".join(f"{k} {v}" for k, v in report.values().items() if type(v) is int)
                self.message_user(request, f"{feed}: {said}")


@admin.register(Host)
class HostAdmin(admin.ModelAdmin[Host]):
    """Who hosts what, and until when."""

    list_display = ("gathering", "person", "since", "until")
    raw_id_fields = ("gathering", "person")
    list_select_related = ("gathering", "person")

    @override
    def save_model(self, request: HttpRequest, obj: Host, form: Any, change: bool) -> None:
        """Save, and let what they hold open or rest."""
        super().save_model(request, obj, form, change)
        actions.settle(gathering=obj.gathering)


class _HostField(forms.ModelChoiceField[Person]):
    """Somebody who hosts, and what: "Ruth (Riverside choir)"."""

    @override
    def label_from_instance(self, obj: Person) -> str:
        held = sorted({host.gathering.name for host in obj.hostings.all()})
        return f"{obj} ({', '.join(held)})"


@admin.register(HostTraining)
class HostTrainingAdmin(admin.ModelAdmin[HostTraining]):
    """Who was trained to host, whom they talk it over with, and whom a steward vouches for."""

    list_display = ("person", "trained_on", "is_vouched_for")
    list_select_related = ("person",)

    @override
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a steward choose among those who host, by what they host: most have no name to look up."""
        if db_field.name == "person":
            return _HostField(queryset=access.people_who_host())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @override
    def save_model(self, request: HttpRequest, obj: HostTraining, form: Any, change: bool) -> None:
        """Save, and let what they hold open or rest."""
        super().save_model(request, obj, form, change)
        actions.settle_for(people=[obj.person_id])
