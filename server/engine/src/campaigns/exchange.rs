//! Campaigns on their way from one installation to another. One that comes in is a draft and sends nothing by itself.

mod arrive;
mod leave;
mod part;
mod portable;
mod read;
mod sets;
#[cfg(test)]
mod tests;
mod write;

pub use arrive::{take_in, take_in_limit};
pub use leave::{CampaignsOut, take_out};
