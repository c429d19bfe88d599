//! How long messages are kept: the periods, what they would do, and the bin.

mod bin;
mod emptying;
mod found;
mod rules;
mod run;

use leptos::prelude::*;
use model::Change;

pub use bin::{BinFilters, BinList};
pub use emptying::Emptying;

use self::rules::RulesForm;
use self::run::RunPanel;
use crate::calls;
use crate::live::Live;
use crate::panels::loaded::Loaded;

/// The periods, and what is done about them.
#[component]
pub fn RetentionPanel() -> impl IntoView {
    let live = Live::find();
    let retention = calls::ask(move || live.version(Change::Retention), |_| app::retention::open_retention());
    view! {
        <Loaded answer=retention lines=14 let:retention>
            <RunPanel retention=retention />
            <RulesForm retention=retention />
        </Loaded>
    }
}
