//! What the merge language promises.

pub(crate) mod bed;
mod chips;
mod escaping;
mod faults;
mod filters;
mod hostile;
mod judge;
mod language;
mod values;
