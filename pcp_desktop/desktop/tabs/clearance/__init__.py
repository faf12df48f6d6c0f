"""The clearance tab: what holds each measure, its board's calendar, who has been told what."""
