"""The parts of :mod:`indiggraph.evaluate`: gold files, what a graph says, their alignment, and the counts."""
