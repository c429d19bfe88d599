//! From our tree to tantivy's, for things that are found while one types: each bare word may also be only the beginning of one.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, Query as Compiled, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::compile::{exactly, terms, word};
use super::similar::slips;
use super::{Clause, Form, Query, Sense};
use crate::Reach;
use crate::analysis::LONGEST_BEGINNING;
use crate::schema::Part;
use crate::things::{Fields, Text};

/// How much more a word weighs in the name than anywhere.
const NAME: f32 = 3.0;
/// How much a word weighs that is only begun.
const BEGUN: f32 = 0.2;
/// How much it weighs when the name has it: more than any whole word elsewhere, which few know to be there.
const BEGUN_IN_NAME: f32 = 30.0;

impl Query {
    /// Makes what tantivy runs; nothing when no thing can answer: without words, or with conditions that only messages meet.
    pub fn compile_for_things(&self, fields: &Fields, reach: Reach) -> Option<Box<dyn Compiled>> {
        if self.groups.is_empty() || !self.conditions.is_empty() {
            return None;
        }
        let way = Way { fields, reach };
        Some(Box::new(BooleanQuery::union(self.groups.iter().map(|it| way.every(it)).collect())))
    }
}

/// How clauses are made into what runs.
#[derive(Clone, Copy)]
struct Way<'a> {
    fields: &'a Fields,
    reach: Reach,
}

impl Way<'_> {
    fn every(self, group: &[Clause]) -> Box<dyn Compiled> {
        let mut clauses: Vec<(Occur, Box<dyn Compiled>)> = Vec::new();
        for clause in group {
            let anywhere = match clause.part {
                Part::All => self.fields.all,
                Part::Subject => self.fields.name,
                // Only messages have these parts.
                Part::To | Part::From | Part::Attachment | Part::Campaign => return Box::new(EmptyQuery),
            };
            match clause.sense {
                Sense::Must => {
                    clauses.push((Occur::Must, self.one(clause, anywhere)));
                    let in_name = self.one(clause, self.fields.name);
                    clauses.push((Occur::Should, Box::new(BoostQuery::new(in_name, NAME))));
                    if let Some(typed) = &clause.typed {
                        clauses.push((Occur::Should, Box::new(BoostQuery::new(word(self.fields.name.exact, typed), NAME))));
                        let begun = ConstScoreQuery::new(beginning(typed, self.fields.name), BEGUN_IN_NAME);
                        clauses.push((Occur::Should, Box::new(begun)));
                    }
                }
                Sense::MustNot => clauses.push((Occur::MustNot, exactly(clause, anywhere.exact, anywhere.stemmed))),
            }
        }
        match group.iter().any(|it| it.sense == Sense::Must) {
            true => Box::new(BooleanQuery::new(clauses)),
            false => Box::new(EmptyQuery),
        }
    }

    fn one(self, clause: &Clause, text: Text) -> Box<dyn Compiled> {
        let mut ways: Vec<Box<dyn Compiled>> = Vec::new();
        match &clause.form {
            Form::Stem(stem) if self.reach == Reach::Similar && 0 < slips(stem) => {
                ways.push(Box::new(FuzzyTermQuery::new(Term::from_field_text(text.stemmed, stem), slips(stem), true)));
            }
            Form::Stem(stem) => {
                let term = Term::from_field_text(text.stemmed, stem);
                ways.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
            }
            Form::Prefix(words) if words.len() == 1 => return beginning(&words[0].1, text),
            Form::Phrase(words) if 1 < words.len() && clause.typed.is_some() => {
                ways.push(Box::new(PhrasePrefixQuery::new_with_offset(terms(text.exact, words))));
            }
            Form::Phrase(_) | Form::Prefix(_) | Form::Number { .. } => ways.push(exactly(clause, text.exact, text.stemmed)),
        }
        let begun = match &clause.form {
            Form::Number { joined, .. } => Some(joined),
            Form::Phrase(words) | Form::Prefix(words) if 1 < words.len() => None,
            Form::Stem(_) | Form::Phrase(_) | Form::Prefix(_) => clause.typed.as_ref(),
        };
        if let Some(begun) = begun {
            ways.push(Box::new(ConstScoreQuery::new(beginning(begun, text), BEGUN)));
        }
        Box::new(BooleanQuery::union(ways))
    }
}

/// Every word that begins so.
fn beginning(begun: &str, text: Text) -> Box<dyn Compiled> {
    match begun.chars().count() {
        0..=LONGEST_BEGINNING => word(text.beginnings, begun),
        _ => Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(text.exact, begun), 0, true)),
    }
}
