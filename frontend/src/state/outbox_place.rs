//! What the outbox shows, as its address says it.

use model::OutboxPart;

use super::place;

/// The part of the outbox that is open: `part` in the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxPlace(pub OutboxPart);

impl OutboxPlace {
    /// Reads the address; what is not understood is the first part.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self(get("part").map_or(OutboxPart::Turn, |code| of_code(&code)))
    }

    /// The address of the outbox with this part open.
    pub fn path(self) -> String {
        match self.0 {
            OutboxPart::Turn => place::address("/outbox", &[]),
            part => place::address("/outbox", &[("part", code(part).to_owned())]),
        }
    }
}

/// The stable name of a part in addresses.
pub fn code(part: OutboxPart) -> &'static str {
    match part {
        OutboxPart::Turn => "turn",
        OutboxPart::Planned => "planned",
        OutboxPart::Retry => "retry",
        OutboxPart::Domain => "domain",
        OutboxPart::Unknown => "unknown",
    }
}

/// The part of that name.
pub fn of_code(text: &str) -> OutboxPart {
    OutboxPart::ALL.into_iter().find(|it| code(*it) == text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_leads_back_from_its_address() {
        for part in OutboxPart::ALL {
            let path = OutboxPlace(part).path();
            let value = path.split_once("part=").map(|it| it.1.to_owned());
            assert_eq!(OutboxPlace::read(|name| value.clone().filter(|_| name == "part")).0, part);
        }
        assert_eq!(OutboxPlace::read(|_| Some("nonsense".into())), OutboxPlace::default());
    }
}
