"""The one error that is shown to a person as it stands; everything else is a bug and is shown as one."""


class UserError(Exception):
    """Something a person can act on.

    Args:
        what: what happened, naming the file, sheet, cell or measure; a whole sentence.
        where: what it means for the work in hand ("Nothing was stored and nothing has changed.").
        what_to_do: the next step, as an instruction.
    """

    def __init__(self, what: str, where: str, what_to_do: str) -> None:
        super().__init__(f"{what} {where} {what_to_do}")
        self.what = what
        self.where = where
        self.what_to_do = what_to_do


class Cancelled(Exception):
    """The person stopped a long piece of work; nothing of it was kept."""
