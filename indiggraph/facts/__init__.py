"""Doc + mentions + values + frames -> facts.  spaCy ends here.

For every sentence: triggers (:mod:`.triggers`), values bound to them (:mod:`.choosing`, :mod:`.binding`), roles
(:mod:`.roles`), time, sectors, modality, who says so (:mod:`.attribution`, :mod:`.sources`), over sentences the shares
of totals (:mod:`.shares`), and a second reading by a network (:mod:`.reading`).
"""

from indiggraph.facts.build import find_facts

__all__ = ["find_facts"]
