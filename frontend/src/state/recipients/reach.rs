//! Whom the fields of a message reach together.

use std::collections::HashSet;

use model::EmailAddress;

use super::RecipientField;

/// How many different people a message goes to, and how many pieces are no address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Different addresses in all roles.
    pub people: usize,
    /// Pieces that are no address, and sets that are no recipients of one message.
    pub faulty: usize,
}

/// Whom the fields reach. What is still being typed counts once it is an address, and is no fault before.
pub fn reach(fields: [&RecipientField; 3]) -> Reach {
    let mut seen = HashSet::new();
    let mut reach = Reach::default();
    for field in fields {
        reach.faulty += field.sets.all().len();
        let chips = field.chips.iter().map(|it| it.address.clone());
        for address in chips.chain(EmailAddress::parse(&field.typed).ok().map(Ok)) {
            match address {
                Err(_) => reach.faulty += 1,
                Ok(address) => {
                    seen.insert(address.normalized());
                }
            }
        }
    }
    reach.people = seen.len();
    reach
}
