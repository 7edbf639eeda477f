"""spaCy's English tokenizer, brought in line with the Universal Dependencies treebanks the parser is trained on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

__all__ = ["adapt_tokenizer"]

# Prefixes that the treebanks leave joined by their hyphen ("non-oil", "co-operate"), against "well - known".
_JOINED = (
    *("anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "mid", "mini", "multi", "non", "over", "post"),
    *("pre", "pro", "pseudo", "quasi", "re", "semi", "sub"),
)
_HYPHENS = "-‐‑–—"
_CURRENCY = "$€£¥₹₦₽₩₺฿₫₴₱₪₸₵"

_RUNS = ("-{2,}", "={2,}", r"\*{2,}", "_{2,}", "[!?]{2,}", r"\$\${1,}")  # one token each
_MULTIPLIERS = "k|K|bn|bln|mn|mln|trn|tn"  # after a number; spaCy's own rules split m and the units
_NO_EXCEPTIONS = frozenset({"and/or"})  # spaCy's exceptions that the treebanks split
_NOT_AFTER_JOINED = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in _JOINED)

_INFIXES = (
    r"\.\.+|…",
    r"(?<=[0-9])[+*^×](?=[0-9-])",
    rf"(?<=[{ALPHA_LOWER}0-9{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",  # "...in town.The next"
    rf"(?<=[{ALPHA_LOWER}]{{2}}[{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
    rf"(?<=[,.!?])[\"”](?=[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9.%]){_NOT_AFTER_JOINED}[{_HYPHENS}](?=[{ALPHA}])",
    rf"(?<=[{ALPHA}.%]){_NOT_AFTER_JOINED}[{_HYPHENS}](?=[0-9{_CURRENCY}])",
    rf"(?<=[0-9])[–—](?=[0-9{_CURRENCY}])",
    r"(?<=[0-9])-(?=[0-9])",
    rf"(?<=[0-9{ALPHA}%])-(?=[{_CURRENCY}])",
    rf"(?<=[{ALPHA}])[:<>=/](?=[{ALPHA}])",
    rf"(?<=[0-9])/(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9])--+(?=[{ALPHA}0-9])",
    rf"(?<=[{ALPHA}0-9])[()\[\]](?=[{ALPHA}0-9])",
    rf"(?<=[^\s])[{_CURRENCY}](?=[0-9])",
)


def adapt_tokenizer(nlp: Language, abbreviations: Iterable[str]) -> None:
    """Replace the rules of the pipeline's tokenizer; `abbreviations` keep their full stop."""
    tokenizer: Any = nlp.tokenizer
    prefixes, suffixes = (tuple(rules or ()) for rules in (nlp.Defaults.prefixes, nlp.Defaults.suffixes))
    tokenizer.infix_finditer = compile_infix_regex(_INFIXES).finditer
    tokenizer.prefix_search = compile_prefix_regex((*_RUNS, *prefixes, f"[{_HYPHENS}]")).search
    tokenizer.suffix_search = compile_suffix_regex(
        (*_RUNS, *suffixes, f"[{_HYPHENS}]", rf"(?<=[0-9])(?:{_MULTIPLIERS})")
    ).search
    tokenizer.token_match = re.compile(r"[0-9]+(?:-[0-9]+){2,}$").match  # telephone numbers, dates
    tokenizer.rules = {text: rule for text, rule in (tokenizer.rules or {}).items() if text not in _NO_EXCEPTIONS}
    orth = nlp.vocab.strings["ORTH"]  # the symbol; spacy.symbols has no type stubs
    for text in abbreviations:
        tokenizer.add_special_case(text, [{orth: text}])
