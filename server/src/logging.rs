//! Log lines on the standard error: structured, without personal data.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Config, LogFormat};

/// Begins to log as the configuration says.
pub fn begin(config: &Config) {
    let filter = EnvFilter::builder().parse_lossy(&config.log);
    let lines = tracing_subscriber::registry().with(filter);
    let begun = match config.log_format {
        LogFormat::Text => lines.with(layer().with_ansi(false).with_writer(std::io::stderr)).try_init(),
        LogFormat::Json => lines.with(layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init(),
    };
    // In tests somebody listens already.
    if let Err(error) = begun {
        tracing::debug!(%error, "logging goes where it went");
    }
}
