"""Study pipelines: a locked study and its records in, results out."""
