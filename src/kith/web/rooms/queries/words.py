"""What the page of a room says of what happens in it; its script picks from these."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: Final[dict[str, Promise]] = {
    # Camera, microphone and connection.
    "looking": _("Looking …"),
    "cameraFine": _("Your camera works. This is how others see you."),
    "micOn": _("Your microphone is on. Say a word: the line moves."),
    "cameraOff": _("Your camera stays off. Others hear you and see your first letter."),
    "micOff": _("Your microphone stays off. You can turn it on inside."),
    "cameraNotAllowed": _(
        "Your browser does not let this page use the camera. You can go in with your voice alone, "
        "or allow the camera beside the address of this page and load it again."
    ),
    "micNotAllowed": _(
        "Your browser does not let this page use the microphone. Allow it beside the address of "
        "this page and load it again. You can also go in and only listen."
    ),
    "cameraNotFound": _("We found no camera here. You can go in with your voice alone."),
    "micNotFound": _("We found no microphone here. You can go in and only listen."),
    "cameraInUse": _(
        "Something else is using your camera. Close it there and load this page again, or go in "
        "with your voice alone."
    ),
    "micInUse": _(
        "Something else is using your microphone. Close it there and load this page again, or go "
        "in and only listen."
    ),
    "notSafe": _("Camera and microphone only work on a page that begins with https."),
    "noRooms": _(
        "This browser cannot open rooms. A newer one can: Firefox, Chrome, Safari or Edge."
    ),
    "lineFine": _("The connection is there."),
    "lineTurn": _("The connection is there, also from behind a strict network."),
    "lineNone": _("There is no connection just now. We keep trying."),
    # What happens inside.
    "alone": _("Nobody else is here yet. You can wait here; you will hear it when somebody comes."),
    "came": _("%(name)s is here."),
    "back": _("%(name)s is back."),
    "left": _("%(name)s has left."),
    "lost": _("The connection to %(name)s is gone. We are trying to find them again."),
    "away": _("We lost the way to the others. Who talks goes on talking. We keep trying."),
    "found": _("The connection is back."),
    "muted": _("Your microphone is off."),
    "unmuted": _("Your microphone is on."),
    "camOff": _("Your camera is off."),
    "camOn": _("Your camera is on."),
    "askedMute": _("The host turned your microphone off. You can turn it on again."),
    "waits": _("%(name)s waits in the lobby."),
    "hourOver": _("The hour is over. You can finish what you are saying: the room closes soon."),
    "captionsOn": _("Captions are on. They are made on your device and go nowhere."),
    "captionsOff": _("Captions are off."),
    "captionsFetch": _("Your browser fetches what it needs for captions. That may take a minute."),
    # Buttons that change.
    "mute": _("Mute"),
    "unmute": _("Unmute"),
    "cameraStop": _("Camera off"),
    "cameraStart": _("Camera on"),
    "you": _("You"),
    "chair": _("%(name)s’s chair"),
    "noMic": _("muted"),
    "noPicture": _("voice only"),
    "muteThem": _("Mute %(name)s"),
    "lobbyThem": _("Move %(name)s to the lobby"),
    "letIn": _("Let %(name)s in"),
    # Why a room is not, or no more.
    "waiting": _("The host asked you to wait here for a moment. You come in when they let you in."),
    "over": _("This room is closed. Its hour is over, or the host ended it."),
    "otherTab": _("You opened this room in another tab or on another device. You are there now."),
    "full": _("Six people have the seats of this room, and it holds six. Try again in a while."),
    "notYours": _("There is no seat for you in this room any more."),
    "tooMuch": _("This page sent too much at once. Load it again to come back."),
    "stranger": _("You are no longer signed in here. Come in again, and then back to this room."),
}


def words() -> dict[str, str]:
    """Return them in the language of whoever reads."""
    return {name: str(text) for name, text in _WORDS.items()}
