//! Suppressions: addresses, domains and contacts that we must not write to.
//!
//! An address is suppressed by itself, by its domain or by a contact that has it. [`cause!`] is the one place that says so in SQL; the
//! claim of the worker, the check of what is typed and the import all ask by it.

mod list;
mod standing;
mod write;

use model::{
    ContactId, DomainName, EmailAddress, HomeCountry, Moment, PhoneNumber, SuppressedBy, SuppressionId, SuppressionScope,
    SuppressionTarget,
};

pub use list::{count, each, page};
pub use standing::{addresses_of, among, any, domains, keep_domain, of_contact, of_deliveries, why};
pub(crate) use standing::{any_domain, causes};
pub use write::{Found, NewSuppression, add, by_id, lift, move_contact, suppress_contact};

use crate::codes::Code;
use crate::error::Error;

/// The id of the suppression that closes an address, given as an SQL expression; NULL when none does. Each part is one step into an
/// index: by the address itself, by its domain, by the contacts that have it.
macro_rules! cause {
    ($address:literal) => {
        concat!(
            "coalesce(
                 (SELECT id FROM suppressions
                  WHERE value = lower(",
            $address,
            ") AND scope = 'address' AND lifted_at IS NULL AND contact_id IS NULL),
                 (SELECT id FROM suppressions
                  WHERE value = lower(substr(",
            $address,
            ", instr(",
            $address,
            ", '@') + 1)) AND scope = 'domain'
                    AND instr(",
            $address,
            ", '@') > 0 AND lifted_at IS NULL AND contact_id IS NULL),
                 (SELECT s.id FROM addresses a
                  JOIN suppressions s ON s.contact_id = a.contact_id AND s.lifted_at IS NULL AND s.contact_id IS NOT NULL
                                     AND s.channels IN (a.channel, 'both')
                  WHERE a.channel = CASE WHEN instr(",
            $address,
            ", '@') > 0 THEN 'email' ELSE 'sms' END
                    AND a.normalized = lower(",
            $address,
            ")
                  LIMIT 1))"
        )
    };
}
pub(crate) use cause;

/// What a row says it is about.
fn target(scope: &str, value: String, contact: Option<i64>, name: String) -> Result<SuppressionTarget, Error> {
    Ok(match (SuppressionScope::from_code(scope)?, contact) {
        (_, Some(id)) => SuppressionTarget::Contact(ContactId(id), name),
        (SuppressionScope::Domain, None) => {
            SuppressionTarget::Domain(DomainName::parse(&value).map_err(|_| Error::UnknownCode(value))?)
        }
        (_, None) if value.starts_with('+') => {
            SuppressionTarget::Phone(PhoneNumber::parse(&value, HomeCountry::default()).map_err(|_| Error::UnknownCode(value))?)
        }
        (_, None) => SuppressionTarget::Email(EmailAddress::parse(&value).map_err(|_| Error::UnknownCode(value))?),
    })
}

#[derive(sqlx::FromRow)]
struct CauseRow {
    suppression_id: i64,
    scope: String,
    reason: String,
    note: String,
    created_at: i64,
}

impl CauseRow {
    fn cause(self) -> Result<SuppressedBy, Error> {
        Ok(SuppressedBy {
            id: SuppressionId(self.suppression_id),
            scope: Code::from_code(&self.scope)?,
            reason: Code::from_code(&self.reason)?,
            since: Moment(self.created_at),
            note: self.note,
        })
    }
}
