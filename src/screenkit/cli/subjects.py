"""The options that state what a customer is besides the name."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import click

from screenkit import Kind, Subject

from .options import Command, collected, kind_option


@attrs.frozen(kw_only=True)
class Facts:
    """What is known of a customer besides the name."""

    #: Person, organization, vessel or aircraft.
    kind: Kind | None
    #: The date of birth, of any precision.
    birth_date: str | None
    #: Countries the customer is tied to.
    countries: tuple[str, ...]
    #: Male or female.
    gender: str | None
    #: Passports, tax numbers and the like.
    identifiers: tuple[str, ...]
    #: The customer's key.
    customer: str | None

    def subject(self, names: str | Iterable[str]) -> Subject:
        """The customer of this name or these names."""
        return Subject(
            names,
            kind=self.kind,
            birth_date=self.birth_date,
            countries=self.countries,
            gender=self.gender,
            identifiers=self.identifiers,
            customer=self.customer,
        )


_OPTIONS = (
    kind_option,
    click.option("--birth-date", metavar="DATE", help="The date of birth: YYYY, YYYY-MM or YYYY-MM-DD."),
    click.option(
        "--country", "countries", multiple=True, metavar="COUNTRY", help="An ISO 3166 code or a name; may be repeated."
    ),
    click.option("--gender", metavar="GENDER", help="male or female."),
    click.option(
        "--identifier",
        "identifiers",
        multiple=True,
        metavar="TYPE:VALUE[:COUNTRY]",
        help='A number such as "passport:A1234567:cn" or "IMO 9116412"; may be repeated.',
    ),
    click.option("--customer", metavar="KEY", help="Your key of the customer, under which decisions are kept."),
)


def facts_options(command: Command) -> Command:
    """Give a command the options that state what a customer is, as its argument `facts`."""
    return collected(command, _OPTIONS, "facts", Facts)
