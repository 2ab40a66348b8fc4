"""What is said of what can't be read: a column of which nearly all can't be, a sentence for each fact, and of names."""

from __future__ import annotations

from collections.abc import Iterator

from screenkit.errors import BatchError
from screenkit.model.wording import counted

from .counts import OTHERS, Counts

#: A column with fewer values than this says nothing about an option.
_LEAST_VALUES = 100
#: Fact -> the option that says which column it is.
_OPTIONS = {"birth_date": "--birth-date", "country": "--country", "kind": "--kind", "gender": "--gender"}
_PLURALS = {
    "birth_date": "birth dates",
    "country": "countries",
    "kind": "kinds",
    "gender": "genders",
    "identifier": "identifiers",
}
#: How often something must occur to be quoted, and how many are.
_LEAST_QUOTED, _QUOTED = 3, 3


def refuse_unreadable(counts: Counts, seen: int) -> None:
    """Raise `BatchError` where nine of ten values of a fact can't be read in the first rows."""
    for field, unread in counts.unread_facts.items():
        stated = counts.stated_facts[field]
        if stated >= _LEAST_VALUES and 10 * unread >= 9 * stated:
            raise BatchError(
                f"{unread:,} of the {stated:,} {_PLURALS[field]} in the first {seen:,} rows can't be read:"
                f" {_looks(counts, field)}. {_remedy(counts, field)} Start again with --overwrite. To screen without"
                " them, use --unreadable-facts ignore."
            )


def notices(counts: Counts) -> Iterator[str]:
    """A sentence for each fact without which customers were screened."""
    for field, unread in sorted(counts.unread_facts.items(), key=lambda one: -one[1]):
        remedy = f" {_remedy(counts, field)}" if field == "birth_date" and counts.date_forms else ""
        which = f"{counted(unread, 'row')} screened without the {field.replace('_', ' ')}, which can't be read"
        yield f"{which}: {_looks(counts, field)}.{remedy}"


def names_notice(unread_names: int) -> str:
    """A sentence on how many customers have a name that can't be read dependably."""
    return (
        f"{counted(unread_names, 'customer')} with a name in a script that can't be read dependably;"
        " without a hit they are not clear"
    )


def _looks(counts: Counts, field: str) -> str:
    """What the values look like, the most frequent first; what is rare could be about one customer."""
    found = {
        look.removeprefix(f"{field} "): count
        for look, count in counts.unread_values.most_common()
        if look.startswith(f"{field} ") and not look.endswith(OTHERS) and count >= _LEAST_QUOTED
    }
    shown = [f"{look or 'no text'} ({count:,})" for look, count in list(found.items())[:_QUOTED]]
    rest = sum(count for look, count in counts.unread_values.items() if look.startswith(f"{field} "))
    rest -= sum(list(found.values())[:_QUOTED])
    others = counted(rest, "other" if shown else "value")
    return ", ".join([*shown, others] if rest else shown)


def _remedy(counts: Counts, field: str) -> str:
    """The option that would help."""
    if field == "birth_date" and counts.date_forms:
        most = counts.date_forms.most_common(1)[0][1]
        forms = [form for form, count in counts.date_forms.items() if count == most]
        options = " or ".join(f"--date-format {form}" for form in forms[:2])
        return f"{options} would read {most:,} of them."
    return f"Check the column: {_OPTIONS[field]} HEADING." if field in _OPTIONS else "Check the column."
