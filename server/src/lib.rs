//! The server: configuration, HTTP, files, start and stop. It never holds a rule; those live in the engine and the model.

pub mod boot;
pub mod commands;
pub mod config;
pub mod demo;
pub mod evidence;
pub mod http;
pub mod log_words;
pub mod logging;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
