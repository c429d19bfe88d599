//! Where blocks stand and where they can go.

use content::blocks::{Block, Kind};

/// A place among blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The columns that it is in, by their number, and which of them from 0; none for the document itself.
    pub inside: Option<(u32, usize)>,
    /// How many blocks stand before it.
    pub at: usize,
}

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its place.
    pub place: Place,
    /// How many blocks stand there, itself included.
    pub of: usize,
}

/// A step of a block that is moved without a mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Before the block above it.
    Up,
    /// Behind the block below it.
    Down,
    /// Into the columns below it or above it, at the top of the first one.
    In,
    /// Out of its columns, behind them.
    Out,
    /// Into the column at the left.
    Left,
    /// Into the column at the right.
    Right,
}

/// Where a block stands among these.
pub fn standing(blocks: &[Block], id: u32) -> Option<Standing> {
    for (at, block) in blocks.iter().enumerate() {
        if block.id == id {
            return Some(Standing { place: Place { inside: None, at }, of: blocks.len() });
        }
        for (column, inside) in block.columns().iter().enumerate() {
            if let Some(at) = inside.iter().position(|it| it.id == id) {
                return Some(Standing { place: Place { inside: Some((block.id, column)), at }, of: inside.len() });
            }
        }
    }
    None
}

/// The steps that a block can take now and where they lead, as places are seen before it leaves its own.
pub fn steps(blocks: &[Block], id: u32) -> Vec<(Step, Place)> {
    let Some(Standing { place, of }) = standing(blocks, id) else { return Vec::new() };
    let mut steps = Vec::new();
    if 0 < place.at {
        steps.push((Step::Up, Place { at: place.at - 1, ..place }));
    }
    if place.at + 1 < of {
        steps.push((Step::Down, Place { at: place.at + 2, ..place }));
    }
    match place.inside {
        None => steps.extend(into_columns(blocks, place.at).map(|it| (Step::In, it))),
        Some((columns, column)) => {
            if let Some(at) = blocks.iter().position(|it| it.id == columns) {
                let lengths: Vec<usize> = blocks[at].columns().iter().map(Vec::len).collect();
                let to = |column: usize| {
                    lengths.get(column).map(|len| Place { inside: Some((columns, column)), at: place.at.min(*len) })
                };
                steps.extend(column.checked_sub(1).and_then(to).map(|it| (Step::Left, it)));
                steps.extend(to(column + 1).map(|it| (Step::Right, it)));
                steps.push((Step::Out, Place { inside: None, at: at + 1 }));
            }
        }
    }
    steps
}

/// The place in the columns next to a block: those below it before those above it.
fn into_columns(blocks: &[Block], at: usize) -> Option<Place> {
    let is_columns = |it: &&Block| matches!(it.is, Kind::Columns(_));
    if blocks.get(at).as_ref().is_some_and(is_columns) {
        return None;
    }
    let below = blocks.get(at + 1).filter(is_columns).map(|it| Place { inside: Some((it.id, 0)), at: 0 });
    let above = || {
        let columns = at.checked_sub(1).and_then(|it| blocks.get(it)).filter(is_columns)?;
        Some(Place { inside: Some((columns.id, 0)), at: columns.columns().first().map_or(0, Vec::len) })
    };
    below.or_else(above)
}

/// Takes a block out.
pub fn take(blocks: &mut Vec<Block>, id: u32) -> Option<Block> {
    if let Some(at) = blocks.iter().position(|it| it.id == id) {
        return Some(blocks.remove(at));
    }
    for block in blocks {
        let Kind::Columns(columns) = &mut block.is else { continue };
        for column in &mut columns.columns {
            if let Some(at) = column.iter().position(|it| it.id == id) {
                return Some(column.remove(at));
            }
        }
    }
    None
}

/// Puts a block at a place, or as near to it as there is one; columns in columns are put behind these.
pub fn insert(blocks: &mut Vec<Block>, block: Block, place: Place) {
    let Some((id, column)) = place.inside else {
        return blocks.insert(place.at.min(blocks.len()), block);
    };
    let Some(around) = blocks.iter().position(|it| it.id == id) else { return blocks.push(block) };
    if matches!(block.is, Kind::Columns(_)) {
        return blocks.insert(around + 1, block);
    }
    match &mut blocks[around].is {
        Kind::Columns(columns) if column < columns.columns.len() => {
            let inside = &mut columns.columns[column];
            inside.insert(place.at.min(inside.len()), block);
        }
        _ => blocks.insert(around + 1, block),
    }
}
