"""The words of lines.toml that people read, marked so that they can be translated.

Nothing imports this: programs that collect words for translators read it. A test keeps it alike.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("United States"),
    gettext_noop(
        "Dial 711 to call any line through a relay operator. In many places you can text 911; where it does not work, a text comes back that says so."
    ),
    gettext_noop(
        "Thoughts of suicide, drugs or drink, or any bad hour. You don’t have to be in danger to call."
    ),
    gettext_noop(
        "English, and Spanish: press 2, or text AYUDA. Veterans: press 1. Sign language: “ASL Now” at 988lifeline.org."
    ),
    gettext_noop(
        "If you are about to use alone. Someone stays on the phone with you, and sends help if you stop answering."
    ),
    gettext_noop("If talking is too much. A trained volunteer texts back."),
    gettext_noop("English. For Spanish, text AYUDA."),
    gettext_noop(
        "They find treatment and support groups near you. It is free, and you need no insurance. It is not counseling."
    ),
    gettext_noop("English and Spanish. With a text phone (TTY): 1\u00a0800\u00a0487\u00a04889."),
    gettext_noop("Canada"),
    gettext_noop("You can text 988, day or night."),
    gettext_noop("Thoughts of suicide, or worry about someone. Nobody is turned away."),
    gettext_noop("English and French"),
    gettext_noop(
        "For young people, when you can’t say it out loud. A trained volunteer texts back."
    ),
    gettext_noop(
        "If you are about to use alone. Someone stays with you on the phone, and sends help if you stop answering."
    ),
    gettext_noop("We could not confirm the hours. Try at any hour."),
    gettext_noop("United Kingdom"),
    gettext_noop(
        "You can text 999 if your phone is registered. To register, text REGISTER to 999 now. For NHS 111, dial 18001 111 in the Relay UK app."
    ),
    gettext_noop(
        "Someone to listen, whatever it is. You don’t have to be suicidal. Free, and not on your bill."
    ),
    gettext_noop(
        "A mental health crisis, yours or someone else’s. In England choose the mental health option; in Wales press 2."
    ),
    gettext_noop(
        "For people in Northern Ireland. A trained counselor, for any distress or despair. Free."
    ),
    gettext_noop("Ireland"),
    gettext_noop("999 is the same service."),
    gettext_noop(
        "If you can’t make a voice call, you can text 112. Register your phone for it in advance, if you can."
    ),
    gettext_noop(
        "Someone to listen, whatever it is. You don’t have to be suicidal. The call is free."
    ),
    gettext_noop("New Zealand"),
    gettext_noop(
        "You can text 111 if you registered with the police before. You can text 1737 at any hour."
    ),
    gettext_noop("A trained counselor, for anything: low, afraid, drinking, using, or alone."),
    gettext_noop(
        "A trained counselor about drink or drugs, yours or someone else’s. Free, and kept private."
    ),
    gettext_noop("Advice about drink or drugs, and the way to kaupapa Māori services."),
    gettext_noop("Advice about drink or drugs, and the way to services made for Pacific people."),
    gettext_noop("Australia"),
    gettext_noop(
        "You can text Lifeline at any hour. With a text phone (TTY), dial 106 in place of 000."
    ),
    gettext_noop("Someone to talk to when it is too much, or you think of suicide."),
    gettext_noop(
        "Run by and for Aboriginal and Torres Strait Islander people. A yarn, with no shame and no judgment."
    ),
    gettext_noop(
        "About drink or drugs, yours or someone else’s. It puts you through to your state’s own line."
    ),
    gettext_noop("Day and night in most states. In South Australia, 8:30 am to 10 pm."),
    gettext_noop("Anywhere else"),
    gettext_noop(
        "112 works in every country of the European Union. Elsewhere, call your own emergency number."
    ),
    gettext_noop("Many lines in the list can be texted."),
    gettext_noop(
        "Free lines in your country: calls, texts and chats. You need a signal to open it."
    ),
)
