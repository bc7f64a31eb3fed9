"""Simulated people: a world, what a design gives each of them, and the engine that lives it."""
