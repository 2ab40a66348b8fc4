"""What an analyst types into the form, and the subjects that it stands for."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from screenkit.errors import InvalidSubjectError
from screenkit.model import Subject
from screenkit.service.state import Order

#: The most names that are screened at once.
MOST_NAMES = 50
_LONGEST = 200_000


@attrs.frozen(kw_only=True)
class Form:
    """The fields as they were typed, so that they can be shown again."""

    names: str = ""
    kind: str = ""
    birth_date: str = ""
    countries: str = ""
    gender: str = ""
    identifiers: str = ""
    customer: str = ""
    threshold: str = ""

    @classmethod
    def read(cls, given: Mapping[str, object]) -> Form:
        """The form of a request. Raises `InvalidSubjectError` for a field that is far too long."""
        texts = {field.name: given.get(field.name, "") for field in attrs.fields(cls)}
        if any(not isinstance(text, str) or len(text) > _LONGEST for text in texts.values()):
            raise InvalidSubjectError("a field is too long")
        return cls(**{name: str(text).strip() for name, text in texts.items()})

    def fields(self) -> dict[str, str]:
        """The fields by name."""
        return dict(attrs.asdict(self))

    def orders(self) -> list[Order]:
        """What is to be screened: each line is a name. Raises `InvalidSubjectError`."""
        names = [line.strip() for line in self.names.splitlines() if line.strip()]
        if not names:
            raise InvalidSubjectError("Type a name; each line is a name of its own.")
        if len(names) > MOST_NAMES:
            raise InvalidSubjectError(f"There are {len(names):,} names; at most {MOST_NAMES} are screened at once.")
        if len(names) > 1 and (self.birth_date or self.identifiers or self.customer):
            raise InvalidSubjectError("Birth date, identifiers and customer number are about one name; give one line.")
        return [Order(subject=self._subject(name), threshold=self._threshold()) for name in names]

    def _subject(self, name: str) -> Subject:
        return Subject(
            name,
            kind=self.kind or None,  # type: ignore[arg-type]  # any text; one that is no kind is refused
            birth_date=self.birth_date or None,
            countries=[one.strip() for one in self.countries.split(",") if one.strip()],
            gender=self.gender or None,
            identifiers=[one.strip() for one in self.identifiers.replace(";", "\n").splitlines() if one.strip()],
            customer=self.customer or None,
        )

    def _threshold(self) -> float | None:
        try:
            return float(self.threshold) if self.threshold else None
        except ValueError:
            raise InvalidSubjectError("The threshold must be a number such as 0.60.") from None
