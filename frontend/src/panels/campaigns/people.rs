//! The people of an audience in their groups: who gets a message, and who does not and why.

use leptos::prelude::*;
use model::{AudienceQuery, AudienceRow, Campaign, CampaignId, Change, MissingField, RecipientFate, RecipientGroup};

use crate::calls;
use crate::i18n::{I18n, campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyState, Glyph, Slot, Tab, Table, Tabs};

/// The groups as tabs with their numbers.
#[component]
pub(super) fn PeopleTabs(
    /// The campaign.
    campaign: Signal<Option<Campaign>>,
    /// Whether those are shown too who get a message, or whose message waits for values.
    with_apart: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let groups: Vec<RecipientGroup> = RecipientGroup::ALL.into_iter().skip(if with_apart { 0 } else { 2 }).collect();
    let current = RwSignal::new(groups[0]);
    let count = move |group: RecipientGroup| {
        Signal::derive(move || {
            let n = campaign.with(|it| it.as_ref().map_or(0, |it| it.counts.of(group)));
            Some(words::number(i18n.get_locale(), n))
        })
    };
    let tabs = groups
        .iter()
        .map(|it| {
            let group = *it;
            Tab::new(code(group), move || words::group(i18n.get_locale(), group)).counting(count(group))
        })
        .collect();
    let choose = move |key: &'static str| {
        if let Some(group) = RecipientGroup::ALL.into_iter().find(|it| code(*it) == key) {
            current.set(group);
        }
    };
    let id = Memo::new(move |_| campaign.with(|it| it.as_ref().map(|it| it.id)));
    view! {
        <Tabs
            label=move || t_string!(i18n, campaigns.groups)
            tabs=tabs
            current=Signal::derive(move || code(current.get()).to_owned())
            on_choose=choose
        />
        <div role="tabpanel" id=move || format!("panel-{}", code(current.get())) aria-labelledby=move || format!("tab-{}", code(current.get()))>
            {move || id.get().map(|id| view! { <People id=id group=current.into() /> })}
        </div>
    }
}

#[component]
fn People(id: CampaignId, group: Signal<RecipientGroup>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        move || group.get(),
        move || live.version(Change::Campaigns),
        |it: &AudienceRow| it.place,
        move |group, after| app::campaigns::list_audience(AudienceQuery { campaign: id, group, after }),
    );
    let columns = vec![
        Column::new(move || t_string!(i18n, campaigns.column_person), "minmax(10rem, 1fr)", Slot::Title),
        Column::new(move || t_string!(i18n, campaigns.column_address), "minmax(10rem, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, campaigns.column_fate), "minmax(10rem, 2fr)", Slot::Mark),
    ];
    let cells = move |id: i64| {
        let row = Memo::new(move |_| listing.row(id));
        let name =
            move || row.with(|it| it.as_ref().map(|it| if it.name.is_empty() { it.address.clone() } else { it.name.clone() }));
        let address = move || row.with(|it| it.as_ref().map(|it| crate::format::phone(&it.address)));
        let fate = move || row.with(|it| it.as_ref().map(|it| fate(i18n, &it.fate)));
        vec![
            view! { <strong class="clip">{name}</strong> }.into_any(),
            view! { <span class="clip">{address}</span> }.into_any(),
            view! { <span class="campaign-fate">{fate}</span> }.into_any(),
        ]
    };
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::USERS
                title=move || t_string!(i18n, campaigns.group_empty_title)
                text=move || t_string!(i18n, campaigns.group_empty_text)
            />
        }
    };
    view! {
        <div class="campaign-people">
            <Listed listing=listing nothing=nothing>
                <Table
                    label=move || words::group(i18n.get_locale(), group.get())
                    columns=columns.clone()
                    pages=listing
                    cells=cells
                    row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                />
            </Listed>
        </div>
    }
}

fn fate(i18n: I18n, fate: &RecipientFate) -> String {
    let locale = i18n.get_locale();
    match fate {
        RecipientFate::Gathered => t_string!(i18n, campaigns.fate_gathered).to_owned(),
        RecipientFate::Prepared => t_string!(i18n, campaigns.fate_prepared).to_owned(),
        RecipientFate::SetApart(missing) => missing_words(i18n, missing),
        RecipientFate::LeftOut(why) => words::left_out(locale, why),
    }
}

/// The fields that are missing or doubtful, in words.
pub(super) fn missing_words(i18n: I18n, missing: &[MissingField]) -> String {
    let locale = i18n.get_locale();
    let one = |it: &MissingField| format!("{} – {}", it.path, words::doubt(locale, it.doubt));
    missing.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The name of a group's tab.
fn code(group: RecipientGroup) -> &'static str {
    match group {
        RecipientGroup::Getting => "getting",
        RecipientGroup::SetApart => "apart",
        RecipientGroup::Invalid => "invalid",
        RecipientGroup::Suppressed => "suppressed",
        RecipientGroup::Duplicate => "duplicate",
        RecipientGroup::Excluded => "excluded",
    }
}
