//! captured.
