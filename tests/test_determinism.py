"""The same bytes from run to run: nothing hangs on the order in which Python happens to hash things."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

TEXT = """The council opened a cement plant in Harran and cut tariffs on tiles by 5 percent. A fair opened on Sunday.
The agency ordered mills to slash prices, buys 40 pumps a year and will allocate $3 million to makers of valves.
Exports rose by $2 billion to $9 billion, Anna Velde said; output of tiles, put at 300 tons, must double by 2030.
"""
BUILD = "import sys, indiggraph; sys.stdout.buffer.write(indiggraph.build([sys.argv[1]]).graph.turtle())"


def built(path: Path, seed: int) -> str:
    """Digest of the Turtle that a fresh process with this hash seed writes."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run([sys.executable, "-c", BUILD, str(path)], capture_output=True, env=environment, check=True)
    assert b"ig:Fact" in done.stdout
    return hashlib.sha256(done.stdout).hexdigest()


def test_the_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert len({built(path, seed) for seed in range(4)}) == 1
