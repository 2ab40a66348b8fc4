"""The features of a Senzing record: attributes that belong together.

The attributes are those of the Senzing Entity Specification
(https://www.senzing.com/docs/entity_specification/): they stand at the top of a record or in objects of a
list, one object a feature, and any of them may have its feature's usage type in front (HOME_ADDR_CITY).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from screenkit.model import IdentifierType
from screenkit.sources.formats.json_values import Json

#: Family -> attributes. A feature is attributes of one family that stand together.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "NAME": (
        "NAME_TYPE", "NAME_FULL", "NAME_ORG", "NAME_LAST", "NAME_FIRST", "NAME_MIDDLE", "NAME_PREFIX", "NAME_SUFFIX",
    ),
    "ADDR": (
        "ADDR_TYPE", "ADDR_FULL", "ADDR_LINE1", "ADDR_LINE2", "ADDR_LINE3", "ADDR_LINE4", "ADDR_LINE5", "ADDR_LINE6",
        "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY", "ADDR_FROM_DATE", "ADDR_THRU_DATE",
    ),
    "REL": (
        "REL_POINTER_DOMAIN", "REL_POINTER_KEY", "REL_POINTER_ROLE", "REL_POINTER_FROM_DATE", "REL_POINTER_THRU_DATE",
    ),
    "ANCHOR": ("REL_ANCHOR_DOMAIN", "REL_ANCHOR_KEY"),
    "PASSPORT": ("PASSPORT_NUMBER", "PASSPORT_COUNTRY", "PASSPORT_TYPE"),
    "NATIONAL_ID": ("NATIONAL_ID_NUMBER", "NATIONAL_ID_COUNTRY", "NATIONAL_ID_TYPE"),
    "TAX_ID": ("TAX_ID_NUMBER", "TAX_ID_COUNTRY", "TAX_ID_TYPE"),
    "OTHER_ID": ("OTHER_ID_NUMBER", "OTHER_ID_COUNTRY", "OTHER_ID_TYPE"),
    "TRUSTED_ID": ("TRUSTED_ID_NUMBER", "TRUSTED_ID_TYPE"),
    "DRIVERS_LICENSE": ("DRIVERS_LICENSE_NUMBER", "DRIVERS_LICENSE_STATE"),
    "SSN": ("SSN_NUMBER", "SSN_LAST4"),
    "ACCOUNT": ("ACCOUNT_NUMBER", "ACCOUNT_DOMAIN"),
    "PHONE": ("PHONE_NUMBER", "PHONE_TYPE", "PHONE_FROM_DATE", "PHONE_THRU_DATE"),
    "DATE_OF_BIRTH": ("DATE_OF_BIRTH",),
    "PLACE_OF_BIRTH": ("PLACE_OF_BIRTH",),
    "NATIONALITY": ("NATIONALITY",),
    "CITIZENSHIP": ("CITIZENSHIP",),
    "REGISTRATION_COUNTRY": ("REGISTRATION_COUNTRY",),
    "COUNTRY_OF_ASSOCIATION": ("COUNTRY_OF_ASSOCIATION",),
    "GENDER": ("GENDER",),
    "LEI": ("LEI_NUMBER",),
    "DUNS": ("DUNS_NUMBER",),
    "NPI": ("NPI_NUMBER",),
    "IMO": ("IMO_NUMBER",),
    "MMSI": ("MMSI_NUMBER",),
    "CALL_SIGN": ("CALL_SIGN",),
    "ISIN": ("ISIN_NUMBER",),
    "WEBSITE": ("WEBSITE_ADDRESS",),
    "EMAIL": ("EMAIL_ADDRESS",),
}  # fmt: skip

#: Family -> the sort of identifier that it is.
IDENTIFIERS: Mapping[str, IdentifierType] = {
    "PASSPORT": IdentifierType.PASSPORT,
    "NATIONAL_ID": IdentifierType.NATIONAL_ID,
    "SSN": IdentifierType.NATIONAL_ID,
    "TAX_ID": IdentifierType.TAX,
    "OTHER_ID": IdentifierType.OTHER,
    "TRUSTED_ID": IdentifierType.OTHER,
    "DRIVERS_LICENSE": IdentifierType.OTHER,
    "NPI": IdentifierType.OTHER,
    "ISIN": IdentifierType.OTHER,
    "ACCOUNT": IdentifierType.ACCOUNT,
    "PHONE": IdentifierType.PHONE,
    "LEI": IdentifierType.LEI,
    "DUNS": IdentifierType.DUNS,
    "IMO": IdentifierType.IMO,
    "MMSI": IdentifierType.MMSI,
    "CALL_SIGN": IdentifierType.CALL_SIGN,
    "WEBSITE": IdentifierType.WEBSITE,
    "EMAIL": IdentifierType.EMAIL,
}

_FAMILY_OF = {attribute: family for family, attributes in _FAMILIES.items() for attribute in attributes}


@attrs.frozen
class Feature:
    """Attributes of one family that belong together."""

    #: A key of the families above; empty for attributes that the specification doesn't have.
    family: str
    #: The usage type in front of the attributes, such as "HOME"; else empty.
    usage: str
    #: Attribute -> value, in published order and without the usage type.
    attributes: dict[str, Json]


def features(record: Mapping[str, Json]) -> Iterator[Feature]:
    """The features of a record: those at its top, then those in its lists, in published order."""
    yield from _together({key: value for key, value in record.items() if not _is_feature_list(value)})
    for value in record.values():
        if _is_feature_list(value) and isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from _together(one)


def _is_feature_list(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _together(attributes: Mapping[str, Json]) -> list[Feature]:
    found: dict[tuple[str, str], Feature] = {}
    for key, value in attributes.items():
        usage, attribute, family = _divide(key)
        # An attribute that isn't in the specification is a fact of its own.
        group = (usage, family or key)
        found.setdefault(group, Feature(family, usage, {})).attributes[attribute] = value
    return list(found.values())


def _divide(key: str) -> tuple[str, str, str]:
    """Usage type, attribute and family: "HOME_ADDR_CITY" is "HOME", "ADDR_CITY" and "ADDR"."""
    usage, attribute = "", key
    while attribute not in _FAMILY_OF:
        head, _, rest = attribute.partition("_")
        if not rest:
            return "", key, ""
        usage, attribute = f"{usage}_{head}".strip("_"), rest
    return usage, attribute, _FAMILY_OF[attribute]
