//! Begins a campaign to the chosen contacts.

use leptos::prelude::*;
use model::Permission;

use super::{BulkAct, Press, Shelf};
use crate::browser::tab_storage;
use crate::i18n::t_string;
use crate::parts::Glyph;
use crate::state::campaign_steps::PICKED;

/// The act. Those ticked may be many, so the tab remembers them instead of the address.
pub const CAMPAIGN: BulkAct = BulkAct {
    name: "campaign",
    right: Permission::CampaignWrite,
    glyph: Glyph::MEGAPHONE,
    shelf: Shelf::Bar,
    label: |i18n| t_string!(i18n, bulk.campaign).to_owned(),
    press: Press::Do(|bulk| {
        if let Ok(chosen) = serde_json::to_string(&bulk.chosen()) {
            tab_storage::set(PICKED, &chosen);
            untrack(|| bulk.go("/campaigns/new?picked=1".to_owned()));
        }
    }),
};
