//! Samples of what is filled in.

use leptos::prelude::*;
use model::{AddressFault, Fault, FieldFault, Refusal};

use super::Samples;
use crate::panels::password::PasswordField;
use crate::parts::{Button, ButtonKind, Checkbox, Form, FormState, RadioGroup, Select, Switch, TextArea, TextField};

fn text(text: &str) -> RwSignal<String> {
    RwSignal::new(text.to_owned())
}

#[component]
pub(super) fn Fields() -> impl IntoView {
    let form = FormState::new();
    let fault = Fault::Address { text: "eva".to_owned(), fault: AddressFault::NoAt };
    let faults =
        vec![FieldFault { field: "name".to_owned(), fault: Fault::Missing }, FieldFault { field: "email".to_owned(), fault }];
    form.refuse(Refusal::Invalid(faults).into());
    let options = Signal::stored(vec![("sk".to_owned(), "Slovenčina".to_owned()), ("cs".to_owned(), "Čeština".to_owned())]);
    view! {
        <Samples name="TextField, TextArea, Select">
            <TextField label="Predmet" value=text("Zmena sídla") />
            <TextField label="Bez hodnoty" value=text("") placeholder="Napríklad Eva Nová" optional=true />
            <TextField label="S radou" value=text("600") hint="Správ za hodinu." short=true />
            <TextField label="Odpočíva" value=text("nemení sa") disabled=true />
            <PasswordField label="Heslo" value=text("tajomstvo") name="password" autocomplete="off" />
            <Select label="Jazyk" value=text("cs") options=options />
            <TextArea label="Poznámka" value=text("Ďakujeme za objednávku.\nPapiernictvo Novák") />
        </Samples>
        <Samples name="Form with faults">
            <Form state=form on_submit=|| ()>
                <TextField label="Meno" value=text("") name="name" />
                <TextField label="E-mail" value=text("eva") name="email" />
                <Button label="Uložiť" kind=ButtonKind::Primary submit=true />
            </Form>
        </Samples>
    }
}

#[component]
pub(super) fn Choices() -> impl IntoView {
    let options = || vec![("sk", TextProp::from("Slovensko")), ("cz", TextProp::from("Česko"))];
    view! {
        <Samples name="Checkbox, Switch, RadioGroup">
            <Checkbox label="Pripojiť podpis" checked=RwSignal::new(true) />
            <Checkbox label="Nepripojiť" hint="Podpis sa dá zmeniť v profile." checked=RwSignal::new(false) />
            <Checkbox label="Odpočíva" checked=RwSignal::new(true) disabled=true />
            <Switch label="Zapnuté" checked=RwSignal::new(true) />
            <Switch label="Vypnuté" checked=RwSignal::new(false) />
            <RadioGroup label="Krajina" value=text("sk") options=options() />
            <RadioGroup label="Krajina" value=text("cz") options=options() segmented=true />
        </Samples>
    }
}
