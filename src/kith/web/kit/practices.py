"""Words for what people do together (codes of kith.core.recipe): gatherings are it, people like it."""

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
