//! What a relay says it can do.

/// The extensions in the answer to EHLO; all off after HELO.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether the relay knew EHLO at all.
    pub extended: bool,
    /// STARTTLS of RFC 3207.
    pub starttls: bool,
    /// PIPELINING of RFC 2920.
    pub pipelining: bool,
    /// 8BITMIME of RFC 6152.
    pub eight_bit: bool,
    /// SMTPUTF8 of RFC 6531.
    pub utf8: bool,
    /// DSN of RFC 3461.
    pub dsn: bool,
    /// SIZE of RFC 1870; a limit of 0 means none.
    pub size: Option<u64>,
    /// The mechanisms of AUTH (RFC 4954) in upper case.
    pub auth: Vec<String>,
}

impl Capabilities {
    /// Reads the lines of the answer to EHLO, the first of which is the relay's name.
    pub(super) fn read<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Self {
        let mut it = Self { extended: true, ..Self::default() };
        for line in lines.into_iter().skip(1) {
            it.add(&line.as_ref().to_ascii_uppercase());
        }
        it
    }

    fn add(&mut self, line: &str) {
        let (keyword, rest) = line.trim().split_once([' ', '=']).unwrap_or((line.trim(), ""));
        match keyword {
            "STARTTLS" => self.starttls = true,
            "PIPELINING" => self.pipelining = true,
            "8BITMIME" => self.eight_bit = true,
            "SMTPUTF8" => self.utf8 = true,
            "DSN" => self.dsn = true,
            "SIZE" => self.size = Some(rest.trim().parse().unwrap_or(0)),
            // Old servers write `AUTH=LOGIN`, some beside the right form.
            "AUTH" => {
                for mechanism in rest.split_whitespace() {
                    if !self.auth.iter().any(|known| known == mechanism) {
                        self.auth.push(mechanism.to_owned());
                    }
                }
            }
            _ => {}
        }
    }

    /// The largest message the relay takes, in bytes, if it says so.
    pub fn largest(&self) -> Option<u64> {
        self.size.filter(|&it| 0 < it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_read_whatever_their_case() {
        let it =
            Capabilities::read(["mx at your service", "size 1000", "Auth PLAIN login", "AUTH=LOGIN XOAUTH2", "8bitmime", "DSN"]);
        assert_eq!(it.largest(), Some(1000));
        assert_eq!(it.auth, ["PLAIN", "LOGIN", "XOAUTH2"]);
        assert!(it.eight_bit && it.dsn && !it.pipelining && !it.starttls);
    }

    #[test]
    fn the_first_line_is_a_name_and_no_extension() {
        assert!(!Capabilities::read(["PIPELINING"]).pipelining);
    }

    #[test]
    fn a_size_of_nothing_is_no_limit() {
        assert_eq!(Capabilities::read(["x", "SIZE"]).largest(), None);
        assert_eq!(Capabilities::read(["x", "SIZE 0"]).largest(), None);
    }
}
