//! Accounts: where messages leave, under whose name and how fast.

mod acts;
mod badge;
mod fields;
mod form;
mod pace;
mod provider;
mod relay;
mod rhythm;
mod sender;
mod sms;
mod standing;
mod table;
mod test;
mod ways;

pub use acts::AccountActs;
pub use badge::StandingBadge;
pub use form::AccountForm;
pub use rhythm::WindowFields;
pub use sms::{SmsAccountForm, SmsCredit};
pub use standing::AccountStanding;
pub use table::{AccountTable, account_name};
pub use ways::AccountWays;
