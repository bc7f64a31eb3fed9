"""Asks and offers between people: a ride, a meal, a walk. No money, no rating, and they end."""
