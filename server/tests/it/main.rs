//! The server as others see it, and the house as it was agreed to stand.

mod house;
