"""A date and counts in, a whole list in the format of the UN Security Council out: enough records to be taken up."""

from __future__ import annotations

import functools

_PERSON = """    <INDIVIDUAL>
      <DATAID>{id}</DATAID>
      <VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>GIVEN{number}</FIRST_NAME>
      <SECOND_NAME>NAME{number}</SECOND_NAME>
      <UN_LIST_TYPE>{program}</UN_LIST_TYPE>
      <REFERENCE_NUMBER>KPi.{number:04}</REFERENCE_NUMBER>
      <LISTED_ON>2015-04-07</LISTED_ON>
    </INDIVIDUAL>
"""
_ENTITY = """    <ENTITY>
      <DATAID>{id}</DATAID>
      <VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>EXAMPLE BANK {number}</FIRST_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
      <REFERENCE_NUMBER>KPe.{number:04}</REFERENCE_NUMBER>
      <LISTED_ON>2015-04-07</LISTED_ON>
    </ENTITY>
"""


@functools.cache
def un_list(day: str, *, persons: int = 500, entities: int = 140, program: str = "DPRK") -> bytes:
    """A list of that day; the first person is under the program, all others under that on North Korea."""
    people = [
        _PERSON.format(id=5_000_000 + number, number=number, program="DPRK" if number else program)
        for number in range(persons)
    ]
    firms = [_ENTITY.format(id=6_000_000 + number, number=number) for number in range(entities)]
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST dateGenerated="{day}T23:00:01.002Z">
  <INDIVIDUALS>
{"".join(people)}  </INDIVIDUALS>
  <ENTITIES>
{"".join(firms)}  </ENTITIES>
</CONSOLIDATED_LIST>
""".encode()
