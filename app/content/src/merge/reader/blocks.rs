//! The blocks of a template while their ends are awaited.

use std::ops::Range;

use super::Reader;
use crate::merge::fault::{Block, FaultKind};
use crate::merge::limits::MAX_DEPTH;
use crate::merge::tag::Wrong;
use crate::merge::tree::{Condition, Node, Path};

/// A block whose end was not met yet.
pub(super) struct Open {
    at: Range<usize>,
    kind: OpenKind,
    /// The branches of an `if` that are complete.
    branches: Vec<(Condition, Vec<Node>)>,
    /// What stands in the branch that is being read.
    pub(super) nodes: Vec<Node>,
    /// For a `for` with `else`: its body.
    body: Option<Vec<Node>>,
}

pub(super) enum OpenKind {
    If(Condition),
    For(String, Path),
    Else(Block, Option<(String, Path)>),
    /// A block whose tag is wrong: its end is awaited.
    Broken(Block),
}

impl Reader<'_> {
    /// Opens a block, also one whose tag is wrong.
    pub(super) fn begin(&mut self, at: Range<usize>, read: Result<OpenKind, Wrong>, block: Block) -> Result<(), Wrong> {
        self.hold_depth(&at)?;
        let (kind, wrong) = match read {
            Ok(kind) => (kind, Ok(())),
            Err(wrong) => (OpenKind::Broken(block), Err(wrong)),
        };
        self.open.push(Open { at, kind, branches: Vec::new(), nodes: Vec::new(), body: None });
        wrong
    }

    fn hold_depth(&self, at: &Range<usize>) -> Result<(), Wrong> {
        let depth: usize = self.open.iter().map(|it| 1 + it.branches.len()).sum();
        if MAX_DEPTH <= depth { Err((FaultKind::TooDeep(MAX_DEPTH), at.clone())) } else { Ok(()) }
    }

    pub(super) fn branch(&mut self, at: Range<usize>, condition: Result<Condition, Wrong>) -> Result<(), Wrong> {
        self.hold_depth(&at)?;
        let Some(open) = self.open.last_mut() else { return Err((FaultKind::Unopened("elif".to_owned()), at)) };
        match (&mut open.kind, condition) {
            (OpenKind::If(before), Ok(condition)) => {
                let before = std::mem::replace(before, condition);
                open.branches.push((before, std::mem::take(&mut open.nodes)));
                Ok(())
            }
            (OpenKind::If(_), Err(wrong)) => {
                open.kind = OpenKind::Broken(Block::If);
                Err(wrong)
            }
            (OpenKind::Broken(Block::If), Ok(_)) => Ok(()),
            (OpenKind::Broken(Block::If), Err(wrong)) => Err(wrong),
            _ => Err((FaultKind::Unopened("elif".to_owned()), at)),
        }
    }

    pub(super) fn otherwise(&mut self, at: Range<usize>) -> Result<(), Wrong> {
        let unopened = (FaultKind::Unopened("else".to_owned()), at);
        let Some(open) = self.open.last_mut() else { return Err(unopened) };
        match std::mem::replace(&mut open.kind, OpenKind::Broken(Block::If)) {
            OpenKind::If(condition) => {
                open.branches.push((condition, std::mem::take(&mut open.nodes)));
                open.kind = OpenKind::Else(Block::If, None);
            }
            OpenKind::For(name, list) => {
                open.body = Some(std::mem::take(&mut open.nodes));
                open.kind = OpenKind::Else(Block::For, Some((name, list)));
            }
            kind @ OpenKind::Broken(_) => open.kind = kind,
            kind @ OpenKind::Else(..) => {
                open.kind = kind;
                return Err(unopened);
            }
        }
        Ok(())
    }

    pub(super) fn end(&mut self, block: Block, name: &str, at: Range<usize>) -> Result<(), Wrong> {
        let is_open = self.open.last().is_some_and(|it| it.kind.block() == block);
        match self.open.pop() {
            Some(open) if is_open => {
                self.close(open);
                Ok(())
            }
            open => {
                self.open.extend(open);
                Err((FaultKind::Unopened(name.to_owned()), at))
            }
        }
    }

    /// Puts a complete block where it belongs.
    fn close(&mut self, open: Open) {
        let Open { at, kind, mut branches, nodes, body } = open;
        match kind {
            OpenKind::If(condition) => {
                branches.push((condition, nodes));
                self.push(Node::If { branches, otherwise: Vec::new(), at });
            }
            OpenKind::For(name, list) => self.push(Node::For { name, list, body: nodes, otherwise: Vec::new(), at }),
            OpenKind::Else(_, Some((name, list))) => {
                self.push(Node::For { name, list, body: body.unwrap_or_default(), otherwise: nodes, at });
            }
            OpenKind::Else(_, None) => self.push(Node::If { branches, otherwise: nodes, at }),
            // Without its condition the content is still looked through; rows without their loop would only make more faults.
            OpenKind::Broken(Block::If) => {
                branches.into_iter().flat_map(|(_, nodes)| nodes).chain(nodes).for_each(|it| self.push(it))
            }
            OpenKind::Broken(Block::For) => {}
        }
    }

    /// Closes what has no end, each with its fault.
    pub(super) fn close_all(&mut self, is_read_to_the_end: bool) {
        while let Some(open) = self.open.pop() {
            if is_read_to_the_end {
                self.fault((FaultKind::UnclosedBlock(open.kind.block()), open.at.clone()));
            }
            self.close(open);
        }
    }
}

impl OpenKind {
    fn block(&self) -> Block {
        match self {
            Self::If(_) => Block::If,
            Self::For(..) => Block::For,
            Self::Else(block, _) | Self::Broken(block) => *block,
        }
    }
}
