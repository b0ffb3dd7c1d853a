"""Expected refusals: what was asked for cannot be done, and why, as a code with a text in both catalogues."""


class Refused(Exception):
    """A use case refuses; nothing has changed. `code` names the text `refused-<code>`, `details` are its variables."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
