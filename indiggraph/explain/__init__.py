"""Why a text or a graph says what it says: the notes of the build, put in order for a reader."""

from indiggraph.explain.graphs import explain_node
from indiggraph.explain.render import render
from indiggraph.explain.texts import explain_text, find_document

__all__ = ["explain_node", "explain_text", "find_document", "render"]
