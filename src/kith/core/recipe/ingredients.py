"""What a gathering can be made of."""

from enum import StrEnum


class Ingredient(StrEnum):
    """Something people do together that somebody has studied, or should."""

    ANY_FRIENDLY_CONTACT = "any_friendly_contact"
    SYNCHRONOUS_MOVEMENT = "synchronous_movement"
    SINGING_MUSIC_MAKING = "singing_music_making"
    LIVE_MUSIC_AWE = "live_music_awe"
    SOCIAL_LAUGHTER = "social_laughter"
    AFFECTIONATE_TOUCH = "affectionate_touch"
    EYE_CONTACT_FACE = "eye_contact_face"
    PROGRESSIVE_DISCLOSURE = "progressive_disclosure"
    BEING_HEARD = "being_heard"
    HELPING_SERVICE = "helping_service"
    SHARED_MEAL = "shared_meal"
    RITUAL_PRAYER_MEDITATION = "ritual_prayer_meditation"
    CHALLENGE_EXERTION = "challenge_exertion"
    NATURE_OUTDOORS = "nature_outdoors"
    STORYTELLING_TESTIMONY = "storytelling_testimony"
    PLAY = "play"
    GRATITUDE = "gratitude"
    SHARED_WARMTH = "shared_warmth"


# What every gathering holds without anybody adding it: the floor under its letters.
FLOOR = Ingredient.ANY_FRIENDLY_CONTACT

# The seventeen a host can add, in the order of the practice table.
DOSED = tuple(ingredient for ingredient in Ingredient if ingredient is not FLOOR)
