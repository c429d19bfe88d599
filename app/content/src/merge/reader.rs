//! Reads the text of a template: signs of minijinja's syntax, but only the small part of the language that we know.

mod blocks;

use std::ops::Range;

use minijinja::machinery::{Token, Tokenizer};
use minijinja::syntax::SyntaxConfig;

use super::fault::{Block, Fault, FaultKind, Spot, nearest};
use super::limits::{MAX_DEPTH, MAX_LISTED, MAX_SIGNS, MAX_SOURCE, MAX_TAGS};
use super::tag::{Tag, Wrong};
use super::tree::Node;
use blocks::{Open, OpenKind};

/// A sign and its bytes.
pub(super) type Sign<'a> = (Token<'a>, Range<usize>);

/// The statements there are.
const STATEMENTS: [&str; 7] = ["if", "elif", "else", "endif", "for", "endfor", "raw"];

/// Reads a template. What could be read stands beside the faults, so that the names in it can be checked as well.
pub(super) fn read(source: &str) -> (Vec<Node>, Vec<Fault>) {
    let mut reader = Reader { source, open: Vec::new(), nodes: Vec::new(), faults: Vec::new() };
    if MAX_SOURCE < source.len() {
        reader.fault((FaultKind::TooLong(MAX_SOURCE), 0..0));
        return (Vec::new(), reader.faults);
    }
    let end = reader.run();
    // When reading broke off, the ends of the blocks may well stand in what was not read.
    reader.close_all(end.is_ok());
    if let Err(wrong) = end {
        reader.fault(wrong);
    }
    (reader.nodes, reader.faults)
}

struct Reader<'a> {
    source: &'a str,
    open: Vec<Open>,
    /// What stands outside all blocks.
    nodes: Vec<Node>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Reads sign after sign.
    ///
    /// # Errors
    /// Says where nothing more can be read.
    fn run(&mut self) -> Result<(), Wrong> {
        let mut signs = Tokenizer::new(self.source, "", false, syntax());
        let (mut n_tags, mut behind) = (0, 0);
        while let Some((token, at)) = self.next(&mut signs, behind, behind)? {
            behind = at.end;
            match token {
                Token::TemplateData(text) => self.push(Node::Literal(text.to_owned(), at)),
                Token::VariableStart | Token::BlockStart => {
                    n_tags += 1;
                    if MAX_TAGS < n_tags {
                        return Err((FaultKind::TooManyTags(MAX_TAGS), at));
                    }
                    let is_output = matches!(token, Token::VariableStart);
                    let (inside, end) = self.tag(&mut signs, at.clone())?;
                    behind = end.end;
                    let tag = Tag::new(self.source, &inside, end.start);
                    let read =
                        if is_output { self.output(tag, at.start..end.end) } else { self.statement(tag, at.start..end.end) };
                    match read {
                        Err(wrong) if matches!(wrong.0, FaultKind::TooDeep(MAX_DEPTH)) => return Err(wrong),
                        Err(wrong) => self.fault(wrong),
                        Ok(()) => {}
                    }
                }
                _ => return Err((FaultKind::Unexpected(self.source.get(at.clone()).unwrap_or_default().to_owned()), at)),
            }
        }
        Ok(())
    }

    /// The next sign; `tag` is where the tag begins that is being read, and `behind` where the sign before ends.
    fn next(&self, signs: &mut Tokenizer<'a>, tag: usize, behind: usize) -> Result<Option<Sign<'a>>, Wrong> {
        match signs.next_token() {
            Ok(it) => Ok(it.map(|(token, span)| (token, span.start_offset as usize..span.end_offset as usize))),
            Err(_) => Err(self.unreadable(tag, behind)),
        }
    }

    /// What cannot be read: a tag without an end when its line holds none, else a strange sign.
    fn unreadable(&self, tag: usize, behind: usize) -> Wrong {
        let line = self.source.get(tag..).and_then(|it| it.split('\n').next()).unwrap_or_default();
        let rest = self.source.get(behind..).unwrap_or_default();
        match rest.trim_start().chars().next() {
            Some(sign) if tag < behind && (line.contains("}}") || line.contains("%}")) => {
                let at = self.source.len() - rest.trim_start().len();
                (FaultKind::Unexpected(sign.to_string()), at..at + sign.len_utf8())
            }
            _ => (FaultKind::UnclosedTag, self.opening(tag)),
        }
    }

    /// The marks with which a tag begins.
    fn opening(&self, from: usize) -> Range<usize> {
        let rest = self.source.get(from..).unwrap_or_default();
        let start = ["{{", "{%"].iter().filter_map(|it| rest.find(it)).min().map_or(from, |it| from + it);
        start..(start + 2).min(self.source.len())
    }

    /// The signs of a tag up to its end mark.
    fn tag(&mut self, signs: &mut Tokenizer<'a>, start: Range<usize>) -> Result<(Vec<Sign<'a>>, Range<usize>), Wrong> {
        let mut inside = Vec::new();
        let (mut n_open, mut behind) = (0_usize, start.end);
        while let Some((token, at)) = self.next(signs, start.start, behind)? {
            behind = at.end;
            match token {
                Token::VariableEnd | Token::BlockEnd => return Ok((inside, at)),
                Token::ParenOpen | Token::BracketOpen | Token::BraceOpen => n_open += 1,
                Token::ParenClose | Token::BracketClose | Token::BraceClose => {
                    // The tokenizer finds no end mark any more once there is one too many.
                    let Some(left) = n_open.checked_sub(1) else {
                        return Err((FaultKind::Unexpected(self.source.get(at.clone()).unwrap_or_default().to_owned()), at));
                    };
                    n_open = left;
                }
                _ => {}
            }
            if MAX_SIGNS <= inside.len() {
                let is_closed = self.source.get(start.end..).is_some_and(|it| it.contains("}}") || it.contains("%}"));
                let kind = if is_closed { FaultKind::TagTooLong(MAX_SIGNS) } else { FaultKind::UnclosedTag };
                return Err((kind, start));
            }
            inside.push((token, at));
        }
        Err((FaultKind::UnclosedTag, start))
    }

    fn output(&mut self, mut tag: Tag<'_>, at: Range<usize>) -> Result<(), Wrong> {
        let chain = tag.chain()?;
        tag.finish()?;
        self.push(Node::Output(chain, at));
        Ok(())
    }

    fn statement(&mut self, mut tag: Tag<'_>, at: Range<usize>) -> Result<(), Wrong> {
        let (name, name_at) = tag.name()?;
        match name {
            "if" => {
                let read = tag.condition().and_then(|it| tag.finish().map(|()| OpenKind::If(it)));
                self.begin(at, read, Block::If)
            }
            "for" => {
                let read = tag.loop_head().and_then(|(name, _, list)| tag.finish().map(|()| OpenKind::For(name, list)));
                self.begin(at, read, Block::For)
            }
            "elif" => {
                let condition = tag.condition().and_then(|it| tag.finish().map(|()| it));
                self.branch(name_at, condition)
            }
            "else" => tag.finish().and(self.otherwise(name_at)),
            "endif" => tag.finish().and(self.end(Block::If, name, name_at)),
            "endfor" => tag.finish().and(self.end(Block::For, name, name_at)),
            _ => Err((FaultKind::UnknownStatement(name.to_owned()), name_at)),
        }
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    fn fault(&mut self, (kind, at): Wrong) {
        if MAX_LISTED <= self.faults.len() {
            return;
        }
        let suggestion = match &kind {
            FaultKind::UnknownStatement(name) => nearest(name, STATEMENTS.into_iter()),
            _ => None,
        };
        self.faults.push(Fault { kind, spot: Spot::of(self.source, at), suggestion });
    }
}

/// The marks of the language. Comments are `{{# … #}}`, because `{#` stands in the style sheets of many a pasted mail.
pub(super) fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.comment_delimiters("{{#", "#}}").keep_trailing_newline(true);
    syntax.build().unwrap_or_default()
}
