"""Reads a calendar from standard input with Python's icalendar, and writes what it found as JSON."""
import datetime
import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())


def instant(event, name):
    value = event.decoded(name)
    assert isinstance(value, datetime.datetime) and value.utcoffset() == datetime.timedelta(0), f"{name} is not an instant in UTC: {value}"
    return value.isoformat()


def read(event):
    assert not event.errors, event.errors
    return {
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "stamp": instant(event, "DTSTAMP"),
        "start": instant(event, "DTSTART"),
        "end": instant(event, "DTEND"),
        "properties": sorted(event.keys()),
    }


assert not calendar.errors, calendar.errors
json.dump({
    "version": str(calendar["VERSION"]),
    "productId": str(calendar["PRODID"]),
    "name": str(calendar["X-WR-CALNAME"]),
    "components": [component.name for component in calendar.subcomponents],
    "events": [read(event) for event in calendar.walk("VEVENT")],
}, sys.stdout)
