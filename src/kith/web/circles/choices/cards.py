"""The cards of a listening pair: twelve questions, in three sets that go gently deeper.

That two people come nearer by questions that deepen step by step is a finding (Aron and others
1997); these questions are our own.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Card = Promise

TO_BEGIN: Final = (
    _("What was good this week, however small?"),
    _("Where do you feel most like yourself?"),
    _("What would you like somebody to ask you about?"),
    _("What do you do when nobody needs anything from you?"),
)
NEARER: Final = (
    _("What did you need this week that you didn’t ask for?"),
    _("What has been on your mind, and who knows of it?"),
    _("Who do you miss, and what was it like with them?"),
    _("What takes more strength than people see?"),
)
DEEPER: Final = (
    _("When did somebody last see you as you are?"),
    _("What are you afraid people would think if they knew you?"),
    _("What would you like to lay down, if you could?"),
    _("What do you hope for, and hardly dare to say?"),
)
SETS: Final = (
    (_("A card to begin with"), TO_BEGIN),
    (_("A card that goes nearer"), NEARER),
    (_("A card that goes deep"), DEEPER),
)
EACH: Final = 4
CARDS: Final = (*TO_BEGIN, *NEARER, *DEEPER)
