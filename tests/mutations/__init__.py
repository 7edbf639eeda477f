"""Mutated seeds: the same two articles about other people, bodies, sums, sectors and years."""
