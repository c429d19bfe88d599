//! What the company writes about: furniture made to measure, in Slovak and in Czech.

mod czech;
mod slovak;

use documents::{Block, Document};
use model::{ContactDraft, Language};

use super::chance::Chance;

/// A kind of letter; braces stand for what differs from one to the next.
struct Kind {
    subject: &'static str,
    body: &'static str,
    /// Title of the document that goes with it.
    document: Option<&'static str>,
    /// How often it is written, compared with the others.
    weight: u64,
}

/// A letter ready to be sent.
pub struct Letter {
    /// Subject.
    pub subject: String,
    /// Text without signature.
    pub body: String,
    /// Name and document of the file that goes with it.
    pub file: Option<(String, Document)>,
}

/// Writes a letter to a contact. `number` counts the year's papers, `day` is the day of the letter as in a calendar.
pub fn write(to: &ContactDraft, number: u32, day: Day, chance: &mut Chance) -> Letter {
    let language = to.language.unwrap_or_default();
    let kind = draw(language, chance);
    let values = values(language, number, day, chance);
    let fill = |text: &str| values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    let greeting = match (to.salutation.as_str(), language) {
        ("", Language::Cs) => "Dobrý den",
        ("", _) => "Dobrý deň",
        (words, _) => words,
    };
    let file = kind.document.map(|title| {
        let title = fill(title);
        let lines =
            [to.display_name(), to.billing.street.clone(), format!("{} {}", to.billing.postcode, to.billing.city), String::new()];
        let lines = [lines.as_slice(), &[fill("{product}"), fill("{amount}"), fill("{due}")]].concat();
        let name = format!("{}.pdf", super::ascii::slug(&title));
        let blocks = vec![Block::Text(lines.join("\n"))];
        (name, Document { title, language: language.code().to_owned(), blocks, ..Document::default() })
    });
    Letter { subject: fill(kind.subject), body: format!("{greeting},\n\n{}", fill(kind.body)), file }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Year.
    pub year: i64,
    /// Month from 1.
    pub month: i64,
    /// Day of the month from 1.
    pub day: i64,
}

impl Day {
    /// The day of so many days since 1970-01-01, in the calendar in use.
    pub fn of(days: i64) -> Self {
        // Counted from 0000-03-01, so that the day that is sometimes missing comes last.
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    fn written(self) -> String {
        format!("{}. {}. {}", self.day, self.month, self.year)
    }
}

fn draw(language: Language, chance: &mut Chance) -> &'static Kind {
    let kinds: &[Kind] = match language {
        Language::Cs => &czech::KINDS,
        _ => &slovak::KINDS,
    };
    let mut drawn = chance.below(kinds.iter().map(|it| it.weight).sum());
    for kind in kinds {
        match drawn.checked_sub(kind.weight) {
            Some(rest) => drawn = rest,
            None => return kind,
        }
    }
    &kinds[0]
}

fn values(language: Language, number: u32, day: Day, chance: &mut Chance) -> [(&'static str, String); 6] {
    let (products, currency, rate): (&[&str], &str, i64) = match language {
        Language::Cs => (&czech::PRODUCTS, "Kč", 25),
        _ => (&slovak::PRODUCTS, "EUR", 1),
    };
    let later = chance.between(2, 14);
    let due = Day { day: (day.day + later - 1) % 28 + 1, month: (day.month + (day.day + later - 1) / 28 - 1) % 12 + 1, ..day };
    let due = Day { year: day.year + i64::from(due.month < day.month), ..due };
    let cents = chance.between(120, 6_400) * rate * 100 + chance.pick(&[0, 50, 90]);
    [
        ("{number}", format!("{}{number:04}", day.year)),
        ("{amount}", format!("{} {currency}", money(cents))),
        ("{date}", day.written()),
        ("{due}", due.written()),
        ("{time}", format!("{}:{}", chance.between(8, 15), chance.pick(&["00", "15", "30", "45"]))),
        ("{product}", chance.pick(products).to_owned()),
    ]
}

/// `1 284,50` with hard spaces between thousands.
fn money(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02}", cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, year, month, day) in [(0, 1970, 1, 1), (19_782, 2024, 2, 29), (20_454, 2026, 1, 1), (20_777, 2026, 11, 20)] {
            assert_eq!(Day::of(days), Day { year, month, day });
        }
    }

    #[test]
    fn no_letter_keeps_a_brace() {
        let mut chance = Chance::new(3);
        for language in [Language::Sk, Language::Cs] {
            let to = ContactDraft { last_name: "Nová".to_owned(), language: Some(language), ..ContactDraft::default() };
            for number in 0..300 {
                let letter = write(&to, number, Day::of(20_777), &mut chance);
                assert!(!letter.subject.contains(['{', '}']) && !letter.body.contains(['{', '}']), "{}", letter.body);
            }
        }
    }

    #[test]
    fn money_is_written_as_in_letters() {
        assert_eq!((money(128_450).as_str(), money(90).as_str()), ("1\u{a0}284,50", "0,90"));
    }
}
