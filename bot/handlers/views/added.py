"""What was added to a record after it was saved: words, pictures, places."""

from bot.handlers.turn import Turn
from bot.handlers.views.wording import short
from bot.storage import attachments

LONGEST = 200  # characters of each note


def added_lines(turn: Turn, record_id: int) -> list[str]:
    """A line for each note, and how many pictures and places there are."""
    every = attachments.of_record(turn.tx, record_id)
    lines = [turn.t("added-note", note=short(each.content, LONGEST)) for each in every if each.kind == "note"]
    photos, places = (sum(each.kind == kind for each in every) for kind in ("photo", "location"))
    lines += [turn.t("added-photos", count=photos)] if photos else []
    return [*lines, turn.t("added-places", count=places)] if places else lines
