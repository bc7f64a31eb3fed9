"""Small practices for an evening, one for each day of the week.

Each is a plan of the form "when this, I go to a person", rehearsed in the mind: picturing the
moment and the act ties the two together (implementation intentions; Gollwitzer and Sheeran 2006).
That it helps against craving is not known; no page says that it does.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Practice:
    """A sentence to say to oneself, and what to picture, in three steps."""

    say: Promise
    moment: Promise
    person: Promise
    act: Promise

    @property
    def steps(self) -> tuple[Promise, Promise, Promise]:
        """What to do, in order."""
        return (self.moment, self.person, self.act)


# By the day of the week, Monday first.
PRACTICES = (
    Practice(
        say=_("When I get home, I say hello to one person."),
        moment=_("Picture your door, and putting your things down."),
        person=_("Picture who it could be. See their face."),
        act=_("Say the hello out loud, as you would say it to them."),
    ),
    Practice(
        say=_("When the pull comes, I ring before I walk."),
        moment=_("Picture where it comes. What do you see there?"),
        person=_("Picture the phone in your hand, and one name on it."),
        act=_("Hear their voice say your name."),
    ),
    Practice(
        say=_("When somebody was kind, I tell them."),
        moment=_("Think of one kind thing that somebody did, however small."),
        person=_("Picture them doing it."),
        act=_("Say out loud what you would thank them for."),
    ),
    Practice(
        say=_("When somebody speaks, I listen to the end."),
        moment=_("Picture somebody across from you, beginning to tell you something."),
        person=_("Picture their face, and where their eyes go."),
        act=_("Let them finish. Breathe once before you answer."),
    ),
    Practice(
        say=_("When the evening gets long, I go where people are."),
        moment=_("Picture the hour when it gets long."),
        person=_("Picture a door with a light behind it, and somebody who looks up."),
        act=_("Picture the chair, and sitting down."),
    ),
    Practice(
        say=_("When I need something, I ask for one small thing."),
        moment=_("Think of one thing that would be easier with somebody."),
        person=_("Picture who might be glad to be asked."),
        act=_("Say the question out loud, in one sentence."),
    ),
    Practice(
        say=_("When I have no words, I sit beside somebody."),
        moment=_("Picture a day with no words."),
        person=_("Picture somebody you can be quiet with."),
        act=_("Picture sitting down. Nobody has to speak."),
    ),
)
