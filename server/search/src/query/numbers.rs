//! Numbers that were typed in groups.

use super::{Clause, Form, Sense};

/// Joins neighbouring words that may be groups of one number: `0903 622 237`.
pub(super) fn join_numbers(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::new();
    for clause in clauses {
        if let Some(last) = joined.last_mut()
            && let Some(form) = together(last, &clause)
        {
            last.form = form;
        } else {
            joined.push(clause);
        }
    }
    joined
}

fn together(before: &Clause, after: &Clause) -> Option<Form> {
    let Form::Stem(next) = &after.form else { return None };
    if before.sense == Sense::MustNot || after.sense == Sense::MustNot || before.part != after.part || !is_digits(next) {
        return None;
    }
    let (joined, mut groups) = match &before.form {
        Form::Stem(first) if first.bytes().any(|it| it.is_ascii_digit()) => (first.clone(), vec![first.clone()]),
        Form::Number { joined, groups } => (joined.clone(), groups.clone()),
        _ => return None,
    };
    groups.push(next.clone());
    Some(Form::Number { joined: joined + next, groups })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}
