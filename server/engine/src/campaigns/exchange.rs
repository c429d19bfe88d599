//! Campaigns on their way from one installation to another. One that comes in is a draft and sends nothing by itself.

mod arrive;
mod coming;
mod digits;
mod leave;
mod part;
mod portable;
mod read;
mod sets;
#[cfg(test)]
mod tests;
mod write;

pub use coming::{CampaignsIn, take_in};
pub use leave::{CampaignsOut, take_out};
