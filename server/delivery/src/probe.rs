//! What *Test connection* found, step by step, as data; only the browser puts it into words.

pub use model::{ProbeHint, ProbeStage, ProbeStep};
