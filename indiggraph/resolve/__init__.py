"""Identity: which mentions refer to one thing, in a text and across texts, and why."""

from __future__ import annotations

from indiggraph.resolve.block import Crowd
from indiggraph.resolve.judgements import read_judgements, write_judgements
from indiggraph.resolve.linker import Linker, resolve

__all__ = ["Crowd", "Linker", "read_judgements", "resolve", "write_judgements"]
