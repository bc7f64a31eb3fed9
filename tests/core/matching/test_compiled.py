import shutil
import subprocess
import sys
from pathlib import Path

from kith.core.matching.loops import compiled

# Two modules of loops beside a copy of `compiled`, in a package of their own.
INNER = "from kept.compiled import compiled\n\n\n@compiled\ndef inner():\n    return {}\n"
OUTER = "from kept.compiled import compiled\nfrom kept.inner import inner\n\n\n@compiled\ndef outer():\n    return inner()\n"


def said(folder):
    """What the loop says in a process of its own, and whether machine code was there already."""
    program = "from kept.outer import outer; print(outer(), sum(outer.stats.cache_hits.values()))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def test_machine_code_is_kept_until_a_loop_in_another_file_changes(tmp_path):
    package = tmp_path / "kept"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(Path(compiled.__file__), package / "compiled.py")
    (package / "outer.py").write_text(OUTER)
    (package / "inner.py").write_text(INNER.format(1))

    first, again = said(tmp_path), said(tmp_path)
    (package / "inner.py").write_text(INNER.format(2))

    assert (first, again) == (["1", "0"], ["1", "1"])
    assert said(tmp_path) == ["2", "0"]
