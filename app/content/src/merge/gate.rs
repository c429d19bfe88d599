//! Lets a template through only when each field, filter and place in it is known and allowed.

use std::ops::Range;

use super::catalogue::{Catalogue, Field, FieldType, Kind};
use super::fault::{Fault, FaultKind, Spot, nearest};
use super::filter::{FILTERS, Filter};
use super::language::Language;
use super::limits::{MAX_LISTED, MAX_LOOPS};
use super::place::{Place as Target, Scanner};
use super::program::{About, Chain, Place, Step, Test};
use super::tree::{self, Comparison, Condition, Constant, Node, Path, Source};
use super::value::Value;

/// The tests behind `is`.
const TESTS: [&str; 2] = ["filled", "empty"];

/// What is known about the row of a loop.
const ABOUT: [(&str, About, Kind); 4] = [
    ("index", About::Index, Kind::Number),
    ("first", About::First, Kind::Bool),
    ("last", About::Last, Kind::Bool),
    ("length", About::Length, Kind::Number),
];

/// Checks what was read; makes steps of what is right and adds the faults of the rest.
pub(super) fn check(
    source: &str,
    nodes: &[Node],
    place: Target,
    catalogue: &Catalogue,
    language: Language,
) -> (Vec<Step>, Vec<String>, Vec<Fault>) {
    let mut gate = Gate {
        source,
        place,
        catalogue,
        language,
        scanner: Scanner::new(place),
        frames: Vec::new(),
        fields: Vec::new(),
        faults: Vec::new(),
    };
    let steps = gate.steps(nodes);
    (steps, gate.fields, gate.faults)
}

struct Gate<'a> {
    source: &'a str,
    place: Target,
    catalogue: &'a Catalogue,
    language: Language,
    scanner: Scanner,
    frames: Vec<Frame<'a>>,
    /// The paths that are used, each once.
    fields: Vec<String>,
    faults: Vec<Fault>,
}

/// A loop around what is being checked.
struct Frame<'a> {
    name: String,
    path: String,
    items: &'a [Field],
}

impl<'a> Gate<'a> {
    fn steps(&mut self, nodes: &[Node]) -> Vec<Step> {
        nodes.iter().filter_map(|it| self.step(it)).collect()
    }

    fn step(&mut self, node: &Node) -> Option<Step> {
        match node {
            Node::Literal(text, at) => self.literal(text, at),
            Node::Output(chain, at) => self.output(chain, at),
            Node::If { branches, otherwise, at } => self.choice(branches, otherwise, at),
            Node::For { name, list, body, otherwise, at } => self.repetition(name, list, (body, otherwise), at),
        }
    }

    fn literal(&mut self, text: &str, at: &Range<usize>) -> Option<Step> {
        if matches!(self.place, Target::Subject | Target::Url)
            && let Some(end) = text.find(['\r', '\n'])
        {
            self.fault(FaultKind::LineEnd, at.start + end..at.start + end + 1);
        }
        self.scanner.pass(text);
        Some(Step::Literal(text.to_owned()))
    }

    fn output(&mut self, chain: &tree::Chain, at: &Range<usize>) -> Option<Step> {
        let writing = self.scanner.value().map_err(|it| self.fault(FaultKind::Refused(it), at.clone())).ok();
        let (chain, kind) = self.chain(chain)?;
        if kind == Kind::Collection {
            self.fault(FaultKind::CollectionShown(path_of(&chain.place).to_owned()), at.clone());
            return None;
        }
        Some(Step::Output { chain, writing: writing?, at: at.clone() })
    }

    fn choice(&mut self, branches: &[(Condition, Vec<Node>)], otherwise: &[Node], at: &Range<usize>) -> Option<Step> {
        let start = self.scanner.clone();
        let mut ends = Vec::new();
        let mut checked = Vec::new();
        for (condition, body) in branches {
            let test = self.condition(condition);
            self.scanner = start.clone();
            let body = self.steps(body);
            ends.push(self.scanner.clone());
            checked.extend(test.map(|it| (it, body)));
        }
        self.scanner = start;
        let otherwise = self.steps(otherwise);
        if ends.iter().any(|it| *it != self.scanner) {
            self.fault(FaultKind::UnevenMarkup, at.clone());
        }
        Some(Step::If { branches: checked, otherwise })
    }

    fn repetition(&mut self, name: &str, list: &Path, (body, otherwise): (&[Node], &[Node]), at: &Range<usize>) -> Option<Step> {
        let found = self.list(list);
        if MAX_LOOPS <= self.frames.len() {
            self.fault(FaultKind::TooManyLoops(MAX_LOOPS), at.clone());
            return None;
        }
        if name == "loop" || self.catalogue.is_root(name) || self.frames.iter().any(|it| it.name == name) {
            self.fault(FaultKind::NameTaken(name.to_owned()), at.clone());
            return None;
        }
        let (place, items) = found?;
        let start = self.scanner.clone();
        self.frames.push(Frame { name: name.to_owned(), path: path_of(&place).to_owned(), items });
        let body = self.steps(body);
        self.frames.pop();
        let is_even = self.scanner == start;
        self.scanner = start.clone();
        let otherwise = self.steps(otherwise);
        if !is_even || self.scanner != start {
            self.fault(FaultKind::UnevenMarkup, at.clone());
        }
        Some(Step::For { list: place, body, otherwise })
    }

    /// The collection a loop runs over.
    fn list(&mut self, path: &Path) -> Option<(Place, &'a [Field])> {
        let (place, kind, items) = self.find(path)?;
        if kind != Kind::Collection {
            self.fault(FaultKind::NotACollection(path.text.clone()), path.at.clone());
            return None;
        }
        Some((place, items))
    }

    fn chain(&mut self, chain: &tree::Chain) -> Option<(Chain, Kind)> {
        let (place, mut kind) = match &chain.source {
            Source::Constant(it) => constant(it),
            Source::Path(path) => self.find(path).map(|(place, kind, _)| (place, kind))?,
        };
        let mut filters = Vec::new();
        for call in &chain.calls {
            match Filter::read(&call.name, &call.arguments, kind, self.language) {
                Ok((filter, made)) => {
                    filters.push(filter);
                    kind = made;
                }
                Err(fault) => {
                    self.fault(fault, call.at.clone());
                    return None;
                }
            }
        }
        Some((Chain { place, filters }, kind))
    }

    /// Looks a path up: the row of a loop, `loop`, or the catalogue.
    fn find(&mut self, path: &Path) -> Option<(Place, Kind, &'a [Field])> {
        let found = self.look_up(&path.text);
        let Some((place, holds)) = found else {
            self.fault(FaultKind::UnknownField(path.text.clone()), path.at.clone());
            return None;
        };
        let (kind, items) = match holds {
            Holds::Field(FieldType::Collection(items)) => (Kind::Collection, items.as_slice()),
            Holds::Field(other) => (other.kind(), &[][..]),
            Holds::About(kind) => (kind, &[][..]),
        };
        if kind == Kind::Collection && self.place.is_small() {
            self.fault(FaultKind::CollectionHere(path.text.clone()), path.at.clone());
            return None;
        }
        self.note(&place);
        Some((place, kind, items))
    }

    fn look_up(&self, path: &str) -> Option<(Place, Holds<'a>)> {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        if root == "loop" {
            let frame = self.frames.len().checked_sub(1)?;
            let (_, what, kind) = ABOUT.iter().find(|(name, _, _)| *name == rest)?;
            return Some((Place::Loop { frame, what: *what }, Holds::About(*kind)));
        }
        if let Some(frame) = self.frames.iter().position(|it| it.name == root) {
            let Frame { path, items, .. } = &self.frames[frame];
            let field = items.iter().find(|it| it.path == rest)?;
            let place = Place::Row { frame, name: rest.to_owned(), path: format!("{path}.{rest}") };
            return Some((place, Holds::Field(&field.holds)));
        }
        let field = self.catalogue.find(path)?;
        Some((Place::Field(path.to_owned()), Holds::Field(&field.holds)))
    }

    fn note(&mut self, place: &Place) {
        let path = path_of(place);
        if !path.is_empty() && !self.fields.iter().any(|it| it == path) {
            self.fields.push(path.to_owned());
        }
    }

    fn condition(&mut self, condition: &Condition) -> Option<Test> {
        Some(match condition {
            Condition::Filled(chain) => Test::Filled(self.chain(chain)?.0),
            Condition::Test { chain, name, negated, at } => {
                let filled = Test::Filled(self.chain(chain)?.0);
                if !TESTS.contains(&name.as_str()) {
                    self.fault(FaultKind::UnknownTest(name.clone()), at.clone());
                    return None;
                }
                if (name == "empty") == *negated { filled } else { Test::Not(Box::new(filled)) }
            }
            Condition::Compare(left, comparison, right) => {
                let at = left.at.start..right.at.end;
                let (left, right) = (self.chain(left), self.chain(right));
                let ((left, a), (mut right, b)) = (left?, right?);
                let is_day = matches!(a, Kind::Date | Kind::DateTime) && b == Kind::Text;
                let is_right = if is_day { to_day(&mut right) } else { are_comparable(a, b, *comparison) };
                if !is_right {
                    self.fault(FaultKind::NotComparable(a, b), at);
                    return None;
                }
                Test::Compare(left, *comparison, right)
            }
            Condition::Not(inner) => Test::Not(Box::new(self.condition(inner)?)),
            Condition::All(inner) => Test::All(inner.iter().map(|it| self.condition(it)).collect::<Option<_>>()?),
            Condition::Any(inner) => Test::Any(inner.iter().map(|it| self.condition(it)).collect::<Option<_>>()?),
        })
    }

    fn fault(&mut self, kind: FaultKind, at: Range<usize>) {
        if MAX_LISTED <= self.faults.len() {
            return;
        }
        let suggestion = match &kind {
            FaultKind::UnknownFilter(name) => nearest(name, FILTERS.iter().map(|it| it.name)),
            FaultKind::UnknownTest(name) => nearest(name, TESTS.into_iter()),
            FaultKind::UnknownField(path) => self.nearest_field(path),
            _ => None,
        };
        self.faults.push(Fault { kind, spot: Spot::of(self.source, at), suggestion });
    }

    fn nearest_field(&self, path: &str) -> Option<String> {
        let rows = self.frames.iter().flat_map(|frame| frame.items.iter().map(|it| format!("{}.{}", frame.name, it.path)));
        let about = self.frames.last().into_iter().flat_map(|_| ABOUT.iter().map(|(name, _, _)| format!("loop.{name}")));
        let near: Vec<String> = rows.chain(about).collect();
        let fields = self.catalogue.fields().iter().map(|it| it.path.as_str());
        nearest(path, near.iter().map(String::as_str).chain(fields))
    }
}

/// What a path leads to.
enum Holds<'a> {
    Field(&'a FieldType),
    About(Kind),
}

fn constant(constant: &Constant) -> (Place, Kind) {
    match constant {
        Constant::Text(text) => (Place::Constant(Value::Text(text.clone())), Kind::Text),
        Constant::Number(number) => (Place::Constant(Value::Number(*number)), Kind::Number),
        Constant::Bool(it) => (Place::Constant(Value::Bool(*it)), Kind::Bool),
    }
}

/// The path of a field; of a row's field with the path of its collection; empty for what is no field.
pub(super) fn path_of(place: &Place) -> &str {
    match place {
        Place::Field(path) | Place::Row { path, .. } => path,
        Place::Loop { .. } | Place::Constant(_) => "",
    }
}

/// Reads a written text as the day it is compared with; says whether it is one.
fn to_day(chain: &mut Chain) -> bool {
    match &mut chain.place {
        Place::Constant(value) if chain.filters.is_empty() => value.read_day().map(|day| *value = day).is_some(),
        _ => false,
    }
}

/// Equal kinds are compared, amounts also with numbers; texts and yes-or-no only for equality.
fn are_comparable(a: Kind, b: Kind, comparison: Comparison) -> bool {
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
    match (a, b) {
        (Kind::Text | Kind::Url, Kind::Text | Kind::Url) | (Kind::Bool, Kind::Bool) => is_equality,
        (Kind::Number | Kind::Money, Kind::Number | Kind::Money) => true,
        (Kind::Date | Kind::DateTime, Kind::Date | Kind::DateTime) => true,
        _ => false,
    }
}
