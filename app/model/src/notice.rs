//! Whom the program itself writes to.

use serde::{Deserialize, Serialize};

use crate::address::parse_list;
use crate::{Fault, Faults, UserId};

/// The most users, and the most addresses, that one notice goes to.
pub const NOTICE_MAX: usize = 20;

/// Whom a mail of the program itself goes to; nobody when both are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeTo {
    /// Users, each in their own language; who may not sign in any more gets nothing.
    pub users: Vec<UserId>,
    /// Addresses as they are typed, with commas between them; they are written to in the company's language.
    pub addresses: String,
}

impl NoticeTo {
    /// Whether it goes to nobody.
    pub fn is_nobody(&self) -> bool {
        self.users.is_empty() && self.addresses.trim().is_empty()
    }

    /// Notes what is wrong, under the name of its field.
    pub fn check(&self, field: &str, faults: &mut Faults) {
        if NOTICE_MAX < self.users.len() {
            faults.add(format!("{field}.users"), Fault::TooMany { max: NOTICE_MAX as u32 });
        }
        let typed = parse_list(&self.addresses);
        if NOTICE_MAX < typed.len() {
            faults.add(format!("{field}.addresses"), Fault::TooMany { max: NOTICE_MAX as u32 });
        }
        for piece in typed {
            if let Err(fault) = piece.address {
                faults.add(format!("{field}.addresses"), Fault::Address { text: piece.text, fault });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_must_be_one() {
        let faults = |addresses: &str| {
            let mut faults = Faults::default();
            NoticeTo { users: vec![UserId(2)], addresses: addresses.into() }.check("to", &mut faults);
            faults.list().len()
        };
        assert_eq!((faults(""), faults("a@x.sk, b@x.sk"), faults("a@x.sk, b, c")), (0, 0, 2));
        let many: Vec<String> = (0..=NOTICE_MAX).map(|n| format!("a{n}@x.sk")).collect();
        assert_eq!(faults(&many.join(",")), 1);
    }
}
