//! Campaigns: all of them, putting one together, looking through its messages, watching it go, and what became of it.

mod again;
mod approval;
mod audience;
mod badge;
mod check;
mod compare;
mod content;
mod cost;
mod desk;
mod detail;
mod edit;
mod filters;
mod going;
mod pace;
mod parts;
mod people;
mod regenerate;
mod release;
mod report;
mod review;
mod reviewed;
mod rule;
mod search;
mod standing;
mod summary;
mod table;
mod test;
mod when;
mod wizard;
mod work;

pub use self::badge::CampaignBadge;
pub use self::detail::{CampaignPanel, TABS};
pub use self::filters::CampaignFilters;
pub use self::rule::ApprovalRulePanel;
pub use self::table::CampaignTable;
pub use self::wizard::{CampaignEditPanel, CampaignNewPanel};
