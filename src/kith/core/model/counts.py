"""What engines count, as whole numbers: their sums hang on no order."""

from enum import IntEnum

import numpy as np


class Count(IntEnum):
    """Columns of counts; those of a whole day stand in its last epoch."""

    USES = 0
    REACHING = 1
    REACHED = 2
    CONTACTS = 3
    LET_DOWN = 4
    GATHERING = 5
    LONELY = 6
    HELPING = 7
    # At the end of a day.
    PEOPLE_USING = 8
    ALIVE = 9
    IN_RELAPSE = 10
    OXYTOCIN = 11
    RESOLVE = 12


N_COUNTS = len(Count)
# Tone and resolve are counted in 1024ths.
FIXED = np.float32(1024)
