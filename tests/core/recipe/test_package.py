"""The package as others meet it."""

import subprocess
import sys

from kith.core import recipe


def test_everything_promised_is_there():
    assert [name for name in recipe.__all__ if not hasattr(recipe, name)] == []


def test_importing_it_brings_in_nothing_heavy():
    script = "import sys, kith.core.recipe; print({'numpy', 'django', 'scipy'} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "set()"
