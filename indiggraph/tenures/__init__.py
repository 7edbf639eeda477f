"""Who holds which post at which body."""

from indiggraph.tenures.find import find_tenures

__all__ = ["find_tenures"]
