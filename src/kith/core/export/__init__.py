"""What leaves: records without names, coarsened, counted and described in the words of others."""
