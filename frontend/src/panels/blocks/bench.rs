//! The bench the blocks lie on: the document, which block is open, what is dragged, what is said to who cannot see.

use content::blocks::{Block, Kind, Theme};
use leptos::ev;
use leptos::prelude::*;

use super::BlocksTools;
use crate::browser::drag::{Under, under};
use crate::browser::{focus, pointer, timer};
use crate::i18n::{I18n, blocks as words, tu_string, use_i18n};
use crate::state::blocks::{BlocksEdit, Place, Sort, Standing, Step, fresh};

/// How far the pointer goes before a press becomes a drag, in pixels.
const DRAG_FROM: i32 = 6;

/// What is dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Load {
    /// A block of the document.
    Block(u32),
    /// A new one.
    New(Sort),
}

/// A drag on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drag {
    /// What is dragged.
    pub load: Load,
    /// Where it began.
    from: (i32, i32),
    /// Whether it has gone far enough to be one.
    pub is_on: bool,
    /// Where it would be dropped.
    pub to: Option<Place>,
}

/// What the parts of the view share.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub edit: RwSignal<BlocksEdit>,
    /// The block whose fields are open.
    pub open: RwSignal<Option<u32>>,
    /// Counts how often the document changed otherwise than through the fields, so that these begin anew.
    pub laid: RwSignal<u32>,
    pub drag: RwSignal<Option<Drag>>,
    /// What happened last, for screen readers.
    pub said: RwSignal<String>,
    pub tools: BlocksTools,
    i18n: I18n,
}

impl Bench {
    /// Lays a document out and keeps it in step with what is stored.
    pub fn lay(edit: BlocksEdit, value: RwSignal<String>, tools: BlocksTools) -> Self {
        let bench = Self {
            edit: RwSignal::new(edit),
            open: RwSignal::new(None),
            laid: RwSignal::new(0),
            drag: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            tools,
            i18n: use_i18n(),
        };
        let stored = StoredValue::new(value.get_untracked());
        Effect::new(move |before: Option<()>| {
            let json = bench.edit.with(BlocksEdit::json);
            // What was only opened stays as it was stored.
            if before.is_some() && stored.with_value(|it| *it != json) {
                stored.set_value(json.clone());
                value.set(json);
            }
        });
        Effect::new(move |_| {
            let json = value.get();
            if stored.with_value(|it| *it != json) {
                stored.set_value(json.clone());
                bench.edit.update(|it| it.follow(&json));
                bench.laid.update(|it| *it += 1);
            }
        });
        bench
    }

    /// The blocks of a place, by their numbers.
    pub fn inside(self, inside: Option<(u32, usize)>) -> Vec<u32> {
        self.edit.with(|it| match inside {
            None => it.document().blocks.iter().map(|it| it.id).collect(),
            Some((id, column)) => it
                .get(id)
                .and_then(|it| it.columns().get(column))
                .map(|it| it.iter().map(|it| it.id).collect())
                .unwrap_or_default(),
        })
    }

    /// A block, subscribing to changes.
    pub fn block(self, id: u32) -> Option<Block> {
        self.edit.with(|it| it.get(id).cloned())
    }

    /// Adds a block behind the open one, or at the end, and opens it.
    pub fn add(self, sort: Sort) {
        let place = self.edit.with_untracked(|edit| {
            let open = self.open.get_untracked().and_then(|it| edit.standing(it));
            let end = Place { inside: None, at: edit.document().blocks.len() };
            open.map_or(end, |it| Place { at: it.place.at + 1, ..it.place })
        });
        self.add_at(sort, place);
    }

    fn add_at(self, sort: Sort, place: Place) {
        if self.tools.readonly.get_untracked() {
            return;
        }
        let is = untrack(|| self.tools.fields.with(|fields| fresh(sort, fields, self.tools.language.get())));
        let mut added = 0;
        self.edit.update(|it| added = it.add(is, place));
        self.open.set(Some(added));
        self.say(added, |i18n, name, place, of| {
            tu_string!(i18n, blocks.said_added, name = name, place = place, of = of).to_string()
        });
        self.give_keyboard(added);
    }

    /// Puts other content into a block.
    pub fn set(self, id: u32, is: Kind) {
        if self.edit.with_untracked(|it| it.get(id).is_some_and(|it| it.is != is)) {
            self.edit.update(|it| it.set(id, is));
        }
    }

    /// Changes the looks.
    pub fn set_theme(self, theme: Theme) {
        if self.edit.with_untracked(|it| it.document().theme != theme) {
            self.edit.update(|it| it.set_theme(theme));
        }
    }

    /// Moves a block by a step.
    pub fn step(self, id: u32, step: Step) {
        let mut went = false;
        self.change(|it| went = it.step(id, step));
        if went {
            self.say_moved(id);
        } else {
            self.said.set(tu_string!(self.i18n, blocks.said_stays).to_string());
        }
        self.give_keyboard(id);
    }

    /// Puts a copy behind a block and opens it.
    pub fn duplicate(self, id: u32) {
        let mut copied = None;
        self.change(|it| copied = it.duplicate(id));
        if let Some(copied) = copied {
            self.open.set(Some(copied));
            self.say(copied, |i18n, name, place, of| {
                tu_string!(i18n, blocks.said_copied, name = name, place = place, of = of).to_string()
            });
            self.give_keyboard(copied);
        }
    }

    /// Takes a block away.
    pub fn remove(self, id: u32) {
        let Some(name) = self.name(id) else { return };
        let mut next = None;
        self.change(|it| next = it.remove(id));
        if self.open.get_untracked() == Some(id) {
            self.open.set(None);
        }
        self.said.set(tu_string!(self.i18n, blocks.said_removed, name = name).to_string());
        if let Some(next) = next {
            self.give_keyboard(next);
        }
    }

    /// Takes the last change back.
    pub fn undo(self) {
        self.change(BlocksEdit::undo);
        self.laid.update(|it| *it += 1);
        self.said.set(tu_string!(self.i18n, blocks.said_undone).to_string());
    }

    /// Does what was taken back again.
    pub fn redo(self) {
        self.change(BlocksEdit::redo);
        self.laid.update(|it| *it += 1);
        self.said.set(tu_string!(self.i18n, blocks.said_redone).to_string());
    }

    /// Opens a block's fields, or closes them.
    pub fn toggle(self, id: u32) {
        self.edit.update_untracked(BlocksEdit::rest);
        self.open.update(|it| *it = if *it == Some(id) { None } else { Some(id) });
    }

    fn change(self, act: impl FnOnce(&mut BlocksEdit)) {
        if !self.tools.readonly.get_untracked() {
            self.edit.update(act);
        }
    }

    /// The name of a block's kind.
    fn name(self, id: u32) -> Option<&'static str> {
        let locale = self.i18n.get_locale_untracked();
        self.edit.with_untracked(|it| it.get(id).map(|it| words::sort(locale, Sort::of(&it.is))))
    }

    fn say_moved(self, id: u32) {
        self.say(id, |i18n, name, place, of| {
            tu_string!(i18n, blocks.said_moved, name = name, place = place, of = of).to_string()
        });
    }

    fn say(self, id: u32, words: impl FnOnce(I18n, &'static str, usize, usize) -> String) {
        let standing = self.edit.with_untracked(|it| it.standing(id));
        if let (Some(name), Some(Standing { place, of })) = (self.name(id), standing) {
            let mut said = words(self.i18n, name, place.at + 1, of);
            if let Some((_, column)) = place.inside {
                said.push(' ');
                said.push_str(&tu_string!(self.i18n, blocks.said_column, n = column + 1));
            }
            self.said.set(said);
        }
    }

    fn give_keyboard(self, id: u32) {
        timer::after(0, move || {
            focus::set_by_id(&head_id(id));
        });
    }

    /// A press that may become a drag.
    pub fn press(self, load: Load, event: &ev::PointerEvent) {
        if event.button() == 0 && !self.tools.readonly.get_untracked() {
            pointer::capture(event);
            self.drag.set(Some(Drag { load, from: (event.client_x(), event.client_y()), is_on: false, to: None }));
        }
    }

    /// The pointer goes on.
    pub fn pull(self, event: &ev::PointerEvent) {
        let Some(mut drag) = self.drag.get_untracked() else { return };
        let (x, y) = drag.from;
        let is_far = DRAG_FROM < (event.client_x() - x).abs() || DRAG_FROM < (event.client_y() - y).abs();
        drag.is_on |= is_far;
        if drag.is_on {
            drag.to = under(event).and_then(|it| self.place(drag.load, it));
            if self.drag.get_untracked() != Some(drag) {
                self.drag.set(Some(drag));
            }
        }
    }

    /// The pointer lets go; answers whether it was a drag.
    pub fn drop_load(self) -> bool {
        let Some(drag) = self.drag.get_untracked() else { return false };
        self.drag.set(None);
        match (drag.load, drag.to) {
            (Load::Block(id), Some(to)) => {
                let mut went = false;
                self.change(|it| went = it.put(id, to));
                if went {
                    self.say_moved(id);
                }
            }
            (Load::New(sort), Some(to)) => self.add_at(sort, to),
            _ => {}
        }
        drag.is_on
    }

    /// Lets everything stay where it was.
    pub fn leave_load(self) {
        if self.drag.get_untracked().is_some() {
            self.drag.set(None);
        }
    }

    /// The place under the pointer that takes what is dragged.
    fn place(self, load: Load, under: Under) -> Option<Place> {
        self.edit.with_untracked(|edit| {
            let is_columns = match load {
                Load::Block(id) => edit.get(id).is_some_and(|it| matches!(it.is, Kind::Columns(_))),
                Load::New(sort) => sort == Sort::Columns,
            };
            let place = match under {
                Under::Block(id, is_lower) => {
                    let place = edit.standing(id)?.place;
                    Place { at: place.at + usize::from(is_lower), ..place }
                }
                Under::Column(id, column) => Place { inside: Some((id, column)), at: edit.get(id)?.columns().get(column)?.len() },
                Under::Room => Place { inside: None, at: edit.document().blocks.len() },
            };
            match place.inside {
                // Columns go behind the columns that they are held over.
                Some((around, _)) if is_columns => edit.standing(around).map(|it| Place { at: it.place.at + 1, ..it.place }),
                _ => Some(place),
            }
        })
    }
}

/// The id of the button that opens a block.
pub(super) fn head_id(id: u32) -> String {
    format!("block-{id}")
}
