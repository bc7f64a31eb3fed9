"""Pages at the door: joining, coming in, and what is somebody's own."""

from kith.web.people.views.about import about, say
from kith.web.people.views.desk import enter_desk
from kith.web.people.views.entering import (
    enter,
    enter_with_passkey,
    leave,
    passkey_to_show,
)
from kith.web.people.views.home import forget_home, home, home_map
from kith.web.people.views.joining import (
    join,
    join_with_passkey,
    join_with_words,
    passkey_to_make,
)
from kith.web.people.views.keys import (
    add_passkey,
    another_passkey_to_make,
    codes,
    drop_passkey,
    drop_words,
    lend,
    words,
)
from kith.web.people.views.own import (
    called,
    end_others,
    end_session,
    erase,
    export,
    export_json,
    you,
)

__all__ = [
    "about",
    "add_passkey",
    "another_passkey_to_make",
    "called",
    "codes",
    "drop_passkey",
    "drop_words",
    "end_others",
    "end_session",
    "enter",
    "enter_desk",
    "enter_with_passkey",
    "erase",
    "export",
    "export_json",
    "forget_home",
    "home",
    "home_map",
    "join",
    "join_with_passkey",
    "join_with_words",
    "leave",
    "lend",
    "passkey_to_make",
    "passkey_to_show",
    "say",
    "words",
    "you",
]
