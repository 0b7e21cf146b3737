"""Attacks on the command line: careless and hostile inputs by seed, judged by what must never happen.

``python -m tests.attacks --seed 7 --rounds 200`` tries them and prints the counts that docs/reliability.md quotes.
"""
