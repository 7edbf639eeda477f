"""Reads every fact a second time, in its surroundings: a small network beside the rules.

Rules know what verbs and nouns ask for; the network weighs all that stands around a fact (:mod:`.surroundings`), in the
light of the whole article (:mod:`.article`), and says how likely each thing, time and earlier figure near it fills
which slot (:mod:`.network`).  Where it is sure enough it fills what the rules left empty or takes out what they put
there (:mod:`.decisions`); parts and wholes agree in the end (:mod:`.totals`).
"""

from indiggraph.facts.reading.decisions import LIKELY, UNLIKELY, Reread, load_limits, second_reading

__all__ = ["LIKELY", "UNLIKELY", "Reread", "load_limits", "second_reading"]
