"""A simulated town for the demo: a year of what its people did, as rows of the app.

Nobody in it is real. It is written into a demo's own database and nowhere else. What people did is
lived by the model (kith.lab.living); rows are made by the actions that real people use, or in bulk
where that would take minutes, and then a test holds that both are the same.
"""
