"""The check of regular expressions finds those that can take for ever, and passes those that cannot."""

import random
import re
import time
from pathlib import Path

import pytest

from scripts.check_patterns import INSTEAD
from scripts.patterns.ambiguity import faults
from scripts.patterns.collect import hidden, of_package
from scripts.patterns.machine import Unknown

EXPONENTIAL = [
    r"^(?:看(?:一?下|看)?|查)*$",  # 看看 is one word or two
    r"^(?:今[天日]|我的|\ue003*)*(?:待办)$",
    r"^(?:收到)(?:的|了|好|辛苦了?|谢谢)*$",
    r"^(?:都|还|还算|算)*安全$",
    r"(?:情况|还算|还|算)*(?:正常|好)$",
    r"去(?:了|过|一?趟|了?一?眼)*家",
    r"^(?:块钱?|元)*(?:也|都|嫌[^,]{0,4}|,)*没卖",
    r"^(?:人家|家|人|的)*名单$",
    r"^(?:(?:我|我们)?(?:马上)?(?:整|改|整改))*$",
    r"(?:a+)+b",
    r"(?:a|a)*b",
    r"^(?:a?b?)*c",
    r"^(?:a|aa){0,20}c",
    r"(?i)^(?:ab|AB)*x",
    r"(?>(?:a|a)*b)c",
    r"^(?=(?:a|ab|b)*c)d",
    r"^(?:[a-m]个|[h-z]个)*$",
]
QUADRATIC = [
    r"(?:给|能|可)*报",
    r"\s+$",
    r"a*b",
    r"x.*y",
    r"^a*a*b",
    r"^[\s,]*[ 家]*$",
    r"^(?:过|的)*(?:户|的)*$",
    r"\ue000[\ue003 ]*(?:我|\ue003)*去",
    r"\d+(?=年)",
    r"(?<!没)(?=.*有)好",
    r"(?:a|b)*+c",
]
LINEAR = [
    r"^(?:看(?:一?下)?|查)*$",
    r"^(?:过|的)*(?:户(?:户|的)*)?$",
    r"(?:给|能|可){0,5}报",
    r"[^<&]+",
    r"\ue000\ue001*家",
    r"^.*a",
    r"^(?:a|ab|b)*+c",
    r"(?>a|ab)c",
    r"没(?:有|得|发现)*问题",
    r"\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,9})?",
    r"(?P<n>[\u4e00-\u9fff]{2,4}?)(?=的?(?:$|[,。]))",
]


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_what_can_be_read_in_two_ways_again_and_again_is_refused(pattern: str) -> None:
    """Nested and overlapping repetitions, in lookaheads and atomic groups too."""
    assert any(fault.startswith("exponential") for fault in faults(pattern))


@pytest.mark.parametrize("pattern", QUADRATIC)
def test_what_runs_through_the_text_from_each_place_is_refused(pattern: str) -> None:
    """Neighbours that share their text, and searches that begin with a repetition."""
    found = faults(pattern)
    assert found
    assert all(fault.startswith("quadratic") for fault in found)


@pytest.mark.parametrize("pattern", LINEAR)
def test_what_reads_the_text_once_passes(pattern: str) -> None:
    """Words that can be read in one way, bounded repetitions, possessive ones."""
    assert faults(pattern) == []


@pytest.mark.parametrize(("refused", "passing", "why"), INSTEAD)
def test_the_advice_is_good(refused: str, passing: str, why: str) -> None:
    """What the check says to write instead passes the check."""
    assert faults(refused)
    assert faults(passing) == []
    assert why


def test_what_cannot_be_judged_is_no_pass() -> None:
    """A back reference can hide anything."""
    with pytest.raises(Unknown):
        faults(r"(a*)b\1")


def test_patterns_built_from_parts_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check sees what was compiled in the end, with its flags, and what stands in a call that has not run."""
    package = tmp_path / "made_up_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "words.py").write_text(
        'import re\nPART = "(?:a|b)*"\nALL = [re.compile(rf"^{PART}{each}", re.IGNORECASE) for each in "cd"]\n'
        'def later(text: str) -> bool:\n    return bool(re.search("x+y", text, flags=re.DOTALL))\n'
        'RAW = re.compile(rb"(?:a|\\xff)*z")\nraw = lambda text: re.sub(b"r+", b"", text)\n'
    )
    monkeypatch.syspath_prepend(tmp_path)
    found = {(each.pattern, each.flags) for each in of_package("made_up_package")}
    assert found == {("^(?:a|b)*c", re.IGNORECASE), ("^(?:a|b)*d", re.IGNORECASE), ("x+y", re.DOTALL)} | {
        ("(?:a|\\xff)*z", re.ASCII),
        ("r+", re.ASCII),
    }


@pytest.mark.parametrize(
    "line",
    [
        "import re as r",
        "from re import compile",
        "def f(x, y): return re.search(x, y)",
        "def f(x, y): return re.compile(f'{x}*').match(y)",
        "g = lambda x, y: re.sub(x + '*', '', y)",
        "h = map(re.compile, ['a*'])",
        "import re\nfind = re.search",
    ],
)
def test_a_pattern_cannot_hide(line: str) -> None:
    """Built at run time or behind another name, a pattern would not be seen: the code itself is refused."""
    assert hidden(line)


def test_ordinary_use_is_not_refused() -> None:
    """Flags, types and constants are as they were."""
    assert not hidden("import re\nA = re.compile('a', re.IGNORECASE)\ndef f(m: re.Match[str]) -> bool:\n    return m")


def _grown(rng: random.Random, depth: int) -> str:
    if depth == 0:
        return rng.choice("ab")
    one, other = _grown(rng, depth - 1), _grown(rng, rng.randrange(depth))
    return rng.choice(
        [one + other, one + other, f"(?:{one}|{other})", f"(?:{one})*", f"(?:{one})?", f"(?:{one}|{other})+"]
    )


def test_what_passes_is_fast() -> None:
    """Patterns grown at random: those that pass read long texts that they nearly match at once."""
    rng, passed = random.Random(8), 0
    texts = ["a" * 3000 + "c", "b" * 3000 + "c", "ab" * 1500 + "c", "aab" * 1000 + "c", "abb" * 1000 + "c"]
    for _ in range(1500):
        pattern = f"{_grown(rng, 4)}c?d"
        if faults(pattern):
            continue
        passed += 1
        started = time.process_time()
        for text in texts:
            re.search(pattern, text)
        assert time.process_time() - started < 2, pattern
    assert passed > 100
