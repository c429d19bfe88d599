//! The accounts that stand in, a row for each.

use leptos::prelude::*;
use model::StandIns;
use model::stand_in::{RANK_MAX, STAND_INS_MAX};

use crate::browser::{focus, timer};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, FormState, Glyph, IconButton, Select, TextField, TextKind};
use crate::state::stand_ins::{StandInRow, StandInsForm};

/// One signal per field.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub own_weight: RwSignal<String>,
    pub overflows: RwSignal<bool>,
    rows: RwSignal<Vec<Row>>,
    /// Rows that are added by a button outlive what the button stands in.
    owner: StoredValue<Owner>,
}

#[derive(Clone, Copy)]
struct Row {
    key: usize,
    account: RwSignal<String>,
    rank: RwSignal<String>,
    weight: RwSignal<String>,
}

impl Row {
    fn of(key: usize, row: StandInRow) -> Self {
        Self { key, account: RwSignal::new(row.account), rank: RwSignal::new(row.rank), weight: RwSignal::new(row.weight) }
    }
}

impl Fields {
    /// The fields of what is stored.
    pub fn of(stored: &StandIns) -> Self {
        let form = StandInsForm::of(stored);
        let rows = form.others.into_iter().enumerate().map(|(n, it)| Row::of(n, it)).collect();
        Self {
            own_weight: RwSignal::new(form.own_weight),
            overflows: RwSignal::new(form.overflows),
            rows: RwSignal::new(rows),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// What is typed now.
    pub fn form(self) -> StandInsForm {
        let row = |it: &Row| StandInRow { account: it.account.get(), rank: it.rank.get(), weight: it.weight.get() };
        StandInsForm {
            own_weight: self.own_weight.get(),
            overflows: self.overflows.get(),
            others: self.rows.with(|it| it.iter().map(row).collect()),
        }
    }

    fn add(self) {
        let key = self.rows.with_untracked(|it| it.iter().map(|it| it.key + 1).max().unwrap_or_default());
        let row = self.owner.with_value(|it| it.with(|| Row::of(key, StandInRow::new())));
        self.rows.update(|it| it.push(row));
    }

    /// Takes the row of that place away; the keyboard goes to the one that stands there then, or before it.
    fn remove(self, n: usize) {
        self.rows.update(|it| {
            if n < it.len() {
                it.remove(n);
            }
        });
        let left = self.rows.with_untracked(Vec::len);
        let row = format!(".stand-ins > :nth-child({}) .icon-button", (n + 1).min(left));
        timer::after(0, move || {
            if left == 0 || !focus::set_first(&row) {
                focus::set_first(".stand-ins-add .button");
            }
        });
    }
}

/// The rows, and the button that adds one.
#[component]
pub(super) fn Others(fields: Fields, relays: Vec<(String, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let relays = StoredValue::new(relays);
    let is_full = Memo::new(move |_| STAND_INS_MAX <= fields.rows.with(Vec::len));
    let numbered = move || fields.rows.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <Show when=move || fields.rows.with(Vec::is_empty)>
            <p class="hint">{move || t_string!(i18n, stand_ins.none)}</p>
        </Show>
        <ol class="stand-ins">
            <For each=numbered key=|it| (it.0, it.1.key) let:row>
                <OneRow n=row.0 row=row.1 fields=fields relays=relays />
            </For>
        </ol>
        <div class="stand-ins-add">
            <Button
                label=move || t_string!(i18n, stand_ins.add)
                icon=Glyph::PLUS
                disabled=is_full
                on_press=move || fields.add()
            />
        </div>
    }
}

#[component]
fn OneRow(n: usize, row: Row, fields: Fields, relays: StoredValue<Vec<(String, String)>>) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = Signal::derive(move || {
        let choose = (String::new(), t_string!(i18n, stand_ins.account_choose).to_owned());
        relays.with_value(|it| std::iter::once(choose).chain(it.iter().cloned()).collect::<Vec<_>>())
    });
    let places = Signal::derive(move || {
        let words = |rank: u8| match rank {
            1 => t_string!(i18n, stand_ins.rank_first).to_owned(),
            _ => t_string!(i18n, stand_ins.rank_later, n = rank.to_string()),
        };
        (1..=RANK_MAX).map(|it| (it.to_string(), words(it))).collect::<Vec<_>>()
    });
    let remove = move || {
        let chosen = row.account.get();
        let name = relays.with_value(|it| it.iter().find(|it| it.0 == chosen).map(|it| it.1.clone()));
        match name {
            Some(name) => t_string!(i18n, stand_ins.remove_named, account = name),
            None => t_string!(i18n, stand_ins.remove).to_owned(),
        }
    };
    let form = FormState::find();
    let take_away = move || {
        // Faults stand at places, and other rows come to these.
        if let Some(form) = form {
            form.clear_under("others");
        }
        fields.remove(n);
    };
    view! {
        <li class="stand-in">
            <Select
                label=move || t_string!(i18n, stand_ins.account)
                options=accounts
                value=row.account
                name=format!("others.{n}.account")
            />
            <Select label=move || t_string!(i18n, stand_ins.rank) options=places value=row.rank name=format!("others.{n}.rank") />
            <TextField
                label=move || t_string!(i18n, stand_ins.weight)
                value=row.weight
                name=format!("others.{n}.weight")
                kind=TextKind::Number
                short=true
            />
            <IconButton label=remove icon=Glyph::TRASH_2 on_press=take_away />
        </li>
    }
}
