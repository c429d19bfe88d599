//! Samples of what can be pressed.

use leptos::prelude::*;

use super::Samples;
use crate::parts::{Button, ButtonKind, Dialog, Glyph, IconButton, Menu, MenuItem, MenuLine, Pager};
use crate::toast::Toasts;

const KINDS: [(ButtonKind, &str); 4] = [
    (ButtonKind::Primary, "Odoslať 2 príjemcom"),
    (ButtonKind::Plain, "Uložiť"),
    (ButtonKind::Quiet, "Zrušiť"),
    (ButtonKind::Danger, "Zmazať kontakt Eva Nová"),
];

#[component]
pub(super) fn Buttons() -> impl IntoView {
    let busy = Signal::stored(true);
    view! {
        <Samples name="Button">
            {KINDS.map(|(kind, label)| view! { <Button kind=kind label=label on_press=|| () /> }).collect_view()}
        </Samples>
        <Samples name="Button, with icon">
            {KINDS.map(|(kind, label)| view! { <Button kind=kind label=label icon=Glyph::SEND on_press=|| () /> }).collect_view()}
        </Samples>
        <Samples name="Button, busy and resting">
            {KINDS.map(|(kind, label)| view! { <Button kind=kind label=label busy=busy on_press=|| () /> }).collect_view()}
            {KINDS.map(|(kind, label)| view! { <Button kind=kind label=label disabled=busy on_press=|| () /> }).collect_view()}
        </Samples>
        <Samples name="IconButton, Pager">
            <IconButton label="Pripnúť" icon=Glyph::PIN pressed=busy on_press=|| () />
            <IconButton label="Odobrať" icon=Glyph::X on_press=|| () />
            <Pager
                place="3 / 12"
                on_previous=Signal::stored(Some(Callback::new(|()| ())))
                on_next=Signal::stored(None::<Callback<()>>)
            />
        </Samples>
    }
}

#[component]
pub(super) fn Overlays() -> impl IntoView {
    let toasts = Toasts::find();
    let open = RwSignal::new(false);
    let on = Signal::stored(true);
    view! {
        <Samples name="Menu, Dialog, Toast">
            <Menu label="Ponuka" glyph=Glyph::CHEVRON_DOWN>
                <MenuItem label="Upraviť" glyph=Glyph::PENCIL on_press=|| () />
                <MenuItem label="Vybrané" glyph=Glyph::STAR checked=on on_press=|| () />
                <MenuLine label="Nebezpečné" />
                <MenuItem label="Zmazať" glyph=Glyph::TRASH_2 danger=true on_press=|| () />
                <MenuItem label="Nedá sa" disabled=on on_press=|| () />
            </Menu>
            <Button label="Dialóg" on_press=move || open.set(true) />
            <Button label="Hotovo" on_press=move || toasts.done("Kontakt je uložený.") />
            <Button
                label="Chyba"
                on_press=move || toasts.problem(&app::Problem::Failed { incident: "K7Q2-9F".to_owned() })
            />
            <Dialog title="Zmazať kontakt Eva Nová" open=open>
                <p>"Správy zostanú v komunikácii. Kontakt sa z nich už nedá otvoriť."</p>
                <div class="dialog-end">
                    <Button label="Ponechať" kind=ButtonKind::Quiet on_press=move || open.set(false) />
                    <Button label="Zmazať kontakt" kind=ButtonKind::Danger on_press=move || open.set(false) />
                </div>
            </Dialog>
        </Samples>
    }
}
