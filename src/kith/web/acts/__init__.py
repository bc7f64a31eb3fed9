"""The log of connective acts, from which ties grow. It is written here, and only added to."""
