//! A template that was let through: compiled once, rendered for as many recipients as there are.

pub use model::UnresolvedReason as Reason;

use super::catalogue::Catalogue;
use super::fault::{Fault, Spot};
use super::gate;
use super::language::Language;
use super::place::Place;
use super::program::Step;
use super::reader;
use super::render::{Hole, Holes, Run};
use super::sheet::Stop;
use super::value::Values;
use crate::sms;

/// A compiled template.
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    steps: Vec<Step>,
    fields: Vec<String>,
    language: Language,
}

/// A field that could not be shown for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Its path; a field of a row with the path of its collection: `order.items.name`.
    pub path: String,
    /// The row of the collection, from 0.
    pub row: Option<usize>,
    /// Why it could not be shown.
    pub reason: Reason,
    /// Where it stands in the template.
    pub spot: Spot,
}

/// Why there is no text for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Fields could not be shown: all of them, at most a hundred.
    Unresolved(Vec<Unresolved>),
    /// The text would be longer than [`MAX_OUTPUT`](super::MAX_OUTPUT).
    TooLong,
    /// The rows of a collection, or its values, are too many.
    TooMuchWork,
}

/// A text for looking at, whatever is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The text; what is missing stands in it as `⟦contact.name⟧`.
    pub text: String,
    /// What could not be shown.
    pub unresolved: Vec<Unresolved>,
}

impl Template {
    /// Reads and checks a template.
    ///
    /// # Errors
    /// Lists what is wrong with it, at most some hundred faults, in the order of their places.
    pub fn compile(source: &str, place: Place, catalogue: &Catalogue, language: Language) -> Result<Self, Vec<Fault>> {
        let (nodes, mut faults) = reader::read(source);
        let (steps, fields, more) = gate::check(source, &nodes, place, catalogue, language);
        faults.extend(more);
        if !faults.is_empty() {
            faults.sort_by_key(|it| it.spot.range.start);
            return Err(faults);
        }
        Ok(Self { source: source.to_owned(), steps, fields, language })
    }

    /// The paths of the fields it uses, each once, in the order of their first use.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Whether every recipient gets the same.
    pub fn is_constant(&self) -> bool {
        self.fields.is_empty()
    }

    /// Makes the text for one recipient.
    ///
    /// # Errors
    /// Lists every field that could not be shown, or says which limit was reached.
    pub fn render(&self, values: &Values<'_>) -> Result<String, Failure> {
        let mut run = Run::new(values, self.language, Holes::Listed);
        run.steps(&self.steps).map_err(failure)?;
        if run.holes.is_empty() { Ok(run.sheet.text) } else { Err(Failure::Unresolved(self.unresolved(run.holes))) }
    }

    /// Makes a text for looking at: what is missing is marked in it.
    ///
    /// # Errors
    /// Says which limit was reached.
    pub fn preview(&self, values: &Values<'_>) -> Result<Preview, Failure> {
        let mut run = Run::new(values, self.language, Holes::Marked);
        run.steps(&self.steps).map_err(failure)?;
        Ok(Preview { text: run.sheet.text, unresolved: self.unresolved(run.holes) })
    }

    /// Makes the text message for one recipient and counts its parts, after its diacritics were taken off if that is wanted.
    ///
    /// # Errors
    /// As [`Template::render`].
    pub fn render_sms(&self, values: &Values<'_>, diacritics: Diacritics) -> Result<(String, sms::Count), Failure> {
        let text = self.render(values)?;
        let text = if diacritics == Diacritics::Strip { sms::without_diacritics(&text) } else { text };
        let count = sms::count(&text);
        Ok((text, count))
    }

    fn unresolved(&self, holes: Vec<Hole>) -> Vec<Unresolved> {
        let it = |hole: Hole| Unresolved {
            path: hole.path,
            row: hole.row,
            reason: hole.reason,
            spot: Spot::of(&self.source, hole.at),
        };
        holes.into_iter().map(it).collect()
    }
}

/// What is done with the diacritics of a text message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Diacritics {
    /// They are taken off, so that the text takes fewer parts.
    #[default]
    Strip,
    /// They stay.
    Keep,
}

fn failure(stop: Stop) -> Failure {
    match stop {
        Stop::TooLong => Failure::TooLong,
        Stop::TooMuchWork => Failure::TooMuchWork,
    }
}
