//! The parts every screen is put together from: props in, callbacks out. They never call the server.

pub mod act;
pub mod avatar;
pub mod badge;
pub mod banner;
pub mod button;
pub mod chart;
pub mod chip;
pub mod choice;
pub mod confirm;
pub mod copy;
pub mod dialog;
pub mod empty;
pub mod field;
mod find;
pub mod form;
pub mod hint;
pub mod icon;
pub mod kbd;
pub mod kinds;
pub mod menu;
pub mod page;
pub mod pager;
pub mod part;
pub mod progress;
pub mod search;
pub mod select;
pub mod skeleton;
pub mod split;
pub mod steps;
pub mod table;
pub mod tabs;
pub mod ticked;
pub mod time;

use std::sync::atomic::{AtomicU32, Ordering};

pub use act::Act;
pub use avatar::Avatar;
pub use badge::{AccountBadge, DeliveryBadge, Mark, MarkBadge, MessageBadge, UserBadge};
pub use banner::{Banner, Tone};
pub use button::{Button, ButtonKind, ButtonLink, IconButton};
pub use chart::HourChart;
pub use chip::{Chip, FilterMenu};
pub use choice::{Checkbox, RadioGroup, Switch};
pub use confirm::Confirm;
pub use copy::CopyButton;
pub use dialog::{Dialog, DialogEnd};
pub use empty::{EmptyList, EmptyState, ErrorState};
pub use field::{Field, FieldIds, TextArea, TextField, TextKind};
pub use find::{FindField, Finder, Finding, Found};
pub use form::{Form, FormState};
pub use hint::AddressHintLine;
pub use icon::{Glyph, Icon};
pub use kbd::Kbd;
pub use kinds::Kinds;
pub use menu::{Menu, MenuItem, MenuLine, MenuLink};
pub use page::{Page, Title};
pub use pager::Pager;
pub use part::Part;
pub use progress::Progress;
pub use search::SearchField;
pub use select::Select;
pub use skeleton::Skeleton;
pub use split::Split;
pub use steps::{StepMark, Steps};
pub use table::{Column, Pages, Sizing, Slot, Sorting, Table};
pub use tabs::{Tab, TabPanel, Tabs};
pub use ticked::{TickedBar, untick_on_escape};
pub use time::When;

/// A new id for an element, different from all others on the page.
pub fn fresh_id(kind: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    format!("{kind}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}
