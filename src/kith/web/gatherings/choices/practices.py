"""Words for what people do together, and for what that is made of (codes of kith.core.recipe)."""

from django.utils.translation import gettext_lazy as _

from kith.web.kit.practices import PRACTICES

__all__ = ["INGREDIENTS", "PRACTICES"]

# Where bodies can be hurt, hosts say beforehand what may happen, and who helps.
PHYSICAL = frozenset(
    {
        "hike", "run_club", "phoenix_gym", "martial_arts", "parkour_jam", "surf_therapy",
        "sauna_cold",
    }
)  # fmt: skip

INGREDIENTS = {
    "any_friendly_contact": _("Friendly company"),
    "synchronous_movement": _("Moving in time"),
    "singing_music_making": _("Singing or playing together"),
    "live_music_awe": _("Live music"),
    "social_laughter": _("Laughing"),
    "affectionate_touch": _("Touch"),
    "eye_contact_face": _("Faces and eye contact"),
    "progressive_disclosure": _("Opening up, step by step"),
    "being_heard": _("Being listened to"),
    "helping_service": _("Helping"),
    "shared_meal": _("Eating together"),
    "ritual_prayer_meditation": _("Ritual, prayer or meditation"),
    "challenge_exertion": _("Effort"),
    "nature_outdoors": _("Being outdoors"),
    "storytelling_testimony": _("Telling stories"),
    "play": _("Play"),
    "gratitude": _("Thanks"),
    "shared_warmth": _("Shared warmth"),
}
