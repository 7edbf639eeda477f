"""What is tested of facts here is how rules read a construction."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def all_by_rules_alone(by_rules_alone: None) -> None:
    """Leave out the second reading in all tests of this folder."""
