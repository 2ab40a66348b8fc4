"""The reader of Japan's list of parties whose assets are frozen, an Excel workbook of the Ministry of Finance.

The Ministry's page on economic sanctions (mof.go.jp, gaitame_kawase/gaitame/economic_sanctions/list.html) links to the
workbook. Each sheet is one group of parties: its title in the first row, somewhere below a row of headings that begins
with the day of the notice (告示日付), then a row for each party. Headings differ from sheet to sheet, and have blanks
between their characters. Several values stand in a cell in lines of their own, or after (a), (b), (i), (ii).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from screenkit.errors import ListFormatError
from screenkit.model import Address, Designation, Identifier, IdentifierType, Kind, ListedName, NameType, Strength
from screenkit.model.countries import country_at_end
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.format import Format
from screenkit.sources.formats.xlsx import Sheet, is_workbook, sheets
from screenkit.sources.job import Job

from .text import japanese_date, place

_PROGRAM = "MOF"
_FIRST_HEADING = "告示日付"
_ENGLISH, _JAPANESE = "英語表記", "日本語表記"
#: Headings of names, their characters without blanks -> sort and strength of what is below them.
_NAMES = {
    _ENGLISH: (NameType.PRIMARY, Strength.STRONG),
    _JAPANESE: (NameType.AKA, Strength.STRONG),
    **dict.fromkeys(
        ("別名", "別称", "別称・別名", "別名・別称", "別称・旧称", "確定可能な別名"), (NameType.AKA, Strength.STRONG)
    ),
    "確定に十分でない別名": (NameType.AKA, Strength.WEAK),
    **dict.fromkeys(("過去の別名", "以前の別名", "旧称", "旧称・以前の呼称"), (NameType.FKA, Strength.STRONG)),
}
_BIRTH_DATES = frozenset({"生年月日", "生年月日・出生地"})
_BIRTH_PLACES = frozenset({"出生地", "出生地・出身地"})
_NATIONALITIES = frozenset({"国籍"})
_ADDRESSES = frozenset(
    {"住所", "住所等", "住所・所在地", "所在地", "活動地域・住所", "所在地・住所登録された事務所の住所"}
)
_IDENTIFIERS = {
    "旅券番号": IdentifierType.PASSPORT,
    **dict.fromkeys(("身分登録番号", "身分証番号", "ID番号"), IdentifierType.NATIONAL_ID),
    **dict.fromkeys(("電話", "電話番号"), IdentifierType.PHONE),
}
_TITLES = frozenset({"役職", "肩書", "肩書等", "称号"})
_REMARKS = frozenset({"その他の情報", "詳細"})
#: Headings whose text is a fact of its own.
_FACTS = frozenset(
    {
        "告示番号", "リスト掲載日", "国連制裁委員会による指定日", "国連制裁員会による指定日", "国連参照番号", "FAX",
        "指定の根拠", "決議1483上の根拠", "活動地域",
    }
)  # fmt: skip
_KNOWN = frozenset(
    {_FIRST_HEADING, *_NAMES, *_BIRTH_DATES, *_BIRTH_PLACES, *_NATIONALITIES, *_ADDRESSES, *_IDENTIFIERS, *_TITLES}
    | _REMARKS
    | _FACTS
)
#: What a sheet's title says of its parties: individuals, organizations.
_INDIVIDUALS, _ORGANIZATIONS = "個人", ("団体", "銀行")
_MARK = re.compile(r"\n|(?<![A-Za-z])[(（](?:[a-z]|[ivx]{1,4})[)）]\s*")
_NOT_KNOWN = "不明"


def read(job: Job) -> Iterator[Designation]:
    """Stream the parties of the sheets that have the list's headings."""
    found = [(sheet, header) for sheet in sheets(job.file) if (header := _Header.of(sheet)) is not None]
    if not found:
        raise ListFormatError(
            f"{job.file.name}: expected a sheet with a row of headings that begins with {_FIRST_HEADING}; found none."
            " Fetch the list again."
        )
    given: Counter[str] = Counter()
    for sheet, header in found:
        for heading in header.columns:
            if heading not in _KNOWN:
                job.new_field(f"sheet {sheet.name}", heading, "", "not a known heading; its texts are kept as facts")
        for number, row in enumerate(sheet.rows[header.row :], start=header.row + 1):
            texts = {heading: row[at] for heading, at in header.columns.items() if at < len(row) and row[at]}
            if texts and (one := _designation(job, f"sheet {sheet.name}, row {number}", header.title, texts, given)):
                yield one


@attrs.frozen
class _Header:
    """What a sheet says about its rows."""

    #: The number of rows up to and with the headings.
    row: int
    #: Heading -> column.
    columns: dict[str, int]
    #: What the parties have in common.
    title: str

    @classmethod
    def of(cls, sheet: Sheet) -> _Header | None:
        """The header of a sheet; None where it has no row of headings."""
        for number, row in enumerate(sheet.rows, start=1):
            if row and _plain(row[0]).startswith(_FIRST_HEADING):
                columns = {heading: at for at, cell in reversed([*enumerate(row)]) if (heading := _plain(cell))}
                title = " / ".join(" ".join(cell.split()) for cell in sheet.rows[0] if cell) if number > 1 else ""
                return cls(number, dict(reversed(columns.items())), title)
        return None


def _plain(heading: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", heading))


def _designation(job: Job, place: str, title: str, texts: dict[str, str], given: Counter[str]) -> Designation | None:
    names = [name for heading, text in texts.items() if heading in _NAMES for name in _names(heading, text)]
    names.sort(key=lambda name: name.type is not NameType.PRIMARY)
    if not names:
        report_missing_id(job, place, _ENGLISH, hint=f"{_FIRST_HEADING} {texts.get(_FIRST_HEADING, '')}")
        return None
    if names[0].type is not NameType.PRIMARY:
        names[0] = attrs.evolve(names[0], type=NameType.PRIMARY)
    record = DesignationBuilder(job=job, id=_id(title, names[0].text, given), kind=_kind(title, texts))
    record.names += names
    record.programs.append(job.program(_PROGRAM, detail=title))
    for heading, text in texts.items():
        _read(record, heading, text)
    return record.designation(_ENGLISH)


def _id(title: str, name: str, given: Counter[str]) -> str:
    """The list has no ids: the group and the name, and a number where a group has two parties of one name."""
    own = "; ".join(filter(None, (title, name)))
    given[own] += 1
    return own if given[own] == 1 else f"{own}/{given[own]}"


def _kind(title: str, texts: dict[str, str]) -> Kind:
    is_individuals, is_organizations = _INDIVIDUALS in title, any(word in title for word in _ORGANIZATIONS)
    if is_individuals != is_organizations:
        return Kind.PERSON if is_individuals else Kind.ORGANIZATION
    personal = _BIRTH_DATES | _BIRTH_PLACES | _NATIONALITIES
    return Kind.PERSON if any(_values(texts[heading]) for heading in texts if heading in personal) else Kind.UNKNOWN


def _names(heading: str, text: str) -> Iterator[ListedName]:
    type, strength = _NAMES[heading]
    for at, one in enumerate(_values(text)):
        sort = NameType.AKA if at and type is NameType.PRIMARY else type
        yield ListedName(one, type=sort, strength=strength, language="ja" if heading == _JAPANESE else None)


def _values(text: str) -> Sequence[str]:
    """The values of a cell; what is not known is none."""
    pieces = (piece.strip(" \t、,;") for piece in _MARK.split(text))
    return [piece for piece in pieces if piece and piece != _NOT_KNOWN]


def _read(record: DesignationBuilder, heading: str, text: str) -> None:
    """Put the text of a cell where it belongs."""
    for value in _values(text):
        if heading in _BIRTH_DATES:
            date = japanese_date(value)
            if date is None:
                record.state_birth_date(heading, value)
            else:
                record.birth_dates.append(date)
        elif heading in _BIRTH_PLACES:
            record.birth_places.append(place(value))
        elif heading in _NATIONALITIES:
            record.nationalities.append(place(value))
        elif heading in _ADDRESSES:
            record.addresses.append(Address(text=value, country=place(value).country or country_at_end(value)))
        elif heading in _IDENTIFIERS:
            record.identifiers.append(Identifier(type=_IDENTIFIERS[heading], value=value, label=heading))
        elif heading in _TITLES:
            record.titles.append(value)
    if heading in _REMARKS:
        record.remarks.append(text)
    elif heading == _FIRST_HEADING:
        date = japanese_date(text)
        record.state_listed_on(heading, date.earliest.isoformat() if date and date.is_exact else text)
    elif heading in _FACTS or heading not in _KNOWN:
        record.state(heading, text)


FORMAT = Format(
    id="jp_mof",
    title="asset freezes of Japan's Ministry of Finance (xlsx)",
    read=read,
    recognizes=is_workbook,
)
