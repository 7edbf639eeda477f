"""Measurements that are run by hand: figures and speed, side by side with others, never asserted by tests."""
