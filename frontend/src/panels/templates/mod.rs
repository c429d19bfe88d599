//! Templates: all of them, one with its versions and uses, and choosing one for a message.

mod acts;
mod changes;
mod choose;
mod detail;
mod filters;
mod records;
mod reset_all;
mod table;
mod text;
mod ticked;
mod uses;
mod versions;

pub use self::choose::{TemplateChoice, TemplateOffers};
pub use self::detail::{TABS, TemplatePanel};
pub use self::filters::TemplateFilters;
pub use self::reset_all::ResetAllTemplates;
pub use self::table::TemplateTable;
