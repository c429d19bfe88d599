//! Passwords that attachments of a contact are locked with.

use crate::{Fault, Faults, Refusal, Required};

/// Fewest characters.
const MIN: u32 = 8;
/// Most characters.
const MAX: u32 = 100;

/// Checks a password for attachments.
///
/// # Errors
/// Names the field `password` when it is shorter than 8 characters, longer than 100 or has control characters.
pub fn check_password(password: &str) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.line("password", password, Required::Yes, MAX);
    if faults.list().is_empty() && password.trim().chars().count() < MIN as usize {
        faults.add("password", Fault::TooShort { min: MIN });
    }
    faults.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_between_8_and_100_characters() {
        assert!(check_password("kôň-2026").is_ok());
        assert_eq!(check_password("kôň"), Err(Refusal::field("password", Fault::TooShort { min: 8 })));
        assert_eq!(check_password(&"x".repeat(101)), Err(Refusal::field("password", Fault::TooLong { max: 100 })));
        assert_eq!(check_password(" "), Err(Refusal::field("password", Fault::Missing)));
    }
}
