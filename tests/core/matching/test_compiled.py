import shutil
import subprocess
import sys
from pathlib import Path

from kith.core.matching.loops import compiled

# Two modules of loops beside a copy of `compiled`, in a package of their own.
INNER = "from compiled import compiled\n\n\n@compiled\ndef inner():\n    return {}\n"
OUTER = "from compiled import compiled\nfrom inner import inner\n\n\n@compiled\ndef outer():\n    return inner()\n"


def said(folder):
    """What the loop says in a process of its own, and whether machine code was there already."""
    program = "from outer import outer; print(outer(), sum(outer.stats.cache_hits.values()))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def test_machine_code_is_kept_until_a_loop_in_another_file_changes(tmp_path):
    shutil.copy(Path(compiled.__file__), tmp_path / "compiled.py")
    (tmp_path / "outer.py").write_text(OUTER)
    (tmp_path / "inner.py").write_text(INNER.format(1))

    first, again = said(tmp_path), said(tmp_path)
    (tmp_path / "inner.py").write_text(INNER.format(2))

    assert (first, again) == (["1", "0"], ["1", "1"])
    assert said(tmp_path) == ["2", "0"]
