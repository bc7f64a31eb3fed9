"""How many it takes: by formula where there is one, by simulation always."""
