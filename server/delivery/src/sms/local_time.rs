//! Times as gateways write them.

use jiff::{
    Timestamp,
    civil::DateTime,
    fmt::strtime,
    tz::{Disambiguation, TimeZone},
};
use serde::{Deserialize, Serialize};

/// The zone of times that name none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GatewayZone {
    /// Slovak time.
    #[default]
    Bratislava,
    /// Czech time.
    Prague,
    /// Universal time.
    Utc,
}

impl GatewayZone {
    fn zone(self) -> Option<TimeZone> {
        match self {
            Self::Bratislava => TimeZone::get("Europe/Bratislava").ok(),
            Self::Prague => TimeZone::get("Europe/Prague").ok(),
            Self::Utc => Some(TimeZone::UTC),
        }
    }

    /// Reads `2027-03-28 02:30:00` as Unix milliseconds. An hour that happens twice is its first, one that never happens the one after.
    pub(crate) fn read(self, text: &str) -> Option<i64> {
        self.read_as("%Y-%m-%d %H:%M:%S", text)
    }

    /// Reads a time written in a form of `strptime`, which may name an offset, as Unix milliseconds.
    pub(crate) fn read_as(self, form: &str, text: &str) -> Option<i64> {
        let read = strtime::parse(form, text.trim()).ok()?;
        if let Ok(moment) = read.to_timestamp() {
            return Some(moment.as_millisecond());
        }
        let local: DateTime = read.to_datetime().ok()?;
        let moment = self.zone()?.to_ambiguous_timestamp(local).disambiguate(Disambiguation::Compatible).ok()?;
        Some(moment.as_millisecond())
    }
}

/// Reads a time with its offset (RFC 3339) as Unix milliseconds.
pub(crate) fn with_offset(text: &str) -> Option<i64> {
    text.trim().parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_without_zone_are_those_of_bratislava() {
        let read = |text| GatewayZone::Bratislava.read(text);
        assert_eq!(read("2017-11-23 08:05:25"), with_offset("2017-11-23T07:05:25Z"));
        assert_eq!(read("2026-07-01 12:00:00"), with_offset("2026-07-01T10:00:00Z"));
        assert_eq!(read("2027-03-28 02:30:00"), with_offset("2027-03-28T01:30:00Z"));
        assert_eq!(read("2027-10-31 02:30:00"), with_offset("2027-10-31T00:30:00Z"));
        for text in ["", "yesterday", "2026-02-30 10:00:00", "2026-07-01T12:00:00Z"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_offset_beats_the_zone() {
        let form = "%Y-%m-%dT%H:%M:%S%z";
        assert_eq!(GatewayZone::Bratislava.read_as(form, "2026-07-01T12:00:00+0000"), with_offset("2026-07-01T12:00:00Z"));
        assert_eq!(with_offset("2014-12-24T21:23:00+02:00"), with_offset("2014-12-24T19:23:00Z"));
    }
}
