//! What the build script makes of `locales/`.

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
