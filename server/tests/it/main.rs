//! The server as others see it, and the house as it was agreed to stand.

mod bed;
mod boot;
mod calls;
mod demo;
mod files;
mod house;
mod http;
mod live;
mod permissions;
