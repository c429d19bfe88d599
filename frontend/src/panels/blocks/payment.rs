//! The fields of a payment code.

use content::blocks::{Kind, PaymentCode};
use leptos::prelude::*;
use model::{MergeField, MergeKind};

use super::bench::Bench;
use super::fill::{AlignField, NumberField, WordsField, number};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{RadioGroup, Select};
use crate::state::blocks::{align, align_key, standard, standard_key};

/// Who is paid, how much, with which symbols.
#[component]
pub(super) fn PaymentFields(
    /// The blocks.
    bench: Bench,
    /// Which one.
    id: u32,
    /// What it says.
    it: PaymentCode,
) -> impl IntoView {
    let i18n = use_i18n();
    let of = |it: &str| RwSignal::new(it.to_owned());
    let kind = of(standard_key(it.standard));
    let (account, bank, payee, message) = (of(&it.account), of(&it.bank), of(&it.payee), of(&it.message));
    let (amount, due) = (of(&it.amount), of(&it.due));
    let (variable, constant, specific) = (of(&it.variable), of(&it.constant), of(&it.specific));
    let (caption, width, place) = (of(&it.caption), of(&it.width.to_string()), of(align_key(it.align)));
    Effect::new(move |_| {
        bench.set(
            id,
            Kind::Payment(PaymentCode {
                standard: kind.with(|it| standard(it)),
                account: account.get(),
                bank: bank.get(),
                amount: amount.get(),
                due: due.get(),
                variable: variable.get(),
                constant: constant.get(),
                specific: specific.get(),
                message: message.get(),
                payee: payee.get(),
                caption: caption.get(),
                width: number(width),
                align: place.with(|it| align(it)),
            }),
        );
    });
    let fields = bench.tools.fields;
    let amounts = Signal::derive(move || {
        fields.with(|it| options(t_string!(i18n, blocks.amount_open), it, &[MergeKind::Money], &amount.get_untracked()))
    });
    let days = Signal::derive(move || {
        let kinds = [MergeKind::Date, MergeKind::DateTime];
        fields.with(|it| options(t_string!(i18n, blocks.due_none), it, &kinds, &due.get_untracked()))
    });
    let rests = bench.tools.readonly;
    view! {
        <RadioGroup
            label=move || t_string!(i18n, blocks.standard)
            options=vec![
                ("pay-by-square", (move || t_string!(i18n, blocks.pay_by_square)).into()),
                ("spayd", (move || t_string!(i18n, blocks.spayd)).into()),
            ]
            value=kind
            segmented=true
        />
        <div class="block-pair">
            <WordsField label=move || t_string!(i18n, blocks.field_account) value=account bench=bench />
            <WordsField label=move || t_string!(i18n, blocks.field_bank) value=bank bench=bench optional=true />
            <WordsField label=move || t_string!(i18n, blocks.field_payee) value=payee bench=bench />
            <WordsField label=move || t_string!(i18n, blocks.field_message) value=message bench=bench optional=true />
            <Select label=move || t_string!(i18n, blocks.field_amount) options=amounts value=amount disabled=rests />
            <Select label=move || t_string!(i18n, blocks.field_due) options=days value=due disabled=rests />
            <WordsField label=move || t_string!(i18n, blocks.variable) value=variable bench=bench optional=true />
            <WordsField label=move || t_string!(i18n, blocks.constant) value=constant bench=bench optional=true />
            <WordsField label=move || t_string!(i18n, blocks.specific) value=specific bench=bench optional=true />
            <WordsField label=move || t_string!(i18n, blocks.caption) value=caption bench=bench optional=true />
            <NumberField label=move || t_string!(i18n, blocks.width_px) value=width bench=bench />
        </div>
        <AlignField value=place />
    }
}

/// Nothing, and the fields of these kinds; what is chosen stays even when there is no such field.
fn options(nothing: &str, fields: &[MergeField], kinds: &[MergeKind], chosen: &str) -> Vec<(String, String)> {
    let fitting = fields.iter().filter(|it| kinds.contains(&it.kind)).map(|it| (it.path.clone(), it.label.clone()));
    let mut options: Vec<_> = std::iter::once((String::new(), nothing.to_owned())).chain(fitting).collect();
    if options.iter().all(|(path, _)| path != chosen) {
        options.push((chosen.to_owned(), chosen.to_owned()));
    }
    options
}
