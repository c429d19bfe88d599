//! The nouns and rules that both sides agree on. No I/O, no clock, no framework; compiled for the machine and for wasm.

pub mod address;

pub use address::{AddressFault, EmailAddress, HomeCountry, ListedAddress, PhoneFault, PhoneNumber};
