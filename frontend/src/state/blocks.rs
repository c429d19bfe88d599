//! A document of blocks while it is arranged: every change can be taken back, whatever is moved keeps its number.

mod fill;
mod keys;
mod place;

use content::blocks::{Block, Columns, Document, Fault, Kind, Theme, read, write};

pub use fill::{Company, Sort, columns, company, fresh};
pub use keys::{align, align_key, font, font_key, split, split_key, standard, standard_key, summary};
pub use place::{Place, Standing, Step, insert, standing, steps, take};

/// How many changes can be taken back.
const MAX_PAST: usize = 100;

/// What the last change was about; changes of one thing that follow one another are taken back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touched {
    Block(u32),
    Theme,
    Order,
}

/// The document, what it was before, and what was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct BlocksEdit {
    document: Document,
    past: Vec<Document>,
    future: Vec<Document>,
    touched: Option<Touched>,
}

impl BlocksEdit {
    /// Begins with what is stored.
    ///
    /// # Errors
    /// When what is stored is no document that we understand.
    pub fn read(json: &str) -> Result<Self, Fault> {
        Ok(Self { document: read(json)?, past: Vec::new(), future: Vec::new(), touched: None })
    }

    /// The document as it is stored.
    pub fn json(&self) -> String {
        write(&self.document)
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Takes over what somebody else stored; taking back goes over it.
    pub fn follow(&mut self, json: &str) {
        if let Ok(document) = read(json)
            && document != self.document
        {
            self.remember(Touched::Order);
            self.document = document;
        }
    }

    /// A block by its number.
    pub fn get(&self, id: u32) -> Option<&Block> {
        all(&self.document.blocks).into_iter().find(|it| it.id == id)
    }

    /// Where a block stands.
    pub fn standing(&self, id: u32) -> Option<Standing> {
        standing(&self.document.blocks, id)
    }

    /// The block at a path, as faults name it.
    pub fn at(&self, path: &[u32]) -> Option<u32> {
        let (first, rest) = path.split_first()?;
        let block = self.document.blocks.get(*first as usize)?;
        match rest {
            [column, at, ..] => block.columns().get(*column as usize)?.get(*at as usize).map(|it| it.id),
            _ => Some(block.id),
        }
    }

    /// The steps by which a block can be moved now.
    pub fn steps(&self, id: u32) -> Vec<Step> {
        steps(&self.document.blocks, id).into_iter().map(|(step, _)| step).collect()
    }

    /// Adds a block and answers its number; columns do not go into columns, they are put behind them.
    pub fn add(&mut self, is: Kind, place: Place) -> u32 {
        self.remember(Touched::Order);
        let id = self.free();
        insert(&mut self.document.blocks, Block { id, is }, place);
        id
    }

    /// Takes a block away and answers the one that stands there now, or before it.
    pub fn remove(&mut self, id: u32) -> Option<u32> {
        let standing = self.standing(id)?;
        self.remember(Touched::Order);
        take(&mut self.document.blocks, id);
        let siblings = self.siblings(standing.place);
        siblings.get(standing.place.at).or_else(|| siblings.last()).map(|it| it.id).or(standing.place.inside.map(|it| it.0))
    }

    /// Puts a copy behind a block and answers the copy's number.
    pub fn duplicate(&mut self, id: u32) -> Option<u32> {
        let mut copy = self.get(id)?.clone();
        let place = self.standing(id)?.place;
        self.remember(Touched::Order);
        let mut free = self.free();
        renumber(&mut copy, &mut free);
        let copied = copy.id;
        insert(&mut self.document.blocks, copy, Place { at: place.at + 1, ..place });
        Some(copied)
    }

    /// Moves a block by one step and tells whether it went.
    pub fn step(&mut self, id: u32, step: Step) -> bool {
        match steps(&self.document.blocks, id).into_iter().find(|(it, _)| *it == step) {
            Some((_, place)) => self.put(id, place),
            None => false,
        }
    }

    /// Moves a block to a place as it is seen before it leaves its own, and tells whether anything changed.
    pub fn put(&mut self, id: u32, place: Place) -> bool {
        let Some(from) = self.standing(id) else { return false };
        let is_columns = self.get(id).is_some_and(|it| matches!(it.is, Kind::Columns(_)));
        if is_columns && place.inside.is_some() {
            return false;
        }
        let is_later = from.place.inside == place.inside && from.place.at < place.at;
        let to = Place { at: if is_later { place.at - 1 } else { place.at }, ..place };
        if to == from.place {
            return false;
        }
        self.remember(Touched::Order);
        if let Some(block) = take(&mut self.document.blocks, id) {
            insert(&mut self.document.blocks, block, to);
        }
        true
    }

    /// Puts another content into a block; what columns hold stays.
    pub fn set(&mut self, id: u32, is: Kind) {
        if self.get(id).is_none_or(|it| it.is == is) {
            return;
        }
        self.remember(Touched::Block(id));
        if let Some(block) = find(&mut self.document.blocks, id) {
            block.is = is;
        }
    }

    /// Makes two columns of three, whose blocks join the second, or three of two.
    pub fn set_columns(&mut self, id: u32, count: usize) {
        let Some(Kind::Columns(columns)) = self.get(id).map(|it| it.is.clone()) else { return };
        let mut changed = Columns { columns: Vec::new(), ..columns };
        for (at, column) in columns.columns.into_iter().enumerate() {
            match changed.columns.last_mut() {
                Some(last) if count <= at => last.extend(column),
                _ => changed.columns.push(column),
            }
        }
        changed.columns.resize_with(count, Vec::new);
        self.set(id, Kind::Columns(changed));
    }

    /// Changes the looks of all blocks.
    pub fn set_theme(&mut self, theme: Theme) {
        if self.document.theme != theme {
            self.remember(Touched::Theme);
            self.document.theme = theme;
        }
    }

    /// Whether something can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether something that was taken back can be done again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.document, before));
            self.touched = None;
        }
    }

    /// Does what was taken back again.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.document, after));
            self.touched = None;
        }
    }

    /// Ends a row of changes of one thing, so that the next is taken back by itself.
    pub fn rest(&mut self) {
        self.touched = None;
    }

    fn remember(&mut self, touched: Touched) {
        self.future.clear();
        if touched == Touched::Order || self.touched != Some(touched) {
            self.past.push(self.document.clone());
            if MAX_PAST < self.past.len() {
                self.past.remove(0);
            }
        }
        self.touched = Some(touched);
    }

    fn siblings(&self, place: Place) -> &[Block] {
        match place.inside {
            None => &self.document.blocks,
            Some((columns, column)) => self.get(columns).and_then(|it| it.columns().get(column)).map_or(&[], Vec::as_slice),
        }
    }

    fn free(&self) -> u32 {
        all(&self.document.blocks).iter().map(|it| it.id).max().unwrap_or(0) + 1
    }
}

/// All blocks, each before those in it.
pub fn all(blocks: &[Block]) -> Vec<&Block> {
    blocks.iter().flat_map(|it| std::iter::once(it).chain(it.columns().iter().flatten())).collect()
}

fn find(blocks: &mut [Block], id: u32) -> Option<&mut Block> {
    for block in blocks {
        if block.id == id {
            return Some(block);
        }
        if let Kind::Columns(it) = &mut block.is
            && let Some(found) = it.columns.iter_mut().flatten().find(|it| it.id == id)
        {
            return Some(found);
        }
    }
    None
}

fn renumber(block: &mut Block, free: &mut u32) {
    block.id = *free;
    *free += 1;
    if let Kind::Columns(it) = &mut block.is {
        it.columns.iter_mut().flatten().for_each(|it| renumber(it, free));
    }
}

#[cfg(test)]
mod tests;
