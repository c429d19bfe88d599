//! A catalogue and values for the tests.

use jiff::civil::{date, datetime};
use rust_decimal::Decimal;

use crate::merge::{
    Catalogue, Currency, Failure, Fault, FaultKind, Field, FieldType, Language, Place, Row, Template, Value, Values,
};

/// Fields as an order of a small shop has them.
pub fn catalogue() -> Catalogue {
    let items = vec![
        Field::new("name", FieldType::Text, "item.name", Value::text("Stôl")),
        Field::new("count", FieldType::Number, "item.count", Value::Number(Decimal::ONE)),
        Field::new("price", FieldType::Money, "item.price", eur(100)),
        Field::new(
            "parts",
            FieldType::Collection(vec![Field::new("name", FieldType::Text, "part.name", Value::Missing)]),
            "item.parts",
            Value::Missing,
        ),
    ];
    Catalogue::new(vec![
        Field::new("contact.name", FieldType::Text, "contact.name", Value::text("Eva Nováková")),
        Field::new("contact.first_name", FieldType::Text, "contact.first_name", Value::text("Eva")),
        Field::new("contact.nickname", FieldType::Text, "contact.nickname", Value::Missing),
        Field::new("contact.title", FieldType::Text, "contact.title", Value::Missing),
        Field::new("contact.email", FieldType::Text, "contact.email", Value::text("eva@example.sk")),
        Field::new("contact.phone", FieldType::Text, "contact.phone", Value::text("+421903622237")),
        Field::new("contact.is_vip", FieldType::Bool, "contact.is_vip", Value::Bool(true)),
        Field::new("company.web", FieldType::Url, "company.web", Value::text("https://www.firma.sk")),
        Field::new("order.number", FieldType::Text, "order.number", Value::text("2026/17")),
        Field::new("order.total", FieldType::Money, "order.total", eur(123_450)),
        Field::new("order.due", FieldType::Date, "order.due", Value::Date(date(2026, 5, 28))),
        Field::new("order.created", FieldType::DateTime, "order.created", Value::DateTime(datetime(2026, 5, 1, 9, 5, 0, 0))),
        Field::new("order.weight", FieldType::Number, "order.weight", Value::Number(Decimal::new(25, 1))),
        Field::new(
            "order.items",
            FieldType::Collection(items),
            "order.items",
            Value::List(vec![row("Stôl", 1), row("Stolička", 4)]),
        ),
    ])
}

pub fn eur(minor: i64) -> Value {
    Value::Money { minor, currency: Currency::EUR }
}

pub fn row(name: &str, count: i64) -> Row {
    [("name", Value::text(name)), ("count", Value::Number(Decimal::from(count))), ("price", eur(count * 1990))]
        .into_iter()
        .collect()
}

/// The template; a fault fails the test.
pub fn compiled(source: &str, place: Place, language: Language) -> Template {
    match Template::compile(source, place, &catalogue(), language) {
        Ok(template) => template,
        Err(faults) => panic!("{source}: {faults:?}"),
    }
}

/// The text of a Slovak template in HTML with the samples.
pub fn html(source: &str) -> String {
    rendered(source, Place::Html, Language::Slovak)
}

/// The text with the samples.
pub fn rendered(source: &str, place: Place, language: Language) -> String {
    compiled(source, place, language).render(&catalogue().samples()).unwrap()
}

/// The result with one value set.
pub fn with(source: &str, place: Place, path: &str, value: Value) -> Result<String, Failure> {
    let mut values = Values::new();
    let samples = catalogue().samples();
    for field in catalogue().fields() {
        values.set(&field.path, samples.get(&field.path).cloned().unwrap_or_default());
    }
    values.set(path, value);
    compiled(source, place, Language::Slovak).render(&values)
}

/// The faults of a Slovak template.
pub fn faults(source: &str, place: Place) -> Vec<Fault> {
    Template::compile(source, place, &catalogue(), Language::Slovak).err().unwrap_or_default()
}

/// The kinds of the faults of a template in HTML.
pub fn kinds(source: &str) -> Vec<FaultKind> {
    faults(source, Place::Html).into_iter().map(|it| it.kind).collect()
}
