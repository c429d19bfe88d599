//! Where to go after signing in.

/// The address asked for if it is one of ours, else the first page. What another site put into the link is not followed.
pub fn target(next: Option<&str>) -> &str {
    match next {
        Some(path) if is_ours(path) => path,
        _ => "/",
    }
}

fn is_ours(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\n', '\r', '\t'])
        && !["/sign-in", "/first-run", "/invitation"].iter().any(|it| path.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_ours_are_followed() {
        assert_eq!(target(Some("/messages?q=fa")), "/messages?q=fa");
        for foreign in ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example"] {
            assert_eq!(target(Some(foreign)), "/");
        }
    }

    #[test]
    fn signing_in_does_not_lead_back_to_itself() {
        assert_eq!(target(Some("/sign-in?next=/")), "/");
        assert_eq!(target(None), "/");
    }
}
