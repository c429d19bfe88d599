//! The form of a contact: several lines of addresses that come and go, and faults that find their line.

use model::FieldFault;

/// One line of an address with a number that stays while lines around it come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Tells lines apart.
    pub number: u32,
    /// What is typed.
    pub text: String,
}

/// Lines of addresses; there is always at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    lines: Vec<Line>,
    count: u32,
}

impl Lines {
    /// The lines of a contact.
    pub fn read(texts: &[String]) -> Self {
        let mut lines = Self { lines: Vec::new(), count: 0 };
        texts.iter().for_each(|it| {
            lines.add(it.clone());
        });
        if lines.lines.is_empty() {
            lines.add(String::new());
        }
        lines
    }

    /// Adds a line and gives its number.
    pub fn add(&mut self, text: String) -> u32 {
        self.count += 1;
        self.lines.push(Line { number: self.count, text });
        self.count
    }

    /// Changes a line.
    pub fn set(&mut self, number: u32, text: String) {
        if let Some(line) = self.lines.iter_mut().find(|it| it.number == number) {
            line.text = text;
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

    /// The texts in their order, with the empty ones, so that places stay.
    pub fn texts(&self) -> Vec<String> {
        self.lines.iter().map(|it| it.text.clone()).collect()
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
        Lines::read(&texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn there_is_always_a_line_to_type_into() {
        let mut lines = lines(&[]);
        assert_eq!(lines.texts(), [""]);
        let number = lines.all()[0].number;
        lines.set(number, "eva@x.sk".into());
        lines.remove(number);
        assert_eq!(lines.texts(), [""]);
    }

    #[test]
    fn a_line_keeps_its_number_when_another_goes() {
        let mut lines = lines(&["a@x.sk", "b@x.sk", "c@x.sk"]);
        let (first, last) = (lines.all()[0].number, lines.all()[2].number);
        lines.remove(first);
        assert_eq!((lines.text(last), lines.place(last)), ("c@x.sk".to_owned(), Some(1)));
        lines.prefer(last);
        assert_eq!(lines.texts(), ["c@x.sk", "b@x.sk"]);
    }

    #[test]
    fn a_fault_finds_its_line_although_empty_lines_stand_before_it() {
        let lines = lines(&["a@x.sk", "", "zle"]);
        let draft = ContactDraft { last_name: "Nová".into(), emails: lines.texts(), ..ContactDraft::default() };
        let Err(Refusal::Invalid(faults)) = draft.check(HomeCountry::Slovakia) else { panic!("accepted") };
        let place = lines.place(lines.all()[2].number).unwrap();
        assert!(fault_of(&faults, &format!("emails.{place}")).is_some());
    }
}
