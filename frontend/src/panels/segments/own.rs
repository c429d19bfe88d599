//! The values of a condition on an own field.

use leptos::prelude::*;
use model::{Condition, Day, Decimal, FieldCondition, FieldDefinition, FieldKind, FieldTest, FieldValue, LocalTime};

use super::values::{input, select};
use crate::i18n::{Locale, t_string, td_string, use_i18n};

/// The test of an own field, by its kind.
pub(super) fn own(condition: Signal<Condition>, on_change: Callback<(Condition,)>, field: FieldDefinition) -> AnyView {
    let i18n = use_i18n();
    let (id, kind) = (field.id, field.kind);
    let choices = StoredValue::new(field.choices);
    let test = move || match condition.get() {
        Condition::Field(it) => it.test,
        _ => FieldTest::Filled,
    };
    let set = move |test: FieldTest| on_change.run((Condition::Field(FieldCondition { field: id, test }),));
    // Each kind has its tests; the first two need no value.
    let tests: &'static [fn(FieldValue) -> FieldTest] = match kind {
        FieldKind::Text => &[|_| FieldTest::Filled, |_| FieldTest::Empty, FieldTest::Is, contains],
        FieldKind::Number | FieldKind::Date => {
            &[|_| FieldTest::Filled, |_| FieldTest::Empty, FieldTest::Is, FieldTest::AtLeast, FieldTest::AtMost]
        }
        FieldKind::Choice => &[|_| FieldTest::Filled, |_| FieldTest::Empty, FieldTest::Is],
    };
    let first = move || match kind {
        FieldKind::Text => FieldValue::Text(String::new()),
        FieldKind::Number => FieldValue::Number(Decimal(0)),
        FieldKind::Date => FieldValue::Date(LocalTime::of(crate::browser::timer::now()).day),
        FieldKind::Choice => FieldValue::Choice(choices.with_value(|it| it.first().map_or(model::ChoiceId(0), |it| it.id))),
    };
    let value = move || match test() {
        FieldTest::Is(it) | FieldTest::AtLeast(it) | FieldTest::AtMost(it) => Some(it),
        FieldTest::Contains(it) => Some(FieldValue::Text(it)),
        FieldTest::Filled | FieldTest::Empty => None,
    };
    let place = move || {
        let now = test();
        let value = value().unwrap_or_else(first);
        tests.iter().position(|it| it(value.clone()) == now)
    };
    let how = select(
        TextProp::from(move || t_string!(i18n, segments.how)),
        move || tests.iter().map(|it| test_word(i18n.get_locale(), &it(first())).to_owned()).collect(),
        place,
        move |n| set(tests[n.min(tests.len() - 1)](untrack(value).unwrap_or_else(first))),
    );
    let put = move |value: FieldValue| set(tests[untrack(place).unwrap_or(2)](value));
    let typed = move || match value()? {
        FieldValue::Text(it) => Some(it),
        FieldValue::Number(it) => Some(it.to_string()),
        FieldValue::Date(it) => Some(it.to_string()),
        FieldValue::Choice(_) => None,
    };
    let type_in = move |text: String| match kind {
        FieldKind::Text => put(FieldValue::Text(text)),
        FieldKind::Number => {
            if let Ok(it) = Decimal::parse(&text) {
                put(FieldValue::Number(it));
            }
        }
        FieldKind::Date => {
            if let Ok(it) = Day::parse(&text) {
                put(FieldValue::Date(it));
            }
        }
        FieldKind::Choice => {}
    };
    let fields = match kind {
        FieldKind::Choice => {
            let at = move || match value()? {
                FieldValue::Choice(id) => choices.with_value(|it| it.iter().position(|it| it.id == id)),
                _ => None,
            };
            let pick = move |n: usize| {
                if let Some(id) = choices.with_value(|it| it.get(n).map(|it| it.id)) {
                    put(FieldValue::Choice(id));
                }
            };
            let list = move || choices.with_value(|it| it.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
            view! {
                <Show when=move || value().is_some()>
                    {select(TextProp::from(move || t_string!(i18n, segments.value)), list, at, pick)}
                </Show>
            }
            .into_any()
        }
        FieldKind::Date => input("date", typed, type_in),
        FieldKind::Text | FieldKind::Number => input("text", typed, type_in),
    };
    view! {
        {how}
        {fields}
    }
    .into_any()
}

fn contains(value: FieldValue) -> FieldTest {
    FieldTest::Contains(if let FieldValue::Text(it) = value { it } else { String::new() })
}

fn test_word(locale: Locale, test: &FieldTest) -> &'static str {
    match test {
        FieldTest::Filled => td_string!(locale, segments.pick_filled),
        FieldTest::Empty => td_string!(locale, segments.pick_empty),
        FieldTest::Is(_) => td_string!(locale, segments.pick_is),
        FieldTest::Contains(_) => td_string!(locale, segments.pick_contains),
        FieldTest::AtLeast(_) => td_string!(locale, segments.pick_at_least),
        FieldTest::AtMost(_) => td_string!(locale, segments.pick_at_most),
    }
}
