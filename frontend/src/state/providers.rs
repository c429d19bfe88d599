//! Providers of mail that are usual here: where their relays are. Facts of their public help, nothing more.

use model::Security;

/// A provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provider {
    /// Gmail and Google Workspace.
    Gmail,
    /// Microsoft 365.
    Microsoft,
    /// Seznam and Email Profi.
    Seznam,
    /// Websupport.
    Websupport,
    /// Forpsi.
    Forpsi,
}

impl Provider {
    /// All providers, in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Gmail, Self::Microsoft, Self::Seznam, Self::Websupport, Self::Forpsi];

    /// Its key among the choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gmail => "gmail",
            Self::Microsoft => "microsoft",
            Self::Seznam => "seznam",
            Self::Websupport => "websupport",
            Self::Forpsi => "forpsi",
        }
    }

    /// The provider of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// The provider whose relay it is.
    pub fn of_host(host: &str) -> Option<Self> {
        let host = host.trim();
        Self::ALL.into_iter().find(|it| it.relay().0.eq_ignore_ascii_case(host))
    }

    /// Host, port and protection.
    pub fn relay(self) -> (&'static str, u16, Security) {
        match self {
            Self::Gmail => ("smtp.gmail.com", 587, Security::StartTls),
            Self::Microsoft => ("smtp.office365.com", 587, Security::StartTls),
            Self::Seznam => ("smtp.seznam.cz", 465, Security::Tls),
            Self::Websupport => ("smtp.websupport.sk", 465, Security::Tls),
            Self::Forpsi => ("smtp.forpsi.com", 587, Security::StartTls),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_known_by_its_relay() {
        assert_eq!(Provider::of_host(" SMTP.Seznam.cz"), Some(Provider::Seznam));
        assert_eq!(Provider::of_host("smtp.example.sk"), None);
    }

    #[test]
    fn every_key_leads_back() {
        for it in Provider::ALL {
            assert_eq!(Provider::of_key(it.key()), Some(it));
        }
    }
}
