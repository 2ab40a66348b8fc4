"""The labels by which OFAC names identifiers, each with its `IdentifierType`.

The labels are those of the ID types in OFAC's data specification for the SDN list and of the older, typed
remarks; each occurs in a published list. One that is not here still becomes an identifier where it reads
as a label ("Harbour Permit No. 12"), of type OTHER.
"""

from __future__ import annotations

import re

from screenkit.model import Identifier, IdentifierType
from screenkit.model.countries import country_code

_LABELS: dict[IdentifierType, tuple[str, ...]] = {
    IdentifierType.PASSPORT: (
        "Passport", "Passport No.", "Passport Booklet", "Diplomatic Passport", "U.S.A. Passport",
        "British National Overseas Passport", "Stateless Person Passport",
    ),
    IdentifierType.NATIONAL_ID: (
        "National ID No.", "National Foreign ID Number", "Cedula No.", "Cedula de Ciudadania", "D.N.I.", "C.U.R.P.",
        "C.U.I.", "CNP (Personal Numerical Code)", "Citizen's Card Number", "Credencial electoral",
        "Electoral Registry No.", "I.F.E.", "LE Number", "N.I.E.", "Numero de Identidad",
        "Personal ID Card", "Bosnian Personal ID No.", "Moroccan Personal ID No.", "Kenyan ID No.",
        "SSN", "Stateless Person ID Card", "Refugee ID Card",
        "Tarjeta de Identidad", "Tazkira National ID Card", "Turkish Identification Number",
        "UAE Identification",
    ),
    IdentifierType.TAX: (
        "Tax ID No.", "C.I.F.", "C.U.I.T.", "Fiscal Code", "Italian Fiscal Code", "N.I.F.", "NIT #",
        "Numero Unico de Identificacao Tributaria (NUIT)", "Paraguayan tax identification number",
        "R.F.C.", "RFC", "RIF #", "Romanian Tax Registration", "RSIN", "RTN", "RUC #", "US FEIN",
        "V.A.T. Number",
    ),
    IdentifierType.REGISTRATION: (
        "Registration ID", "Registration Number", "Afghan Money Service Provider License Number",
        "Branch Unit Number", "Business Number", "Business Registration Document #",
        "Business Registration Number", "C.R. No.", "Central Registration System Number",
        "Certificate of Incorporation Number", "Chamber of Commerce Number", "Commercial Registry Number",
        "Company ID", "Company Number", "Dubai Chamber of Commerce Membership No.",
        "Economic Register Number (CBLS)", "Enterprise Number", "File Number", "Folio Mercantil No.",
        "Government Gazette Number", "Istanbul Chamber of Comm. No.", "Legal Entity Number", "License",
        "MSB Registration Number", "Matricula Mercantil No", "Organization Code", "Permit Number",
        "Public Registration Number", "Registered Charity No.", "Romanian C.R.", "Tourism License No.",
        "Trade License No.", "UK Company Number", "Unified Social Credit Code (USCC)",
        "United Social Credit Code Certificate (USCCC)", "Vessel Registration Identification",
    ),
    IdentifierType.LEI: ("Legal Entity Identifier (LEI)", "LEI"),
    IdentifierType.BIC: ("SWIFT/BIC",),
    IdentifierType.DUNS: ("D-U-N-S Number",),
    IdentifierType.IMO: ("International Maritime Organization No.",),
    IdentifierType.MMSI: ("MMSI",),
    IdentifierType.CALL_SIGN: ("Vessel Call Sign", "Other Vessel Call Sign"),
    IdentifierType.TAIL_NUMBER: ("Aircraft Tail Number", "Previous Aircraft Tail Number"),
    IdentifierType.SERIAL_NUMBER: (
        "Aircraft Manufacturer's Serial Number (MSN)", "Aircraft Serial Identification",
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
    ),
    IdentifierType.CHINESE_COMMERCIAL_CODE: ("Chinese Commercial Code",),
    IdentifierType.WEBSITE: ("Website",),
    IdentifierType.EMAIL: ("Email Address", "Email"),
    IdentifierType.PHONE: (
        "Phone Number", "Phone No.", "PHONE", "Telephone", "Telephone No.", "Telephone Number",
        "Fax", "Fax No.", "FAX",
    ),
    IdentifierType.ACCOUNT: ("Bank Account", "Bank Account Number", "Account Number", "IBAN"),
    IdentifierType.OTHER: (
        "Aircraft Mode S Transponder Code", "BIK (RU)", "Birth Certificate Number", "C.U.I.P.",
        "Cartilla de Servicio Militar Nacional", "Driver's License No.", "ISIN", "Identification Number",
        "Immigration No.", "Military Registration Number", "Pilot License Number", "Residency Number",
        "Romanian Permanent Resident", "Seafarer's Identification Document", "SRE Permit No.",
        "Serial No.", "Tarjeta Profesional", "TELEX", "Trademark number", "Travel Document Number",
        "VisaNumberID", "Public Security and Immigration No.", "Temporary suspension of deportation No.",
    ),
}  # fmt: skip

#: Label -> type. The currency is part of a wallet's label ("Digital Currency Address - XBT").
_TYPES = {label: type for type, labels in _LABELS.items() for label in labels}
#: Longest first, for "Passport No." begins with "Passport".
_KNOWN = re.compile(f"({'|'.join(map(re.escape, sorted(_TYPES, key=len, reverse=True)))})(?=[\\s:]):? *")
_WALLET = re.compile(r"(Digital Currency Address - ?\w+) +(?=\S)")
#: What reads as a label that ends in its sort of number, before a value with a digit.
_UNKNOWN = re.compile(
    r"((?:[A-Z][\w.'/-]*|of|de|and|the|for)(?: (?:[A-Z][\w.'/-]*|of|de|and|the|for|\([^()]+\))){0,6}?"
    r" ?(?:Number|No\.|No|Code|Card|ID|Permit|Certificate|#))(?: \([A-Z/]+\))?:? +(?=\S*\d)"
)
#: A ship's or a company's number of the International Maritime Organization, under whichever label.
_IMO = re.compile(r"IMO ?(\d{7})(?= |\Z)")
_LEI = re.compile(r"[A-Z0-9]{18}\d\d\Z")
#: A value, then what the publisher adds: "(Iran) issued 1999 expires 12 Jan 2009", ", Diplomatic (Syria)".
_NOTED = re.compile(r"(?!issued|expire)(.+?)((?: \([^()]*\))*(?:,? ?(?:issued|expire[sd]?)\b.*|, .*| and .*)?)\Z")
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")

#: Sorts whose values hold what elsewhere begins a note, or that have no note.
_WHOLE = {IdentifierType.PHONE, IdentifierType.CHINESE_COMMERCIAL_CODE, IdentifierType.WALLET}
#: Sorts whose values need not have a digit.
_WORDED = {
    IdentifierType.WEBSITE, IdentifierType.EMAIL, IdentifierType.BIC, IdentifierType.CALL_SIGN,
    IdentifierType.TAIL_NUMBER, IdentifierType.WALLET,
}  # fmt: skip


def identifier_type(label: str) -> IdentifierType | None:
    """The type of a label as OFAC prints it, or None where it isn't known; a closing colon doesn't matter."""
    if label.startswith("Digital Currency Address"):
        return IdentifierType.WALLET
    return _TYPES.get(label.removesuffix(":"))


def split_label(clause: str) -> tuple[str, str] | None:
    """Divide "Passport A1 (Iran)" into its label and the rest; None where it doesn't begin with a label."""
    match = _KNOWN.match(clause) or _WALLET.match(clause) or _UNKNOWN.match(clause)
    return (match[1], clause[match.end() :]) if match else None


def read_identifier(label: str, stated: str) -> Identifier | None:
    """Read what stands behind a label: value, country and note; None where there is no number.

    `country` is that of the note's parentheses, or of a part between commas ("0310857, Eritrea").
    """
    type = identifier_type(label) or IdentifierType.OTHER
    if imo := _IMO.match(stated):
        return _identifier(IdentifierType.IMO, label, imo[1], stated[imo.end() :])
    if type in (IdentifierType.WEBSITE, IdentifierType.EMAIL):
        value, _, note = stated.partition(" ")
        return _identifier(type, label, value.rstrip("."), note)
    if type in _WHOLE:
        return _identifier(type, label, stated, "") if type in _WORDED or _has_digit(stated) else None
    noted = _NOTED.match(stated)
    if noted is None or not (type in _WORDED or _has_digit(noted[1])):
        return None
    if type is IdentifierType.IMO:  # printed once, in parentheses
        return _identifier(type, label, stated.strip("()"), "")
    if label == "Legal Entity Number" and _LEI.match(noted[1]):
        type = IdentifierType.LEI
    return _identifier(type, label, noted[1], noted[2])


def _identifier(type: IdentifierType, label: str, value: str, note: str) -> Identifier | None:
    value, note = value.strip(), note.strip(" ,")
    if not value:
        return None
    return Identifier(type=type, value=value, label=label, note=note, country=_country(note))


def _country(note: str) -> str | None:
    if not note:
        return None
    parts = [*_IN_PARENTHESES.findall(note), *note.split(",")]
    return next(filter(None, map(country_code, parts)), None)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
