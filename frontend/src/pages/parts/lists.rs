//! Samples of what lists are made of.

use leptos::prelude::*;
use model::{Direction, MessageState, Moment};

use super::Samples;
use crate::browser::timer;
use crate::parts::{Chip, Column, FilterMenu, MessageBadge, Pages, Slot, Sorting, Tab, TabPanel, Table, Tabs, When};
use crate::state::selection::Selection;

#[component]
pub(super) fn Filters() -> impl IntoView {
    let pressed = RwSignal::new(true);
    let chosen = RwSignal::new(vec!["sent".to_owned()]);
    let options = Signal::stored(
        [("draft", "Rozpísaná"), ("sent", "Odoslaná"), ("failed", "Neodoslaná")]
            .map(|(key, word)| (key.to_owned(), word.to_owned()))
            .to_vec(),
    );
    let tab = RwSignal::new("html".to_owned());
    let tabs = vec![
        Tab::new("html", "Správa"),
        Tab::new("deliveries", "Doručenia").counting(Signal::stored(Some("3".to_owned()))),
        Tab::new("log", "Log"),
    ];
    view! {
        <Samples name="Chip, FilterMenu">
            <Chip label="Moje" pressed=pressed on_press=move || pressed.update(|it| *it = !*it) />
            <Chip label="Neisté" pressed=false count=Signal::stored(Some("12".to_owned())) on_press=|| () />
            <FilterMenu label="Stav" options=options chosen=chosen on_choose=move |it| chosen.set(it) />
            <FilterMenu label="Pôvod" options=options chosen=Signal::stored(Vec::new()) on_choose={|_: Vec<String>| ()} single=true />
        </Samples>
        <section>
            <h2>"Tabs"</h2>
            <Tabs label="Časti správy" tabs=tabs current=tab on_choose=move |key: &'static str| tab.set(key.to_owned()) />
            <TabPanel key="html" current=tab>"Správa, ako odišla."</TabPanel>
            <TabPanel key="deliveries" current=tab>"Tri doručenia."</TabPanel>
            <TabPanel key="log" current=tab>"Kto čo urobil."</TabPanel>
        </section>
    }
}

#[component]
pub(super) fn Rows() -> impl IntoView {
    let names =
        ["Eva Nová", "Ján Kováč", "Žofia Šimková", "Řehoř Čapek", "Papiernictvo Novák s.r.o.", "Chalupa a synové", "Ďurica"];
    let ids: Vec<i64> = (0..names.len() as i64).collect();
    let up = RwSignal::new(Some(Direction::Up));
    let turn = move || up.update(|it| *it = if *it == Some(Direction::Up) { Some(Direction::Down) } else { Some(Direction::Up) });
    let sorting = Sorting { direction: up.into(), on_press: Callback::new(move |()| turn()) };
    let columns = vec![
        Column::new("Príjemca", "minmax(8rem, 1fr)", Slot::Meta).sorted(sorting),
        Column::new("Predmet", "minmax(10rem, 2fr)", Slot::Title),
        Column::new("Stav", "10rem", Slot::Mark),
        Column::new("Čas", "8rem", Slot::Aside).at_end(),
    ];
    let cells = move |id: i64| {
        let place = usize::try_from(id).unwrap_or(0);
        let state = MessageState::ALL[place % MessageState::ALL.len()];
        let at = Moment(timer::now().0 - id * 31_000_000);
        vec![
            view! { {names[place % names.len()]} }.into_any(),
            view! { <a href="#main">"Zmena sídla našej spoločnosti od 1. decembra"</a> }.into_any(),
            view! { <MessageBadge state=state /> }.into_any(),
            view! { <When at=at /> }.into_any(),
        ]
    };
    let current = RwSignal::new(Some(2));
    let selection = RwSignal::new(Selection::default());
    let pages = Pages {
        ids: Signal::stored(ids),
        is_first: Signal::stored(false),
        pending: Signal::stored(true),
        has_more: Signal::stored(true),
        on_more: None,
    };
    view! {
        <section>
            <h2>"Table"</h2>
            <Table
                label="Správy"
                columns=columns
                pages=pages
                cells=cells
                row_name=move |id| names[usize::try_from(id).unwrap_or(0) % names.len()].to_owned()
                current=current
                on_open=move |id| current.set(Some(id))
                selection=selection
            />
        </section>
    }
}
