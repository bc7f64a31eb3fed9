"""Every address of kith: who may open it, by which methods, and what stands in it.

One line for each. An address that stands here in no line fails the walk (test_every_address.py),
and so does a line for an address that is no more. To add one:

    "app:name": Address(IN, "GET POST", references),

- Who may open it: EVERYBODY; IN (whoever is in); SURE (and showed their key lately); AMONG (is in
  and not paused); STEWARD (at the desk); UNTOLD (stewards; nobody else learns that it is there).
- By which methods. HEAD goes with GET. All others must answer 405.
- What stands in it: one of the makers of town.py, which says, for each who comes, what is theirs,
  what is somebody else's, and what never was. Write another there if none fits: a row of your app
  that belongs to Noor, and one that belongs to whoever comes. Whatever is not theirs must answer
  like an address that never was, to the last byte.
- What a form there sends, if it is a 404 without.
"""

from dataclasses import dataclass
from enum import Enum

from tests.doors.town import (
    Make,
    Send,
    a_guest,
    a_turn,
    asks,
    check_ins,
    circles,
    companies,
    conversations,
    errands,
    favors,
    gone_evenings,
    grounds,
    held_evenings,
    held_slugs,
    letters,
    letters_or_none,
    links,
    no_form,
    nothing,
    own_errands,
    own_runs,
    own_studies,
    pairs,
    passkeys,
    places,
    plan_lines,
    plan_people,
    plan_questions,
    reaches,
    references,
    reports,
    rings,
    rooms,
    rows_of,
    seats,
    sends,
    sessions,
    slugs,
    studies,
    subscriptions,
    suggestions,
    these,
    told_errands,
    told_studies,
)

from kith.web.notices.access import Token


class Opens(Enum):
    """For whom a door opens, before anybody looks at what stands in the address."""

    EVERYBODY = "everybody"
    IN = "whoever is in"
    SURE = "whoever is in and showed their key lately"
    AMONG = "whoever is in and not paused"
    STEWARD = "stewards"
    UNTOLD = "stewards, and nobody else learns that it is there"


EVERYBODY, IN, SURE, AMONG, STEWARD, UNTOLD = Opens


@dataclass(frozen=True)
class Address:
    """What is said of one address."""

    opens: Opens
    # Separated by a space; "" for Django's own desk, which takes any.
    methods: str
    things: Make = nothing
    # "Not found" is said in its own words: to programs, or to whoever followed a link that is
    # over. It is the same whatever was asked for.
    says_own_404: bool = False
    sends: Send = no_form


KIT = {
    "kit:about": Address(EVERYBODY, "GET"),
    "kit:look": Address(EVERYBODY, "GET"),
    "kit:safety": Address(EVERYBODY, "GET"),
    "kit:privacy": Address(EVERYBODY, "GET"),
    "kit:language": Address(EVERYBODY, "POST"),
    "kit:manifest": Address(EVERYBODY, "GET"),
    "kit:robots": Address(EVERYBODY, "GET"),
    "kit:healthz": Address(EVERYBODY, "GET"),
}
GATHERINGS = {
    "gatherings:welcome": Address(EVERYBODY, "GET"),
    "gatherings:gatherings": Address(EVERYBODY, "GET"),
    "gatherings:changes": Address(EVERYBODY, "GET"),
    "gatherings:search_calendar": Address(EVERYBODY, "GET"),
    "gatherings:gathering": Address(EVERYBODY, "GET", slugs),
    "gatherings:answer": Address(IN, "POST", slugs),
    "gatherings:was_there": Address(IN, "POST", slugs),
    "gatherings:gathering_calendar": Address(EVERYBODY, "GET", slugs),
    "gatherings:place_calendar": Address(EVERYBODY, "GET", places),
    "gatherings:gatherings_json": Address(EVERYBODY, "GET"),
    "gatherings:streets": Address(EVERYBODY, "GET", these(never=({},)), says_own_404=True),
    "gatherings:meeting_guide": Address(EVERYBODY, "GET"),
    "gatherings:yours": Address(AMONG, "GET"),
    "gatherings:new": Address(AMONG, "GET POST"),
    "gatherings:hosting": Address(AMONG, "GET POST", held_slugs),
    "gatherings:edit": Address(AMONG, "GET POST", held_slugs),
    "gatherings:dates": Address(AMONG, "GET POST", held_slugs),
    "gatherings:hosts": Address(AMONG, "GET POST", held_slugs),
    "gatherings:host_link": Address(AMONG, "GET POST", links, says_own_404=True),
    "gatherings:tell": Address(AMONG, "POST", slugs),
    "gatherings:ask_for_company": Address(AMONG, "POST", slugs),
    "gatherings:answer_ask": Address(AMONG, "POST", slugs),
    "gatherings:after": Address(IN, "GET", gone_evenings),
    "gatherings:talked": Address(AMONG, "POST", gone_evenings),
    "gatherings:thank": Address(AMONG, "POST", gone_evenings),
    "gatherings:arrivals": Address(AMONG, "GET", held_evenings),
    "gatherings:greet": Address(AMONG, "POST", held_evenings, sends=a_guest),
    "gatherings:here": Address(AMONG, "POST", held_evenings, sends=a_guest),
    "gatherings:bmlt": Address(
        EVERYBODY, "GET", these(never=({"form": "json"}, {"form": "xml"})), says_own_404=True
    ),
}
PEOPLE = {
    "people:join": Address(EVERYBODY, "GET POST"),
    "people:join_with_words": Address(EVERYBODY, "POST"),
    "people:passkey_to_make": Address(EVERYBODY, "POST"),
    "people:join_with_passkey": Address(EVERYBODY, "POST"),
    "people:enter": Address(EVERYBODY, "GET POST"),
    "people:passkey_to_show": Address(EVERYBODY, "POST"),
    "people:enter_with_passkey": Address(EVERYBODY, "POST"),
    "people:enter_desk": Address(EVERYBODY, "GET POST"),
    "people:leave": Address(EVERYBODY, "POST"),
    "people:you": Address(IN, "GET"),
    "people:called": Address(IN, "POST"),
    "people:about": Address(IN, "GET"),
    "people:home": Address(IN, "POST"),
    "people:home_map": Address(IN, "POST"),
    "people:forget_home": Address(IN, "POST"),
    "people:say": Address(
        IN, "POST", these({"name": "role"}, never=({"name": "never-was"}, {"name": "\x00"}))
    ),
    "people:another_passkey_to_make": Address(SURE, "POST"),
    "people:add_passkey": Address(SURE, "POST"),
    "people:drop_passkey": Address(SURE, "POST", passkeys),
    "people:words": Address(SURE, "GET POST"),
    "people:drop_words": Address(SURE, "POST"),
    "people:codes": Address(SURE, "GET POST"),
    "people:lend": Address(SURE, "POST"),
    "people:end_others": Address(IN, "POST"),
    "people:end_session": Address(IN, "POST", sessions),
    "people:export": Address(IN, "GET"),
    "people:export_json": Address(IN, "GET"),
    "people:erase": Address(SURE, "GET POST"),
}
SAFETY = {
    "safety:conduct": Address(EVERYBODY, "GET"),
    "safety:tell": Address(EVERYBODY, "GET POST"),
    "safety:told": Address(EVERYBODY, "GET"),
    "safety:distances": Address(IN, "GET"),
    "safety:card": Address(AMONG, "GET", references),
    "safety:keep": Address(AMONG, "POST", references, sends=sends(kind="avoid")),
    "safety:undo": Address(IN, "POST", references, sends=sends(kind="avoid")),
    "safety:tell_of": Address(IN, "GET", references),
    "safety:desk": Address(UNTOLD, "GET"),
    "safety:report": Address(UNTOLD, "GET", reports),
    "safety:take_up": Address(UNTOLD, "POST", reports),
    "safety:note": Address(UNTOLD, "POST", reports, sends=sends(words="I rang the venue.")),
    "safety:pause": Address(UNTOLD, "POST", reports, sends=sends(days="7", why="Shouting.")),
    "safety:lift": Address(UNTOLD, "POST", reports),
    "safety:close": Address(UNTOLD, "POST", reports, sends=sends(outcome="There is a lamp now.")),
}
NOTICES = {
    "notices:notices": Address(IN, "GET"),
    "notices:choose_pace": Address(IN, "POST"),
    "notices:subscribe": Address(IN, "POST"),
    "notices:drop_subscription": Address(IN, "POST", subscriptions),
    "notices:give_address": Address(IN, "POST"),
    "notices:drop_address": Address(IN, "POST"),
    "notices:seen": Address(IN, "POST"),
    "notices:confirm": Address(EVERYBODY, "GET POST", letters(Token.CONFIRM), says_own_404=True),
    # A link that is over says that no more mail comes, as one that was never made.
    "notices:stop": Address(EVERYBODY, "GET POST", letters_or_none(Token.STOP)),
}
MESSAGES = {
    "kith_messages:messages": Address(AMONG, "GET"),
    "kith_messages:by_ground": Address(AMONG, "GET", grounds),
    "kith_messages:conversation": Address(
        AMONG, "GET POST", conversations, sends=sends(words="By the gate.")
    ),
}
CIRCLE = {
    "circles:circle": Address(AMONG, "GET", circles),
    "circles:door": Address(AMONG, "GET", circles),
    "circles:seated": Address(AMONG, "GET", seats),
    "circles:where": Address(AMONG, "GET POST", circles, sends=sends(place="Library")),
    "circles:name": Address(AMONG, "GET POST", circles, sends=sends(name="The owls")),
    "circles:bring": Address(AMONG, "GET POST", circles, sends=sends(brings="biscuits")),
    "circles:coming": Address(AMONG, "POST", circles, sends=sends(said="no")),
    "circles:off": Address(AMONG, "GET POST", circles),
    "circles:meets": Address(AMONG, "POST", circles, sends=sends(on="2026-12-03")),
    "circles:was_there": Address(AMONG, "POST", circles, sends=sends(on="2026-12-03")),
    "circles:ask": Address(AMONG, "GET POST", circles, sends=sends(words="A lift?")),
    "circles:offer": Address(AMONG, "GET POST", circles, sends=sends(words="A lift.")),
    "circles:favor_taken": Address(AMONG, "POST", favors),
    "circles:favor_done": Address(AMONG, "POST", favors),
    "circles:favor_back": Address(AMONG, "POST", favors),
    "circles:away": Address(AMONG, "GET POST", circles, sends=sends(weeks="2")),
    "circles:another": Address(AMONG, "GET POST", circles, sends=sends(said="yes")),
    "circles:leave": Address(AMONG, "GET POST", circles),
    "circles:still": Address(AMONG, "POST", circles),
    "circles:goes_on": Address(AMONG, "POST", circles, sends=sends(said="yes")),
    "circles:close": Address(AMONG, "GET POST", circles, sends=sends(said="yes")),
    "circles:hard": Address(AMONG, "GET POST", circles, sends=sends(said="yes")),
}
PAIRS = {
    "circles:pair": Address(AMONG, "GET", pairs),
    "circles:answer_pair": Address(AMONG, "POST", pairs),
    "circles:where_of_pair": Address(AMONG, "POST", pairs, sends=sends(where="https://a.example")),
    "circles:room_of_pair": Address(AMONG, "GET", pairs),
    "circles:listening": Address(AMONG, "GET", pairs),
    "circles:listened": Address(AMONG, "POST", pairs),
}
ROOMS = {
    "rooms:conversation": Address(EVERYBODY, "GET"),
    "rooms:room": Address(AMONG, "GET", rooms),
    "rooms:leave": Address(AMONG, "POST", rooms),
    "rooms:left": Address(AMONG, "GET", rooms),
    "rooms:not_okay": Address(AMONG, "GET", rooms),
}
# To wish for a circle, and to be asked.
WISHING = {
    "circles:mine": Address(EVERYBODY, "GET"),
    "circles:wish": Address(AMONG, "GET POST"),
    "circles:rest_wish": Address(AMONG, "POST"),
    "circles:wake_wish": Address(AMONG, "POST"),
    "circles:take_back_wish": Address(AMONG, "POST"),
    "circles:asked": Address(AMONG, "GET POST", asks, sends=sends(answer="another")),
}
PLANS = {
    "plans:mine": Address(AMONG, "GET"),
    "plans:new": Address(AMONG, "POST"),
    "plans:still": Address(AMONG, "POST"),
    "plans:paper": Address(AMONG, "GET"),
    "plans:ask": Address(AMONG, "GET POST"),
    "plans:who_may_ask": Address(AMONG, "POST", sends=sends(may_ask="near")),
    "plans:thanks": Address(AMONG, "GET"),
    "plans:asked": Address(AMONG, "GET POST", plan_questions, sends=sends(answer="yes")),
    "plans:step_back": Address(AMONG, "POST", plan_questions),
    "plans:take_out": Address(AMONG, "POST", plan_people),
    "plans:change": Address(AMONG, "GET POST", plan_lines),
    "plans:drop": Address(AMONG, "POST", plan_lines),
    "plans:practise": Address(AMONG, "GET POST", plan_lines, sends=sends(kind="pictured")),
}
SERVICE = {
    "service:service": Address(AMONG, "GET"),
    "service:ask": Address(AMONG, "GET POST", sends=sends(what="ride", words="A lift?")),
    "service:offer": Address(AMONG, "GET POST", sends=sends(what="meal", words="Soup.")),
    "service:not_now": Address(AMONG, "POST"),
    "service:errand": Address(AMONG, "GET", errands),
    "service:take": Address(AMONG, "POST", errands, sends=sends(meets="public")),
    "service:answer": Address(AMONG, "POST", own_errands, sends=sends(said="yes")),
    "service:back": Address(AMONG, "POST", own_errands),
    "service:done": Address(AMONG, "POST", own_errands),
    "service:hide": Address(UNTOLD, "POST", told_errands),
}
REACH = {
    "reach:now": Address(EVERYBODY, "GET"),
    "reach:offline": Address(EVERYBODY, "GET"),
    "reach:worker": Address(EVERYBODY, "GET"),
    "reach:ring": Address(AMONG, "POST"),
    # Closed, it answers 409 beside the lines; a turn of whoever comes holds it open.
    "reach:walk_in": Address(AMONG, "POST", a_turn),
    "reach:left": Address(AMONG, "GET"),
    "reach:willing": Address(AMONG, "GET POST"),
    "reach:willing_not": Address(AMONG, "POST"),
    "reach:willing_rest": Address(AMONG, "POST"),
    "reach:turns": Address(AMONG, "GET POST"),
    "reach:reach": Address(AMONG, "GET", reaches),
    "reach:state": Address(AMONG, "GET", reaches),
    "reach:go_on": Address(AMONG, "POST", reaches),
    "reach:stop": Address(AMONG, "POST", reaches),
    "reach:ask": Address(AMONG, "POST", reaches),
    "reach:ask_circle": Address(AMONG, "POST", reaches),
    "reach:ask_not": Address(AMONG, "POST", reaches),
    "reach:afterwards": Address(AMONG, "GET", reaches),
    "reach:after": Address(AMONG, "POST", reaches, sends=sends(said="other")),
    "reach:stay_with_me": Address(AMONG, "GET POST"),
    "reach:company": Address(AMONG, "GET", companies),
    "reach:company_yes": Address(AMONG, "POST", companies),
    "reach:company_here": Address(AMONG, "POST", companies),
    "reach:company_end": Address(AMONG, "POST", companies),
    "reach:company_was": Address(AMONG, "GET"),
    # Empty for everybody whom nobody rings.
    "reach:rings": Address(EVERYBODY, "GET"),
    "reach:rung": Address(AMONG, "GET", rings),
    "reach:answer": Address(AMONG, "POST", rings),
    "reach:not_now": Address(AMONG, "POST", rings),
}
STUDY = {
    "study:studies": Address(IN, "GET"),
    "study:study": Address(IN, "GET", studies),
    "study:choose": Address(IN, "POST", studies, sends=sends(answer="no")),
    "study:no": Address(IN, "GET", studies),
    "study:mine": Address(IN, "GET", own_studies),
    "study:stop": Address(IN, "POST", own_studies),
    "study:take_back": Address(IN, "GET POST", own_studies),
    "study:fewer": Address(IN, "POST", own_studies),
    "study:report": Address(IN, "GET", told_studies),
    "study:check_in": Address(IN, "GET POST", check_ins),
    "study:seen": Address(IN, "POST", check_ins),
    "study:ahead": Address(IN, "GET"),
    "study:not_now": Address(IN, "POST", check_ins),
    "study:suggestion": Address(AMONG, "GET", suggestions),
    "study:seen_suggestion": Address(AMONG, "POST", suggestions),
    "study:wave_away": Address(AMONG, "POST", suggestions),
    "study:thanks": Address(IN, "GET"),
}
SIMULATOR = {
    "simulator:simulator": Address(IN, "GET POST"),
    "simulator:run": Address(IN, "GET", own_runs),
    "simulator:leave": Address(IN, "POST", own_runs),
}
TONIGHT = {
    "tonight:tonight": Address(IN, "GET"),
    "tonight:practice": Address(IN, "GET"),
}

# What stewards look after at the desk. No model of people may stand here: what members say and do
# is no steward's to browse. Who hosts, and is trained for it, does so for all, and stewards answer
# for it; what they say as members is not there either.
DESK_MODELS = (
    "gatherings.host",
    "gatherings.hosttraining",
    "gatherings.gathering",
    "gatherings.place",
    "gatherings.feed",
    "circles.vouch",
    "circles.formation",
    "reach.line",
    "reach.country",
    "study.study",
    "study.survey",
)


def _desk() -> dict[str, Address]:
    found = {
        # /desk/login/ itself is people:enter_desk, which stands before it.
        "admin:login": Address(EVERYBODY, "GET POST"),
        "admin:index": Address(STEWARD, ""),
        "admin:logout": Address(STEWARD, ""),
        "admin:password_change": Address(STEWARD, ""),
        "admin:password_change_done": Address(STEWARD, ""),
        "admin:autocomplete": Address(STEWARD, ""),
        "admin:jsi18n": Address(STEWARD, ""),
        "admin:view_on_site": Address(
            STEWARD, "", these(never=({"content_type_id": 1, "object_id": "1"},))
        ),
        "admin:app_list": Address(STEWARD, "", these({"app_label": "gatherings"})),
        "/desk/(?P<url>.*)$": Address(STEWARD, "", these(never=({"url": "never/was/"},))),
    }
    for model in DESK_MODELS:
        name, rows = model.replace(".", "_"), rows_of(model)
        for what, things in (("changelist", nothing), ("add", nothing), ("history", rows),
                             ("delete", rows), ("change", rows)):  # fmt: skip
            found[f"admin:{name}_{what}"] = Address(STEWARD, "", things)
        found[f"/desk/{model.replace('.', '/')}/<path:object_id>/"] = Address(STEWARD, "", rows)
    one = these({"key": "plan.refresh_days"}, never=({"key": "never"},))
    found["admin:kit_ownvalue_changelist"] = Address(STEWARD, "")
    found["admin:kit_ownvalue_one"] = Address(STEWARD, "", one)
    return found


TABLE: dict[str, Address] = {
    **KIT, **GATHERINGS, **PEOPLE, **SAFETY, **NOTICES, **MESSAGES, **CIRCLE, **PAIRS, **ROOMS,
    **WISHING, **PLANS, **SERVICE, **REACH, **STUDY, **SIMULATOR, **TONIGHT, **_desk(),
}  # fmt: skip
