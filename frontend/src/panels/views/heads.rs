//! The heads of columns whose width one chooses.

use leptos::prelude::*;
use model::COLUMN_WIDTH;

use super::look::{ListLook, Looked};
use crate::parts::{Column, Sizing, Slot};

/// The head of a column, or of the first one; all shrink where there is little room.
pub fn head<W: Looked>(look: ListLook<W>, column: Option<W::Column>, title: impl Into<TextProp>, slot: Slot) -> Column {
    let track = move || format!("minmax(0, {}fr)", look.columns().with(|it| it.width(column)));
    Column::new(title, track, slot).sized(sizing(look, column))
}

/// Where the columns behind the first one stand on a phone.
pub fn slot(place: usize) -> Slot {
    match place {
        0 => Slot::Meta,
        1 => Slot::Mark,
        2 => Slot::Aside,
        _ => Slot::Hidden,
    }
}

fn sizing<W: Looked>(look: ListLook<W>, column: Option<W::Column>) -> Sizing {
    let own = RwSignal::new(look.columns().with_untracked(|it| it.width(column)));
    // While it is dragged the list follows; it is kept when the drag ends.
    Effect::new(move |_| {
        let wanted = own.get();
        if look.columns().with_untracked(|it| it.width(column)) != wanted {
            look.columns().update(|it| it.set_width(column, wanted));
        }
    });
    let on_done = Callback::new(move |()| look.set_width(column, own.get_untracked()));
    Sizing { width: own, range: COLUMN_WIDTH, on_done }
}
