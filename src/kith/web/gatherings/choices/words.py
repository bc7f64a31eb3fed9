"""Words for getting in, for whom it is, and what kind of meeting."""

from django.utils.translation import gettext_lazy as _

# In the order in which a tired person wants to know.
ACCESS = {
    "step_free": _("Step-free"),
    "step_free_toilet": _("Step-free toilet"),
    "hearing_loop": _("Hearing loop"),
    "sign_language": _("Sign language"),
    "low_vision": _("Made for low vision"),
    "children_welcome": _("Children welcome"),
    "childcare": _("Childcare"),
    "pets_welcome": _("Animals welcome"),
    "fragrance_free": _("No perfume, please"),
    "outdoors": _("Outdoors"),
    "parking": _("Parking"),
    "attendance_slips": _("Signs attendance slips"),
    "id_at_door": _("You may be asked for ID at the door"),
    "restricted": _("Not everybody can get in: ask first"),
    "no_children": _("No children"),
    "no_pets": _("No animals"),
    "no_smoking": _("No smoking"),
    "smoking_permitted": _("Smoking allowed"),
    "cameras": _("There are cameras"),
    "shut_on_holidays": _("Shut on public holidays"),
}

AUDIENCE = {
    "women": _("Women"),
    "men": _("Men"),
    "nonbinary": _("Nonbinary people"),
    "transgender": _("Transgender people"),
    "lgbtq": _("LGBTQ+"),
    "young_people": _("Young people"),
    "seniors": _("Older people"),
    "students": _("Students"),
    "newcomers": _("Newcomers"),
    "family_friends": _("Family and friends"),
    "indigenous": _("Indigenous people"),
    "people_of_color": _("People of color"),
    "veterans": _("Veterans"),
    "professionals": _("People of one profession"),
    "dual_diagnosis": _("Mental health too"),
    "chronic_illness": _("Long illness or pain"),
    "patients": _("Patients there"),
    "inside": _("People inside"),
    "al_anon_too": _("With Al-Anon beside it"),
    "al_ateen_too": _("With Alateen beside it"),
}

# Whom a space of their own keeps safe: only those whose space it is say that they come.
SPACES = frozenset(
    {
        "women", "men", "nonbinary", "transgender", "lgbtq", "young_people", "indigenous",
        "people_of_color", "veterans",
    }
)  # fmt: skip

TOPICS = {
    "discussion": _("Discussion"),
    "speaker": _("A speaker"),
    "literature": _("Reading together"),
    "steps": _("The steps"),
    "traditions": _("The traditions"),
    "concepts": _("The concepts"),
    "step11": _("Prayer and meditation"),
    "meditation": _("Meditation"),
    "questions": _("Questions and answers"),
    "topic": _("One topic"),
    "round": _("Everyone in turn"),
    "cross_talk": _("Answering each other"),
    "open_ended": _("No fixed end"),
    "timed": _("Timed sharing"),
    "varies": _("Different each time"),
    "candlelight": _("Candlelight"),
    "birthday": _("Anniversaries"),
    "meal": _("A meal"),
    "secular": _("Secular"),
    "bilingual": _("Two languages"),
}
