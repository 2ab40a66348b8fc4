"""The closed sets of terms in list entries: kinds of targets, types of names and identifiers, measures."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of target or subject."""

    PERSON = "person"
    ORGANIZATION = "organization"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class NameType(StrEnum):
    """The publisher's type of name: the main name, or also, formerly or now known as."""

    PRIMARY = "primary"
    AKA = "a.k.a."
    FKA = "f.k.a."
    NKA = "n.k.a."


class Strength(StrEnum):
    """Whether the publisher marks a name as weak (OFAC's weak a.k.a., UN's "Low" alias quality)."""

    STRONG = "strong"
    WEAK = "weak"


class Measure(StrEnum):
    """What a listing entails for those who deal with the target."""

    #: Property is frozen and may not be dealt in.
    BLOCK = "block"
    #: Transactions are rejected; property is not frozen.
    REJECT = "reject"
    #: Certain dealings only, such as new debt or equity of a stated maturity.
    SECTORAL = "sectoral"
    #: Goods, software or technology need a license or may not be supplied; includes arms embargoes.
    EXPORT = "export"
    #: Entry and transit are refused.
    TRAVEL = "travel"
    #: A measure on financial institutions, such as section 311 of the USA PATRIOT Act.
    SPECIAL_MEASURE = "special measure"


class IdentifierType(StrEnum):
    """The type of an identifier; the publisher's own wording is in `Identifier.label`."""

    PASSPORT = "passport"
    NATIONAL_ID = "national id"
    TAX = "tax"
    REGISTRATION = "registration"
    LEI = "lei"
    BIC = "bic"
    DUNS = "duns"
    #: The International Maritime Organization's number of a ship; also if the list doesn't say whether of a ship.
    IMO = "imo"
    #: Its number of a shipping company or registered owner, from a separate series.
    COMPANY_IMO = "company imo"
    MMSI = "mmsi"
    CALL_SIGN = "call sign"
    TAIL_NUMBER = "tail number"
    SERIAL_NUMBER = "serial number"
    WALLET = "wallet"
    CHINESE_COMMERCIAL_CODE = "chinese commercial code"
    WEBSITE = "website"
    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"
    OTHER = "other"
