//! How fast an account sends, as it is typed.

use model::pace::{CONNECTIONS_MAX, DAY_MINUTES};
use model::{DomainLimit, DomainName, Fault, Faults, Pace, SendingWindow};

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceForm {
    /// Connections at the same time.
    pub connections: String,
    /// Messages on one connection.
    pub per_connection: String,
    /// Messages a minute; empty for no limit.
    pub minute: String,
    /// Whether campaigns leave only on these days and hours.
    pub windowed: bool,
    /// The days, Monday first.
    pub days: [bool; 7],
    /// Minute of the day from which on messages leave.
    pub from: String,
    /// Minute of the day from which on they wait.
    pub until: String,
    /// Messages on the first day; empty for full speed at once.
    pub ramp: String,
    /// A domain and its messages an hour on each line.
    pub domains: String,
}

impl PaceForm {
    /// The form of a pace; one that never waits offers working days and hours.
    pub fn of(pace: &Pace) -> Self {
        let windowed = !pace.window.is_always();
        let window = if windowed { pace.window } else { SendingWindow { days: 0x1f, from: 8 * 60, until: 17 * 60 } };
        let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
        Self {
            connections: pace.connections.to_string(),
            per_connection: pace.messages_per_connection.to_string(),
            minute: number(pace.minute_limit),
            windowed,
            days: std::array::from_fn(|day| window.has(day as u8)),
            from: window.from.to_string(),
            until: window.until.to_string(),
            ramp: number(pace.ramp),
            domains: pace.domains.iter().map(|it| format!("{} {}\n", it.domain.shown(), it.per_hour)).collect(),
        }
    }

    /// The pace; fields that are no numbers are named.
    pub fn pace(&self, faults: &mut Faults) -> Pace {
        let mut number = |name: &str, text: &str, max: i64| -> u32 {
            text.trim().parse().unwrap_or_else(|_| {
                faults.add(format!("pace.{name}"), Fault::OutOfRange { min: 1, max });
                1
            })
        };
        let connections = number("connections", &self.connections, i64::from(CONNECTIONS_MAX));
        let messages_per_connection = number("messages_per_connection", &self.per_connection, 100_000);
        let mut limit = |name, text: &str, max| if text.trim().is_empty() { None } else { Some(number(name, text, max)) };
        let (minute_limit, ramp) = (limit("minute_limit", &self.minute, 100_000), limit("ramp", &self.ramp, 1_000_000));
        Pace {
            connections: u8::try_from(connections).unwrap_or(u8::MAX),
            messages_per_connection,
            minute_limit,
            window: self.window(),
            ramp,
            domains: self.domains(faults),
        }
    }

    fn window(&self) -> SendingWindow {
        if !self.windowed {
            return SendingWindow::ALWAYS;
        }
        let days = self.days.iter().enumerate().fold(0, |days, (n, open)| days | (u8::from(*open) << n));
        SendingWindow { days, from: self.from.parse().unwrap_or(0), until: self.until.parse().unwrap_or(DAY_MINUTES) }
    }

    fn domains(&self, faults: &mut Faults) -> Vec<DomainLimit> {
        let lines = self.domains.lines().map(str::trim).filter(|it| !it.is_empty());
        let mut limits = Vec::new();
        for line in lines {
            let (domain, number) = line.rsplit_once(|it: char| it.is_whitespace() || it == '=').unwrap_or((line, ""));
            let domain = domain.trim().trim_end_matches([':', ';', ',', '=']);
            match (DomainName::parse(domain), number.parse()) {
                (Ok(domain), Ok(per_hour)) => limits.push(DomainLimit { domain, per_hour }),
                (Err(fault), _) => faults.add("pace.domains", Fault::Address { text: line.to_owned(), fault }),
                (Ok(_), Err(_)) => faults.add("pace.domains", Fault::NoNumber),
            }
        }
        limits
    }
}

/// Where a fault of a domain's line is shown: at the one field of all lines.
pub fn field_of(field: String) -> String {
    if field.starts_with("pace.domains.") { "pace.domains".to_owned() } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(form: &PaceForm) -> (Pace, Vec<String>) {
        let mut faults = Faults::default();
        let pace = form.pace(&mut faults);
        (pace, faults.list().iter().map(|it| it.field.clone()).collect())
    }

    #[test]
    fn a_pace_comes_back_as_it_was_typed() {
        let limit = |domain, per_hour| DomainLimit { domain: DomainName::parse(domain).unwrap(), per_hour };
        let pace = Pace {
            connections: 7,
            messages_per_connection: 50,
            minute_limit: Some(30),
            window: SendingWindow { days: 0x21, from: 600, until: DAY_MINUTES },
            ramp: Some(200),
            domains: vec![limit("centrum.cz", 200), limit("azet.sk", 100)],
        };
        assert_eq!(back(&PaceForm::of(&pace)), (pace, Vec::new()));
        assert_eq!(back(&PaceForm::of(&Pace::default())), (Pace::default(), Vec::new()));
    }

    #[test]
    fn working_hours_are_offered_to_who_begins_to_wait() {
        let form = PaceForm { windowed: true, ..PaceForm::of(&Pace::default()) };
        assert_eq!(back(&form).0.window, SendingWindow { days: 0x1f, from: 480, until: 1_020 });
    }

    #[test]
    fn what_is_no_number_and_no_domain_is_named() {
        let form = PaceForm {
            connections: "many".into(),
            minute: "x".into(),
            domains: "centrum.cz: 200\nazet.sk\n@@ 5".into(),
            ..PaceForm::of(&Pace::default())
        };
        let (pace, named) = back(&form);
        assert_eq!(named, ["pace.connections", "pace.minute_limit", "pace.domains", "pace.domains"]);
        assert_eq!(pace.domains.len(), 1);
    }
}
