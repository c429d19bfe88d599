//! What lies under a block that is dragged. Elements say in `data-block` and `data-column` what they are.

use leptos::ev;
use leptos::prelude::document;
use web_sys::Element;

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// A block, and whether its lower half.
    Block(u32, bool),
    /// A column of columns, besides its blocks.
    Column(u32, usize),
    /// The room of all blocks, besides them.
    Room,
}

/// What lies under the pointer; nothing outside of all blocks.
pub fn under(event: &ev::PointerEvent) -> Option<Under> {
    let element = document().element_from_point(event.client_x() as f32, event.client_y() as f32)?;
    let found = element.closest("[data-block], [data-column], [data-room]").ok().flatten()?;
    if let Some(id) = found.get_attribute("data-block") {
        let sides = found.get_bounding_client_rect();
        let is_lower = sides.top() + sides.height() / 2.0 < f64::from(event.client_y());
        return Some(Under::Block(id.parse().ok()?, is_lower));
    }
    Some(column(&found).unwrap_or(Under::Room))
}

fn column(element: &Element) -> Option<Under> {
    let name = element.get_attribute("data-column")?;
    let (id, column) = name.split_once('.')?;
    Some(Under::Column(id.parse().ok()?, column.parse().ok()?))
}
