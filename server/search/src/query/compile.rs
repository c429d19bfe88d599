//! From our tree to tantivy's.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query as Compiled, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::{Clause, Form, Query, Sense};
use crate::Restriction;
use crate::schema::Fields;

impl Query {
    /// Makes what tantivy runs; an empty query finds everything.
    pub fn compile(&self, fields: &Fields, restriction: &Restriction) -> Box<dyn Compiled> {
        let mut all: Vec<Box<dyn Compiled>> = Vec::new();
        if let Some(author) = restriction.author {
            all.push(number(fields.author, author));
        }
        if let Some(contact) = restriction.contact {
            all.push(number(fields.contact, contact));
        }
        if let Some(campaign) = restriction.campaign {
            all.push(number(fields.campaign, campaign));
        }
        match self.groups.as_slice() {
            [] => {}
            [group] => all.push(every(group, fields)),
            groups => all.push(Box::new(BooleanQuery::union(groups.iter().map(|it| every(it, fields)).collect()))),
        }
        match all.len() {
            0 => Box::new(AllQuery),
            1 => all.remove(0),
            _ => Box::new(BooleanQuery::intersection(all)),
        }
    }
}

fn every(group: &[Clause], fields: &Fields) -> Box<dyn Compiled> {
    let mut clauses: Vec<(Occur, Box<dyn Compiled>)> = Vec::new();
    for clause in group {
        let occur = match clause.sense {
            Sense::Must => Occur::Must,
            Sense::MustNot => Occur::MustNot,
        };
        clauses.push((occur, one(clause, fields)));
    }
    if group.iter().all(|it| it.sense == Sense::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn one(clause: &Clause, fields: &Fields) -> Box<dyn Compiled> {
    let text = fields.text(clause.part);
    match &clause.form {
        Form::Stem(stem) => word(text.stemmed, stem),
        Form::Phrase(words) => match words.as_slice() {
            [(_, only)] => word(text.exact, only),
            _ => Box::new(PhraseQuery::new_with_offset(terms(text.exact, words))),
        },
        Form::Prefix(words) => match words.as_slice() {
            [(_, only)] => Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(text.exact, only), 0, true)),
            _ => Box::new(PhrasePrefixQuery::new_with_offset(terms(text.exact, words))),
        },
        Form::Number { joined, groups } => {
            let each = BooleanQuery::intersection(groups.iter().map(|it| word(text.exact, it)).collect());
            Box::new(BooleanQuery::union(vec![word(text.exact, joined), Box::new(each)]))
        }
    }
}

fn word(field: Field, word: &str) -> Box<dyn Compiled> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
}

fn number(field: Field, value: i64) -> Box<dyn Compiled> {
    Box::new(TermQuery::new(Term::from_field_i64(field, value), IndexRecordOption::Basic))
}

fn terms(field: Field, words: &[(usize, String)]) -> Vec<(usize, Term)> {
    words.iter().map(|(offset, word)| (*offset, Term::from_field_text(field, word))).collect()
}
