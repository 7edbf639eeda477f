"""What the network sees of each word, in few 8-bit numbers: principal components of what its heads compute from.

What learns from annotated articles takes these for the meaning of words.  The projection is computed by
``python -m training.vectors``; :data:`SCALE` is what one standard deviation is as a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from indiggraph.errors import ModelError
from indiggraph.lang.encoder import FloatArray, Outputs

__all__ = ["SCALE", "Bytes", "Projection", "seen"]

Bytes = npt.NDArray[np.int8]

SCALE = 32.0
_LARGEST = 127


def seen(out: Outputs) -> FloatArray:
    """The vectors from which heads score trees and names, side by side; rows as in `out`."""
    return np.concatenate([out.arc_dep, out.arc_head, out.rel_dep, out.rel_head, out.ner], axis=1)


@dataclass(frozen=True, slots=True)
class Projection:
    """The mean of what is seen, and the axes on which it is projected, each scaled to unit variance."""

    mean: FloatArray
    axes: FloatArray

    @classmethod
    def from_file(cls, path: Path) -> Projection:
        """Read a projection; a missing or damaged file raises `ModelError`."""
        try:
            with np.load(path) as file:
                mean, axes = (file[name].astype(np.float32) for name in ("mean", "axes"))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ModelError(f"cannot read a file of the language model: {path}: {error}") from error
        if mean.ndim != 1 or axes.ndim != 2 or len(mean) != len(axes):
            raise ModelError(f"cannot read a file of the language model: {path}: its arrays do not fit")
        return cls(mean, axes)

    @property
    def width(self) -> int:
        """How many numbers a word has."""
        return int(self.axes.shape[1])

    def of(self, out: Outputs) -> Bytes:
        """The numbers of each row."""
        scaled = np.rint((seen(out) - self.mean) @ self.axes * np.float32(SCALE))
        return np.clip(scaled, -_LARGEST, _LARGEST).astype(np.int8)
