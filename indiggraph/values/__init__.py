"""Sums, quantities and times in news English, read exactly; usable on its own, without spaCy.

``find_values`` reads everything in one pass; ``find_money`` reads sums alone and is faster.
"""

from indiggraph.values.find import find_quantities, find_times, find_values
from indiggraph.values.money import find_money
from indiggraph.values.render import value_to_json

__all__ = ["find_money", "find_quantities", "find_times", "find_values", "value_to_json"]
