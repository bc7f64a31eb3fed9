"""Between people here and the engine that seats them; nothing else in this app imports the core.

What runs the engine is machine code, which takes a while to be loaded: `forming` and `pairing` are
imported where they are used, and not by what answers pages.
"""
