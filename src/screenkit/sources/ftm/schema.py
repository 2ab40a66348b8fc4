"""The schemata and properties of FollowTheMoney, and what they are in the project's nouns.

The model is that of https://followthemoney.tech/explorer/; schemata and properties bear its names.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from screenkit.model import IdentifierType, Kind, Measure, NameType, Strength

#: Schemata of parties. A legal entity is a person or an organization, the publisher doesn't know which.
PARTIES: Mapping[str, Kind] = {
    "Person": Kind.PERSON,
    "Organization": Kind.ORGANIZATION,
    "Company": Kind.ORGANIZATION,
    "PublicBody": Kind.ORGANIZATION,
    "LegalEntity": Kind.UNKNOWN,
    "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRCRAFT,
    "Vehicle": Kind.UNKNOWN,
}

#: Properties that are names; `name` may have several values, all of them main names.
NAMES: Mapping[str, tuple[NameType, Strength]] = {
    "name": (NameType.PRIMARY, Strength.STRONG),
    "alias": (NameType.AKA, Strength.STRONG),
    "abbreviation": (NameType.AKA, Strength.STRONG),
    "weakAlias": (NameType.AKA, Strength.WEAK),
    "previousName": (NameType.FKA, Strength.STRONG),
}

IDENTIFIERS: Mapping[str, IdentifierType] = {
    "passportNumber": IdentifierType.PASSPORT,
    "idNumber": IdentifierType.NATIONAL_ID,
    "socialSecurityNumber": IdentifierType.NATIONAL_ID,
    "taxNumber": IdentifierType.TAX,
    "vatCode": IdentifierType.TAX,
    "innCode": IdentifierType.TAX,
    "registrationNumber": IdentifierType.REGISTRATION,
    "ogrnCode": IdentifierType.REGISTRATION,
    "okpoCode": IdentifierType.REGISTRATION,
    "uscCode": IdentifierType.REGISTRATION,
    "kppCode": IdentifierType.OTHER,
    "bikCode": IdentifierType.OTHER,
    "uniqueEntityId": IdentifierType.OTHER,
    "cikCode": IdentifierType.OTHER,
    "npiCode": IdentifierType.OTHER,
    "leiCode": IdentifierType.LEI,
    "dunsCode": IdentifierType.DUNS,
    "swiftBic": IdentifierType.BIC,
    "imoNumber": IdentifierType.IMO,
    "mmsi": IdentifierType.MMSI,
    "callSign": IdentifierType.CALL_SIGN,
    "serialNumber": IdentifierType.SERIAL_NUMBER,
    "icaoCode": IdentifierType.OTHER,
    "publicKey": IdentifierType.WALLET,
    "accountNumber": IdentifierType.ACCOUNT,
    "iban": IdentifierType.ACCOUNT,
    "isin": IdentifierType.OTHER,
    "isinCode": IdentifierType.OTHER,
    "ticker": IdentifierType.OTHER,
    "permId": IdentifierType.OTHER,
    "ricCode": IdentifierType.OTHER,
    "unscId": IdentifierType.OTHER,
    "wikidataId": IdentifierType.OTHER,
    "website": IdentifierType.WEBSITE,
    "email": IdentifierType.EMAIL,
    "phone": IdentifierType.PHONE,
}


@attrs.frozen
class Edge:
    """A schema whose entities tie one party to another."""

    #: The property that names the party it goes out from.
    source: str
    #: The property that names the other one.
    target: str
    #: What the first party is to the other.
    outward: str
    #: What the other one is to the first.
    inward: str
    #: The property that says more exactly what the tie is.
    role: str = "role"


EDGES: Mapping[str, Edge] = {
    "Ownership": Edge("owner", "asset", "owner of", "owned by"),
    "Directorship": Edge("director", "organization", "director of", "directed by"),
    "Membership": Edge("member", "organization", "member of", "has the member"),
    "Employment": Edge("employee", "employer", "employed by", "employer of"),
    "Representation": Edge("agent", "client", "agent of", "represented by"),
    "Succession": Edge("predecessor", "successor", "succeeded by", "successor of"),
    "Family": Edge("person", "relative", "relative", "relative", role="relationship"),
    "Associate": Edge("person", "associate", "associate", "associate", role="relationship"),
    "UnknownLink": Edge("subject", "object", "linked to", "linked to"),
}

#: Schemata about a party that are none themselves, and the properties that refer to it.
ABOUT: Mapping[str, tuple[str, ...]] = {
    "Sanction": ("entity",),
    "Passport": ("holder",),
    "Identification": ("holder",),
    "CryptoWallet": ("holder",),
    "BankAccount": ("holder",),
    "Occupancy": ("holder",),
    **{schema: (edge.source, edge.target) for schema, edge in EDGES.items()},
}

#: Wordings of a sanction's `provisions`, in lower case, that name a measure.
PROVISIONS: tuple[tuple[str, Measure], ...] = (
    ("asset freeze", Measure.BLOCK),
    ("freezing of assets", Measure.BLOCK),
    ("blocking", Measure.BLOCK),
    ("travel ban", Measure.TRAVEL),
    ("entry ban", Measure.TRAVEL),
    ("arms embargo", Measure.EXPORT),
    ("export control", Measure.EXPORT),
)
