"""What there is: systems, moments, acts."""

from typing import Final

import numpy as np

SYSTEMS: Final = ("dopamine", "opioid", "oxytocin", "serotonin", "endocannabinoid")
N_SYSTEMS: Final = 5
DOPAMINE, OPIOID, OXYTOCIN, SEROTONIN, ENDOCANNABINOID = range(N_SYSTEMS)

# Moments (the c of the equations): when a habit may fire.
DRUG_CUE, LONELY, NEUTRAL = range(3)
N_CUES: Final = 3

# Acts (the a). The first four are overt and learn; nothing teaches nothing.
ACTS: Final = ("drug", "reach", "gather", "other", "nothing")
DRUG, REACH, GATHER, OTHER, NOTHING = range(5)
N_OVERT: Final = 4
# Who died does this for ever.
GONE: Final = 5

EPOCHS_PER_DAY: Final = 4
# The first of a day's four epochs.
NIGHT: Final = 0

ZERO, ONE, TWO = np.float32(0), np.float32(1), np.float32(2)
