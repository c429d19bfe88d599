//! From our tree to tantivy's.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query as Compiled, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::similar::slips;
use super::{Clause, Form, Query, Sense};
use crate::schema::{Fields, Part};
use crate::{Order, Reach, Restriction};

/// How much more a word weighs in the subject than anywhere.
const SUBJECT: f32 = 3.0;

impl Query {
    /// Makes what tantivy runs; an empty query finds everything, and similar words without a word that may differ find nothing.
    pub fn compile(&self, fields: &Fields, restriction: &Restriction) -> Box<dyn Compiled> {
        let mut all: Vec<(Occur, Box<dyn Compiled>)> = Vec::new();
        let bounds =
            [(fields.author, restriction.author), (fields.contact, restriction.contact), (fields.campaign, restriction.campaign)];
        all.extend(bounds.into_iter().filter_map(|(field, id)| Some((Occur::Must, number(field, id?)))));
        let way = Way { fields, order: restriction.order, reach: restriction.reach };
        if restriction.reach == Reach::Similar {
            all.push((Occur::MustNot, way.exactly().any(&self.groups)));
        }
        if !self.groups.is_empty() {
            all.push((Occur::Must, way.any(&self.groups)));
        }
        if all.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            all.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(all))
    }
}

/// How clauses are made into what runs.
#[derive(Clone, Copy)]
struct Way<'a> {
    fields: &'a Fields,
    order: Order,
    reach: Reach,
}

impl Way<'_> {
    fn exactly(self) -> Self {
        Self { reach: Reach::Exact, ..self }
    }

    /// Any of the groups; without groups everything.
    fn any(self, groups: &[Vec<Clause>]) -> Box<dyn Compiled> {
        match groups {
            [] => Box::new(AllQuery),
            [group] => self.every(group),
            groups => Box::new(BooleanQuery::union(groups.iter().map(|it| self.every(it)).collect())),
        }
    }

    fn every(self, group: &[Clause]) -> Box<dyn Compiled> {
        let mut clauses: Vec<(Occur, Box<dyn Compiled>)> = Vec::new();
        for clause in group {
            match clause.sense {
                Sense::Must => {
                    clauses.push((Occur::Must, self.one(clause)));
                    if self.order == Order::Best && clause.part == Part::All {
                        let in_subject = self.one(&Clause { part: Part::Subject, ..clause.clone() });
                        clauses.push((Occur::Should, Box::new(BoostQuery::new(in_subject, SUBJECT))));
                    }
                }
                // What must not occur is meant as it was typed.
                Sense::MustNot => clauses.push((Occur::MustNot, self.exactly().one(clause))),
            }
        }
        if group.iter().all(|it| it.sense == Sense::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn one(self, clause: &Clause) -> Box<dyn Compiled> {
        let text = self.fields.text(clause.part);
        match &clause.form {
            Form::Stem(stem) if self.reach == Reach::Similar && 0 < slips(stem) => {
                Box::new(FuzzyTermQuery::new(Term::from_field_text(text.stemmed, stem), slips(stem), true))
            }
            Form::Stem(stem) => {
                let record = match self.order {
                    Order::Newest => IndexRecordOption::Basic,
                    Order::Best => IndexRecordOption::WithFreqs,
                };
                Box::new(TermQuery::new(Term::from_field_text(text.stemmed, stem), record))
            }
            Form::Phrase(_) | Form::Prefix(_) | Form::Number { .. } => exactly(clause, text.exact, text.stemmed),
        }
    }
}

/// What a clause finds as it was typed.
pub(super) fn exactly(clause: &Clause, exact: Field, stemmed: Field) -> Box<dyn Compiled> {
    match &clause.form {
        Form::Stem(stem) => word(stemmed, stem),
        Form::Phrase(words) => match words.as_slice() {
            [(_, only)] => word(exact, only),
            _ => Box::new(PhraseQuery::new_with_offset(terms(exact, words))),
        },
        Form::Prefix(words) => match words.as_slice() {
            [(_, only)] => Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(exact, only), 0, true)),
            _ => Box::new(PhrasePrefixQuery::new_with_offset(terms(exact, words))),
        },
        Form::Number { joined, groups } => {
            let each = BooleanQuery::intersection(groups.iter().map(|it| word(exact, it)).collect());
            Box::new(BooleanQuery::union(vec![word(exact, joined), Box::new(each)]))
        }
    }
}

pub(super) fn word(field: Field, word: &str) -> Box<dyn Compiled> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
}

fn number(field: Field, value: i64) -> Box<dyn Compiled> {
    Box::new(TermQuery::new(Term::from_field_i64(field, value), IndexRecordOption::Basic))
}

pub(super) fn terms(field: Field, words: &[(usize, String)]) -> Vec<(usize, Term)> {
    words.iter().map(|(offset, word)| (*offset, Term::from_field_text(field, word))).collect()
}
