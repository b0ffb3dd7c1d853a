"""What a correction and 只记其余的 leave alone: everything that they do not name."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checks import Mode
from bot.domain.income_kinds import Kind
from bot.forms.engine import Draft
from bot.forms.record import entry_count
from bot.forms.record_edits import chosen, fixed, without
from bot.forms.which import TO
from bot.understanding.model import Fix

PARTS = ("kind", "amount", "month", "item")
entry = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([kind.value for kind in Kind]),
        "amount": st.integers(1, 99_999).map(str),
        "month": st.sampled_from(["2024-01", "2024-02", "2024-03"]),
        "item": st.sampled_from(["务工", "生猪", "低保", "医疗支出"]),
    }
)
fix = st.builds(
    Fix,
    amount_fen=st.none() | st.integers(100, 9_999_900).map(lambda fen: fen // 100 * 100),
    kind=st.none() | st.sampled_from(list(Kind)),
    month=st.none() | st.sampled_from(["2023-12", "2024-02"]),
    day=st.none() | st.just(date(2024, 3, 10)),
    mode=st.none() | st.sampled_from(list(Mode)),
)


def _draft(entries: list[dict[str, str]], *, visit: bool) -> Draft:
    answers = {"household": "#1", "entries": str(len(entries))}
    for index, each in enumerate(entries):
        answers |= {f"e{index}.{part}": value for part, value in each.items()}
    if visit:
        answers |= {"visit": "1", "date": "2024-03-15", "mode": "home", "findings": "ok"}
    return Draft("record", answers)


def _entries(draft: Draft) -> list[dict[str, str]]:
    numbers = range(entry_count(draft.answers))
    return [{part: draft.answers.get(f"e{n}.{part}", "") for part in PARTS} for n in numbers]


@given(st.lists(entry, max_size=4), st.booleans(), fix)
def test_a_correction_changes_one_entry_or_asks_which(entries: list[dict[str, str]], visit: bool, said: Fix) -> None:
    """Never two, never another; what is asked is kept, and goes to the entry that is chosen."""
    before = _draft(entries, visit=visit)
    after = fixed(before, said)
    if after is None:
        return
    changed = [n for n, (old, new) in enumerate(zip(_entries(before), _entries(after), strict=True)) if old != new]
    assert len(changed) <= 1
    assert after.revision == before.revision + 1
    if not any(key.startswith(TO) for key in after.answers):
        return
    assert changed == []
    done = chosen(after, "1")
    others = [n for n in range(len(entries)) if n != 1]
    assert [_entries(done)[n] for n in others] == [entries[n] for n in others]
    assert not any(key.startswith(TO) for key in done.answers)
    if said.amount_fen is not None:
        assert done.answers["e1.amount"] == str(said.amount_fen // 100)


@given(st.lists(entry, min_size=1, max_size=4), st.data())
def test_what_is_left_out_is_what_was_recorded_before(entries: list[dict[str, str]], data: st.DataObject) -> None:
    again = data.draw(st.sets(st.sampled_from([None, *range(len(entries))])))
    after = without(_draft(entries, visit=True), again)
    assert _entries(after) == [each for n, each in enumerate(entries) if n not in again]
    assert ("visit" in after.answers) == (None not in again)
    assert after.answers["household"] == "#1"
