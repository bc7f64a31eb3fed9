"""Arms out of designs: the features of the app, each handing out the dose that its design says."""

import numpy as np
from jaxtyping import Float32

from kith.core.model.design import Design, Feature
from kith.core.model.partners import (
    Found,
    Partners,
    at_gatherings,
    fewer,
    has_partner,
    in_circles,
    in_pairs,
    in_service,
    to_reach,
)
from kith.core.model.world import EPOCHS_A_DAY, NOBODY, Arm
from kith.core.population.town import Town
from kith.errors import InvalidInputError

_EPOCHS_A_WEEK = EPOCHS_A_DAY * 7


def arm_of(town: Town, design: Design, *, seed: int) -> Arm:
    """Return what `design` gives each person of a town.

    The dose goes in equal parts to those who have a partner, so that over everybody here it is
    what the design says, whoever found one.

    Raises:
        InvalidInputError: If so few have a partner that their part would be more than one contact
            in an epoch.
    """
    found = _found(town, design, seed)
    partners = fewer(found.partners, int(design.said("partners")))
    kept = design.reliability
    if kept is None:
        kept = design.usual.reliability if found.kept is None else found.kept
    return Arm(
        name=design.key,
        partners=partners,
        contact_rate=_rates(town, design, partners),
        at_cue=design.said("at_cue"),
        reliability=float(kept),
        systems=design.fed,
        depth=design.said("depth"),
        gives=design.said("gives"),
        reach_q=design.said("reach_q"),
    )


def _found(town: Town, design: Design, seed: int) -> Found:
    """Return whom the feature brings together."""
    feature = Feature(design.feature)
    if feature in {Feature.NOTHING, Feature.USUAL_CARE}:
        return Found(np.full((town.people, 1), NOBODY, np.int32))
    if feature is Feature.CIRCLES:
        return Found(in_circles(town, seed=seed, lapses_together=design.lapses_together))
    if feature is Feature.REACH:
        return to_reach(town, seed=seed)
    if feature is Feature.SERVICE:
        return Found(in_service(town))
    return Found((in_pairs if feature is Feature.PAIRS else at_gatherings)(town, seed=seed))


def _rates(town: Town, design: Design, partners: Partners) -> Float32[np.ndarray, "people"]:
    """Return contacts in an epoch: the dose over all here, in equal parts to who has a partner."""
    takes_part = town.is_here & has_partner(partners)
    if design.feature == Feature.USUAL_CARE:
        takes_part = town.is_here
    dose = design.said("contacts_a_week")
    some, many = int(takes_part.sum()), int(town.is_here.sum())
    if dose > 0 and not some:
        raise InvalidInputError(f"{design.key}: nobody has a partner, so no dose can be handed out")
    rate = dose / _EPOCHS_A_WEEK * many / max(some, 1)
    if rate > 1:
        raise InvalidInputError(
            f"{design.key}: contacts_a_week is {dose:g}, which is more than one in six hours for "
            f"the {some} of {many} who have a partner: it must be 0 to {28 * some / many:.3g}"
        )
    return np.where(takes_part, np.float32(rate), np.float32(0))
