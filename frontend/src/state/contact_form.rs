//! The form of a contact: several lines of addresses that come and go, and faults that find their line.

use model::{AddressLine, FieldFault, Gender, Purpose};

/// One line of an address with a number that stays while lines around it come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Tells lines apart.
    pub number: u32,
    /// What is typed.
    pub text: String,
    /// What the address is for.
    pub purpose: Purpose,
}

/// Lines of addresses; there is always at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    lines: Vec<Line>,
    count: u32,
}

impl Lines {
    /// The lines of a contact.
    pub fn read(all: &[AddressLine]) -> Self {
        let mut lines = Self { lines: Vec::new(), count: 0 };
        all.iter().for_each(|it| {
            lines.add(it.clone());
        });
        if lines.lines.is_empty() {
            lines.add(AddressLine::default());
        }
        lines
    }

    /// Adds a line and gives its number.
    pub fn add(&mut self, line: AddressLine) -> u32 {
        self.count += 1;
        self.lines.push(Line { number: self.count, text: line.text, purpose: line.purpose });
        self.count
    }

    /// Changes a line.
    pub fn set(&mut self, number: u32, text: String) {
        if let Some(line) = self.lines.iter_mut().find(|it| it.number == number) {
            line.text = text;
        }
    }

    /// Changes what the address of a line is for.
    pub fn set_purpose(&mut self, number: u32, purpose: Purpose) {
        if let Some(line) = self.lines.iter_mut().find(|it| it.number == number) {
            line.purpose = purpose;
        }
    }

    /// Takes a line away; the last one is only emptied.
    pub fn remove(&mut self, number: u32) {
        if self.lines.len() == 1 {
            self.set(number, String::new());
        } else {
            self.lines.retain(|it| it.number != number);
        }
    }

    /// Puts a line first, which makes it the default.
    pub fn prefer(&mut self, number: u32) {
        if let Some(place) = self.place(number) {
            let line = self.lines.remove(place);
            self.lines.insert(0, line);
        }
    }

    /// The lines in their order.
    pub fn all(&self) -> &[Line] {
        &self.lines
    }

    /// Where a line stands, from 0: faults name it so.
    pub fn place(&self, number: u32) -> Option<usize> {
        self.lines.iter().position(|it| it.number == number)
    }

    /// What is typed in a line.
    pub fn text(&self, number: u32) -> String {
        self.place(number).map_or_else(String::new, |place| self.lines[place].text.clone())
    }

    /// What the address of a line is for.
    pub fn purpose(&self, number: u32) -> Purpose {
        self.place(number).map_or_else(Purpose::default, |place| self.lines[place].purpose)
    }

    /// Whether a line is the first of its purpose, which makes it the default.
    pub fn is_default(&self, number: u32) -> bool {
        let purpose = self.purpose(number);
        self.lines.iter().find(|it| it.purpose == purpose).is_some_and(|it| it.number == number)
    }

    /// What is typed, with the empty lines, so that places stay.
    pub fn typed(&self) -> Vec<AddressLine> {
        self.lines.iter().map(|it| AddressLine { text: it.text.clone(), purpose: it.purpose }).collect()
    }
}

/// The stable name of a purpose in lists of choices.
pub fn purpose_code(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::General => "general",
        Purpose::Invoices => "invoices",
        Purpose::Reminders => "reminders",
        Purpose::Marketing => "marketing",
    }
}

/// The stable name of how a person is addressed, in lists of choices.
pub fn gender_code(gender: Gender) -> &'static str {
    match gender {
        Gender::Unknown => "unknown",
        Gender::Woman => "woman",
        Gender::Man => "man",
    }
}

/// The first fault of a field.
pub fn fault_of<'a>(faults: &'a [FieldFault], field: &str) -> Option<&'a FieldFault> {
    faults.iter().find(|it| it.field == field)
}

#[cfg(test)]
mod tests {
    use model::{ContactDraft, HomeCountry, Refusal};

    use super::*;

    fn lines(texts: &[&str]) -> Lines {
        Lines::read(&texts.iter().map(|it| AddressLine::from(*it)).collect::<Vec<_>>())
    }

    fn texts(lines: &Lines) -> Vec<String> {
        lines.typed().into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn there_is_always_a_line_to_type_into() {
        let mut lines = lines(&[]);
        assert_eq!(texts(&lines), [""]);
        let number = lines.all()[0].number;
        lines.set(number, "eva@x.sk".into());
        lines.remove(number);
        assert_eq!(texts(&lines), [""]);
    }

    #[test]
    fn a_line_keeps_its_number_when_another_goes() {
        let mut lines = lines(&["a@x.sk", "b@x.sk", "c@x.sk"]);
        let (first, last) = (lines.all()[0].number, lines.all()[2].number);
        lines.remove(first);
        assert_eq!((lines.text(last), lines.place(last)), ("c@x.sk".to_owned(), Some(1)));
        lines.prefer(last);
        assert_eq!(texts(&lines), ["c@x.sk", "b@x.sk"]);
    }

    #[test]
    fn the_first_line_of_a_purpose_is_its_default() {
        let mut lines = lines(&["a@x.sk", "b@x.sk", "c@x.sk"]);
        let numbers: Vec<u32> = lines.all().iter().map(|it| it.number).collect();
        lines.set_purpose(numbers[1], Purpose::Invoices);
        lines.set_purpose(numbers[2], Purpose::Invoices);
        assert_eq!(numbers.iter().map(|it| lines.is_default(*it)).collect::<Vec<_>>(), [true, true, false]);
        lines.prefer(numbers[2]);
        assert!(lines.is_default(numbers[2]) && !lines.is_default(numbers[1]));
    }

    #[test]
    fn a_fault_finds_its_line_although_empty_lines_stand_before_it() {
        let lines = lines(&["a@x.sk", "", "zle"]);
        let draft = ContactDraft { last_name: "Nová".into(), emails: lines.typed(), ..ContactDraft::default() };
        let Err(Refusal::Invalid(faults)) = draft.check(HomeCountry::Slovakia, &[]) else { panic!("accepted") };
        let place = lines.place(lines.all()[2].number).unwrap();
        assert!(fault_of(&faults, &format!("emails.{place}")).is_some());
    }
}
