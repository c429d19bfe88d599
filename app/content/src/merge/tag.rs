//! Reads what stands between the marks of one tag.

use std::ops::Range;

use minijinja::machinery::Token;
use rust_decimal::Decimal;

use super::fault::FaultKind;
use super::limits::{MAX_FILTERS, MAX_PARENTHESES};
use super::reader::Sign;
use super::tree::{Call, Chain, Comparison, Condition, Constant, Path, Source};

/// A fault and the bytes it is about.
pub(super) type Wrong = (FaultKind, Range<usize>);

/// The signs of one tag and how far they are read.
pub(super) struct Tag<'a> {
    source: &'a str,
    signs: &'a [Sign<'a>],
    next: usize,
    end: usize,
    depth: usize,
}

impl<'a> Tag<'a> {
    /// Begins to read the signs of a tag whose end mark begins at `end`.
    pub(super) fn new(source: &'a str, signs: &'a [Sign<'a>], end: usize) -> Self {
        Self { source, signs, next: 0, end, depth: 0 }
    }

    fn peek(&self) -> Option<&'a Token<'a>> {
        self.signs.get(self.next).map(|(token, _)| token)
    }

    fn here(&self) -> Range<usize> {
        self.signs.get(self.next).map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn behind(&self) -> usize {
        self.next.checked_sub(1).and_then(|it| self.signs.get(it)).map_or(self.end, |(_, at)| at.end)
    }

    /// What is wrong with the sign that stands here.
    pub(super) fn unexpected(&self) -> Wrong {
        let at = self.here();
        let text = self.source.get(at.clone()).unwrap_or_default().to_owned();
        let kind = match self.peek() {
            Some(
                Token::Plus
                | Token::Minus
                | Token::Mul
                | Token::Div
                | Token::FloorDiv
                | Token::Pow
                | Token::Mod
                | Token::Tilde
                | Token::Assign
                | Token::BracketOpen
                | Token::BraceOpen
                | Token::ParenOpen,
            ) => FaultKind::NotAllowed(text),
            _ => FaultKind::Unexpected(text),
        };
        (kind, at)
    }

    /// Takes a name, whatever it is.
    pub(super) fn name(&mut self) -> Result<(&'a str, Range<usize>), Wrong> {
        match self.peek() {
            Some(Token::Ident(name)) => {
                let at = self.here();
                self.next += 1;
                Ok((name, at))
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Takes a word of the language if it stands here.
    fn takes(&mut self, word: &str) -> bool {
        let stands = matches!(self.peek(), Some(Token::Ident(name)) if *name == word);
        self.next += usize::from(stands);
        stands
    }

    fn takes_sign(&mut self, is_it: impl Fn(&Token<'a>) -> bool) -> bool {
        let stands = self.peek().is_some_and(is_it);
        self.next += usize::from(stands);
        stands
    }

    /// Refuses what is left over.
    pub(super) fn finish(&self) -> Result<(), Wrong> {
        if self.next < self.signs.len() { Err(self.unexpected()) } else { Ok(()) }
    }

    /// `item in order.items`
    pub(super) fn loop_head(&mut self) -> Result<(String, Range<usize>, Path), Wrong> {
        let (name, at) = self.name()?;
        if !self.takes("in") {
            return Err(self.unexpected());
        }
        Ok((name.to_owned(), at, self.path()?))
    }

    fn path(&mut self) -> Result<Path, Wrong> {
        let (first, at) = self.name()?;
        let mut text = first.to_owned();
        while self.takes_sign(|it| matches!(it, Token::Dot)) {
            let (name, _) = self.name()?;
            text.push('.');
            text.push_str(name);
        }
        Ok(Path { text, at: at.start..self.behind() })
    }

    /// `contact.name | upper | truncate(20)`
    pub(super) fn chain(&mut self) -> Result<Chain, Wrong> {
        let start = self.here().start;
        let source = match self.constant()? {
            Some(it) => Source::Constant(it),
            None => Source::Path(self.path()?),
        };
        let mut calls = Vec::new();
        while self.takes_sign(|it| matches!(it, Token::Pipe)) {
            if MAX_FILTERS <= calls.len() {
                return Err((FaultKind::TagTooLong(MAX_FILTERS), self.here()));
            }
            calls.push(self.call()?);
        }
        Ok(Chain { source, calls, at: start..self.behind() })
    }

    fn call(&mut self) -> Result<Call, Wrong> {
        let (name, at) = self.name()?;
        let mut arguments = Vec::new();
        if self.takes_sign(|it| matches!(it, Token::ParenOpen)) {
            while !self.takes_sign(|it| matches!(it, Token::ParenClose)) {
                if !arguments.is_empty() && !self.takes_sign(|it| matches!(it, Token::Comma)) {
                    return Err(self.unexpected());
                }
                arguments.push(self.constant()?.ok_or_else(|| self.unexpected())?);
            }
        }
        Ok(Call { name: name.to_owned(), arguments, at: at.start..self.behind() })
    }

    /// A text, a number, `true` or `false`, if one stands here.
    fn constant(&mut self) -> Result<Option<Constant>, Wrong> {
        let is_negative = matches!(self.peek(), Some(Token::Minus))
            && matches!(self.signs.get(self.next + 1), Some((Token::Int(_) | Token::Float(_), _)));
        self.next += usize::from(is_negative);
        let constant = match self.peek() {
            Some(Token::Str(text)) => Constant::Text((*text).to_owned()),
            Some(Token::String(text)) => Constant::Text(text.to_string()),
            Some(Token::Ident("true")) => Constant::Bool(true),
            Some(Token::Ident("false")) => Constant::Bool(false),
            Some(Token::Int(_) | Token::Float(_)) => {
                let digits = self.source.get(self.here()).unwrap_or_default();
                let number = Decimal::from_str_exact(digits).map_err(|_| self.unexpected())?;
                Constant::Number(if is_negative { -number } else { number })
            }
            _ => return Ok(None),
        };
        self.next += 1;
        Ok(Some(constant))
    }

    /// `a and not (b or c)`
    pub(super) fn condition(&mut self) -> Result<Condition, Wrong> {
        let mut any = vec![self.all()?];
        while self.takes("or") {
            any.push(self.all()?);
        }
        Ok(alone(any, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Wrong> {
        let mut all = vec![self.single()?];
        while self.takes("and") {
            all.push(self.single()?);
        }
        Ok(alone(all, Condition::All))
    }

    fn single(&mut self) -> Result<Condition, Wrong> {
        let negative = self.takes("not");
        if negative || matches!(self.peek(), Some(Token::ParenOpen)) {
            self.depth += 1;
            if MAX_PARENTHESES < self.depth {
                return Err((FaultKind::TooDeep(MAX_PARENTHESES), self.here()));
            }
            let inner = if negative { Condition::Not(Box::new(self.single()?)) } else { self.parenthesis()? };
            self.depth -= 1;
            return Ok(inner);
        }
        let left = self.chain()?;
        if self.takes("is") {
            let negated = self.takes("not");
            let (name, at) = self.name()?;
            return Ok(Condition::Test { chain: left, name: name.to_owned(), negated, at });
        }
        let Some(comparison) = self.peek().and_then(comparison) else { return Ok(Condition::Filled(left)) };
        self.next += 1;
        Ok(Condition::Compare(left, comparison, self.chain()?))
    }

    fn parenthesis(&mut self) -> Result<Condition, Wrong> {
        self.next += 1;
        let inner = self.condition()?;
        if self.takes_sign(|it| matches!(it, Token::ParenClose)) { Ok(inner) } else { Err(self.unexpected()) }
    }
}

/// One condition as it is, several as a group.
fn alone(mut conditions: Vec<Condition>, group: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        Some(last) => {
            conditions.push(last);
            group(conditions)
        }
        None => group(conditions),
    }
}

fn comparison(token: &Token<'_>) -> Option<Comparison> {
    Some(match token {
        Token::Eq => Comparison::Equal,
        Token::Ne => Comparison::Unequal,
        Token::Lt => Comparison::Less,
        Token::Lte => Comparison::LessOrEqual,
        Token::Gt => Comparison::Greater,
        Token::Gte => Comparison::GreaterOrEqual,
        _ => return None,
    })
}
