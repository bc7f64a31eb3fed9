"""What goes with every export, so that who receives it knows what they may not do."""

# 42 CFR 2.32(a)(2), the shorter of the statements that the rule offers (89 FR 12472, 2024).
PART_2 = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

NOTICE = f"""\
PLEASE READ BEFORE YOU OPEN ANY OTHER FILE

These are de-identified records of people who take part in a study. De-identified does not mean
that nobody can be found. Who knows enough about somebody may still recognize them. So:

1. Do not try to find out who anybody is, alone or with the help of other data.
2. Do not pass these records on. Send others to whoever gave them to you.
3. Use them only for what the people in them agreed to. It is in the file export.json.
4. If you recognize somebody, tell whoever gave you these records, and nobody else.
5. When the next export comes, delete this one. Whoever took their consent back is not in the next.
6. Cells of fewer than eleven people were left out. Publish none either.

If any of these records come from a program to which 42 CFR part 2 applies (a federally assisted
program in the United States that treats, diagnoses or refers for substance use disorder), then
this statement goes with them, here and wherever they are passed on lawfully:

    {PART_2}
"""
