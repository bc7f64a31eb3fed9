"""Words for what people do together, and for what that is made of (codes of kith.core.recipe)."""

from django.utils.translation import gettext_lazy as _

PRACTICES = {
    "twelve_step": _("Twelve-step meeting"),
    "smart_circle": _("Discussion circle"),
    "recovery_dharma": _("Sitting and sharing"),
    "recovery_yoga": _("Yoga and check-in"),
    "choir": _("Singing together"),
    "drum_circle": _("Drum circle"),
    "dance_5rhythms": _("Dancing"),
    "music_lesson": _("Making music"),
    "jam_band_table": _("Sober at the show"),
    "hike": _("Walk and talk"),
    "run_club": _("Running"),
    "phoenix_gym": _("Sober gym"),
    "martial_arts": _("Martial arts"),
    "parkour_jam": _("Parkour"),
    "surf_therapy": _("Surfing and sea swimming"),
    "sauna_cold": _("Sauna and cold water"),
    "community_meal": _("Cook and eat together"),
    "gardening": _("Community garden"),
    "mens_shed": _("Repair workshop"),
    "service_shift": _("Helping out together"),
    "art_making": _("Art or craft"),
    "book_circle": _("Books or films"),
    "improv_theatre": _("Theater and improv"),
    "campfire_stories": _("Stories round a fire"),
    "faith_worship": _("Worship"),
    "listening_pair": _("Listening pair"),
    "fast_friends": _("Talking in pairs"),
}

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
