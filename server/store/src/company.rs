//! company.
